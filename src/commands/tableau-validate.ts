import { existsSync, readFileSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { SlaError } from "../errors/index.js";
import { type Manifest, type Relation, type RelationalNode, relationKey } from "../manifest/index.js";
import { loadProject } from "../project/index.js";
import {
  dashboardSpecs,
  extractDashboards,
  type Finding,
  partsOf,
  type Source,
  type Workbook,
} from "../reports/index.js";
import { type CommandOptions, type Effects, type Invocation, invoke, open } from "./invocation.js";

/** What `tableau validate` is told. */
export interface ValidateOptions extends CommandOptions {
  /** Absolute, or below the project. */
  files: string[];
  /** The folder of Tableau's schemas. */
  schemas?: string | undefined;
  /** Look at the files alone. */
  noWarehouse?: boolean | undefined;
}

/** What was found out about a file. */
export interface ValidatedFile {
  file: string;
  /** Which version the file says that it is of; empty where it cannot be read. */
  version: string;
  findings: Finding[];
  /** Whether its schema was at hand. */
  schema: "checked" | "not checked";
  /** Sheets whose figures were computed from the file and compared with the site's; null where no warehouse was asked. */
  compared: { sheet: string; figures: number; sql: string }[] | null;
  /** Of what was not done, why, and what to do. */
  notes: string[];
}

/** `sla tableau validate`: what Tableau would refuse, strip or draw otherwise than the site. */
export async function validateTableau(options: ValidateOptions, effects: Effects): Promise<ValidatedFile[]> {
  const { checkPackage, checkSchema, openPackage, parseXml, readWorkbook, runChecks, SCHEMA_HOME } =
    await import("../reports/tableau/validate/index.js");
  const files = options.files.map((file) => read(options.projectDir, file));
  const invocation = options.noWarehouse === true ? null : await invoke(options, effects, { target: true });
  const schemas =
    options.schemas ?? effects.env.SLA_TABLEAU_SCHEMAS ?? (await named(options, effects, invocation));
  const results: ValidatedFile[] = [];
  const workbooks = new Map<ValidatedFile, Workbook>();
  for (const { name, bytes: given } of files) {
    const packed = extname(name).toLowerCase() === ".twbx" ? openPackage(given) : null;
    const bytes = packed === null ? given : (packed.workbook ?? new Uint8Array());
    const { root, findings } =
      packed !== null && packed.workbook === null ? { root: null, findings: [] } : parseXml(bytes);
    const workbook = root === null ? null : readWorkbook(root);
    const result: ValidatedFile = {
      file: name,
      version: workbook?.version ?? "",
      findings: [...(packed?.findings ?? []), ...findings],
      schema: "not checked",
      compared: null,
      notes: [],
    };
    results.push(result);
    if (workbook === null) continue;
    workbooks.set(result, workbook);
    const found =
      schemas === null
        ? null
        : await checkSchema(bytes, workbook.version, resolve(options.projectDir, schemas));
    if (found === null) {
      const why =
        schemas === null
          ? "no folder of schemas is given"
          : `the folder of schemas has none for version ${workbook.version}`;
      result.notes.push(
        `The schema was not checked: ${why}. Tableau publishes its schemas at ${SCHEMA_HOME}; name the folder with --schemas, SLA_TABLEAU_SCHEMAS or tableau.schemas of project.yml.`,
      );
    } else {
      result.schema = "checked";
      result.findings.push(...found);
    }
    result.findings.push(...runChecks(workbook));
    if (packed !== null) result.findings.push(...checkPackage(workbook, packed.headings));
  }
  if (invocation !== null && workbooks.size > 0) await withWarehouse(invocation, effects, workbooks);
  for (const { findings } of results) findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return results;
}

/** The folder that the project names. Files alone can be looked at where there is no project. */
async function named(
  options: ValidateOptions,
  effects: Effects,
  invocation: Invocation | null,
): Promise<string | null> {
  if (invocation === null && !existsSync(join(options.projectDir, "project.yml"))) return null;
  const project =
    invocation?.project ??
    (await loadProject({ projectDir: options.projectDir, env: effects.env, requireTarget: false }));
  return project.tableau.schemas ?? null;
}

async function withWarehouse(
  invocation: Invocation,
  effects: Effects,
  workbooks: ReadonlyMap<ValidatedFile, Workbook>,
): Promise<void> {
  const { manifest } = invocation;
  const { checkCatalog, compareFigures, tableName } = await import("../reports/tableau/validate/index.js");
  const adapter = await open(invocation, effects);
  try {
    const specs = dashboardSpecs(manifest);
    const relation = (id: string) => relationOf(manifest.nodes[id] as RelationalNode);
    const marts = [...new Set(specs.flatMap((spec) => partsOf(spec).map(({ model }) => model)))];
    const schemas = [...new Set(marts.map((id) => relation(id).schema))];
    const there = new Set((await adapter.introspector.relations(schemas)).map(relationKey));
    const built = specs.filter((spec) =>
      partsOf(spec).every(({ model }) => there.has(relationKey(relation(model)))),
    );
    const find = (source: Source, table: string) =>
      standing(manifest, tableName(source)?.schema ?? null, table);
    const data = await extractDashboards(adapter, built, { relation });
    const connection = await adapter.acquire();
    try {
      for (const [result, workbook] of workbooks) {
        result.findings.push(...(await checkCatalog(adapter, workbook, find)));
        const tableOf = (source: Source) => {
          const own = tableName(source);
          const place = own === null ? null : find(source, own.table);
          return adapter.dialect.relation(
            place ?? { schema: own?.schema ?? "", identifier: own?.table ?? "" },
          );
        };
        const { findings, compared } = await compareFigures(
          workbook,
          { specs: built, data },
          connection,
          adapter.dialect,
          tableOf,
        );
        result.findings.push(...findings);
        result.compared = compared;
        for (const spec of specs.filter((one) => !built.includes(one)))
          result.notes.push(
            `The figures of "${spec.dashboard.title}" were not compared: its marts have not been built. Run \`sla build\` first.`,
          );
      }
    } finally {
      await connection.release();
    }
  } finally {
    await adapter.close();
  }
}

const relationOf = (node: RelationalNode): Relation => ({ schema: node.schema, identifier: node.alias });

/** Where a table of a file stands: the database that the file names may be called otherwise for its readers. */
function standing(manifest: Manifest, schema: string | null, table: string): Relation | null {
  const own = Object.values(manifest.nodes).flatMap((node) =>
    (node.resource_type === "model" || node.resource_type === "seed") && node.alias === table
      ? [relationOf(node)]
      : [],
  );
  return own.find((relation) => relation.schema === schema) ?? own[0] ?? null;
}

function read(projectDir: string, file: string): { name: string; bytes: Uint8Array } {
  try {
    if (![".twb", ".twbx", ".tds"].includes(extname(file).toLowerCase()))
      throw new SlaError({
        code: "SLA104",
        message: `"${basename(file)}" is neither a .twb, a .twbx nor a .tds`,
        hint: "Name a workbook or a data source.",
      });
    return { name: file, bytes: readFileSync(resolve(projectDir, file)) };
  } catch (error) {
    if (error instanceof SlaError) throw error;
    throw new SlaError({
      code: "SLA112",
      message: `${basename(file)} cannot be read`,
      hint: "Write it with `sla tableau` first, or name another file.",
      cause: error,
    });
  }
}
