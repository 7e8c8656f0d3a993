import { didYouMean, type Location, SlaError } from "../errors/index.js";
import {
  type GivenRows,
  type ModelNode,
  type RelationalNode,
  readables,
  type TestNode,
  unitTestId,
} from "../manifest/index.js";
import { parseCsvRows, type UnitTestProperties } from "../project/index.js";
import { type Assembly, collect } from "./assembly.js";
import { resolveConfig } from "./node-parts.js";
import { locate, type Placed, type PropertiesIndex } from "./properties-index.js";
import { parseRelationArgument } from "./relation-argument.js";
import { readSqlFile } from "./template-facts.js";

/** Makes a node of every unit test in properties; whether all inputs of its model are given is checked once those are known. */
export function readUnitTests(assembly: Assembly, properties: PropertiesIndex): void {
  for (const placed of properties.unitTests.values()) {
    const node = collect(assembly.errors, () => unitTest(assembly, placed));
    if (node !== undefined) assembly.tests.push(node);
  }
}

function unitTest(assembly: Assembly, placed: Placed<UnitTestProperties>): TestNode {
  const { project } = assembly;
  const { entry, path, root } = placed;
  const { name } = entry;
  const at: Where = (inner) => locate(assembly, placed, inner);
  if ((entry.model === undefined) === (entry.sql === undefined))
    throw invalid(
      `the unit test "${name}" needs a model, or SQL of its own`,
      "Write model: NAME, or sql: SELECT {{macro …}} AS x.",
      at(["name"]),
    );
  const model = entry.model === undefined ? null : findModel(assembly, name, entry.model, at);
  const sql =
    entry.sql === undefined
      ? null
      : readSqlFile({ path: `${path} (${name})`, text: entry.sql, isInline: true });
  const folders = path
    .slice(root.length + 1)
    .split("/")
    .slice(0, -1);
  const fqn = [project.name, ...folders, ...(model === null ? [] : [model.name]), name];
  const tags = [...(entry.tags ?? []), ...(entry.config?.tags ?? [])];
  const config = resolveConfig(assembly, "test", fqn, {
    tags,
    meta: { ...entry.meta, ...entry.config?.meta },
    enabled: (entry.config?.enabled ?? true) && (model?.config.enabled ?? true),
  });
  const nowhere = { line: 0, column: 0 };
  const node: TestNode = {
    unique_id: unitTestId(project.name, model?.name ?? "sql", name),
    resource_type: "test",
    name,
    package_name: project.name,
    path: `${name}.sql`,
    original_file_path: path,
    patch_path: null,
    fqn,
    description: entry.description,
    tags: config.tags,
    meta: config.meta,
    config,
    columns: {},
    depends_on: { nodes: [], macros: [] },
    test_type: "unit",
    raw_code: entry.sql ?? "",
    test_metadata: null,
    column_name: null,
    attached_node: model?.unique_id ?? null,
    stored: null,
    unit: {
      model: model?.unique_id ?? null,
      given: entry.given.map(({ input, ...rows }, index) => ({
        node: inputNode(assembly, model, name, input, () => at(["given", index, "input"])).unique_id,
        rows: readRows(assembly, name, path, rows, () => at(["given", index])),
      })),
      expect: readRows(assembly, name, path, entry.expect, () => at(["expect"])),
      overrides: readOverrides(assembly, entry, at),
    },
    refs:
      model === null
        ? (sql?.refs ?? []).map((call) => ({ ...call, ...nowhere }))
        : [{ package: null, name: model.name, ...nowhere }],
    sources: (sql?.sources ?? []).map((call) => ({ ...call, ...nowhere })),
  };
  if (sql !== null) {
    const { line = 1, column = 1 } = at(["sql"]);
    const here = <T>(calls: readonly T[]): T[] => calls.map((call) => ({ ...call, line, column }));
    assembly.uses.set(node.unique_id, { macros: here(sql.macros), vars: here(sql.vars) });
  }
  return node;
}

/** Where something in the entry stands; asked only when something is wrong. */
type Where = (inner: (string | number)[]) => Location;

function readOverrides(
  { together, project }: Assembly,
  { name, overrides }: UnitTestProperties,
  at: Where,
): NonNullable<TestNode["unit"]>["overrides"] {
  for (const macro of Object.keys(overrides?.macros ?? {})) {
    if (macro === "is_incremental" || together.macros.find(project.name, macro) !== undefined) continue;
    throw invalid(
      `the unit test "${name}" overrides the macro "${macro}", which does not exist`,
      together.macros.hint(macro, ["is_incremental"]),
      at(["overrides", "macros", macro]),
    );
  }
  return {
    vars: overrides?.vars ?? {},
    macros: overrides?.macros ?? {},
    env_vars: overrides?.env_vars ?? {},
    run_started_at: moment(overrides?.run_started_at, name, () => at(["overrides", "run_started_at"])),
  };
}

/** Errors for unit tests that give no rows for something their model reads. */
export function checkInputs(assembly: Assembly, properties: PropertiesIndex): void {
  const models = new Map(assembly.models.map((node) => [node.unique_id, node]));
  const known = new Map<string, RelationalNode>(
    assembly.together.packages.flatMap((one) =>
      [...one.models, ...one.seeds, ...one.procedures.flatMap(readables), ...one.sources].map(
        (node) => [node.unique_id, node] as const,
      ),
    ),
  );
  if (properties.unitTests.size === 0) return;
  for (const { unit, name, config, depends_on } of assembly.tests) {
    if (unit === undefined || !config.enabled) continue;
    const given = new Set(unit.given.map(({ node }) => node));
    for (const id of unit.model === null ? depends_on.nodes : models.get(unit.model)!.depends_on.nodes) {
      if (given.has(id)) continue;
      const input = known.get(id)!;
      const call =
        input.resource_type === "source"
          ? `source('${input.source_name}', '${input.name}')`
          : `ref('${input.name}')`;
      assembly.errors.push(
        invalid(
          `the unit test "${name}" gives no rows for ${call}`,
          `Add "- input: ${call}" to given, with rows: [] if it shall be empty.`,
          locate(assembly, properties.unitTests.get(name)!, ["given"]),
        ),
      );
    }
  }
}

function findModel({ models, seeds }: Assembly, name: string, model: string, at: Where): ModelNode {
  const found = models.find((node) => node.resource_type === "model" && node.name === model);
  if (found === undefined) {
    const isSeed = seeds.some((node) => node.name === model);
    throw invalid(
      `the unit test "${name}" tests ${isSeed ? `"${model}", which is a seed` : `the model "${model}", which does not exist`}`,
      didYouMean(
        model,
        models.map((node) => node.name),
      ),
      at(["model"]),
    );
  }
  if (found.language === "sql") return found;
  throw invalid(
    `the unit test "${name}" tests "${model}", which is written in TypeScript`,
    "Unit tests are for SQL models; call the model's function in a test of your own.",
    at(["model"]),
  );
}

function inputNode(
  assembly: Assembly,
  model: ModelNode | null,
  test: string,
  input: string,
  where: () => Location,
): RelationalNode {
  if (input.trim() === "this" && model !== null) return model;
  const argument = parseRelationArgument(input);
  if (argument === undefined)
    throw invalid(
      `the unit test "${test}" has the input "${input}"`,
      "Write ref('model'), source('source', 'table') or this.",
      where(),
    );
  const { lookup } = assembly.together;
  const found =
    argument.kind === "ref"
      ? lookup.ref(assembly.project.name, argument)
      : lookup.source(assembly.project.name, argument.source, argument.table);
  if (found !== undefined) return found;
  throw invalid(
    `the unit test "${test}" has the input ${input}, which does not exist`,
    argument.kind === "ref" ? didYouMean(argument.name, lookup.names) : undefined,
    where(),
  );
}

type Written = Pick<UnitTestProperties["expect"], "rows" | "format" | "fixture">;

function readRows(
  assembly: Assembly,
  test: string,
  path: string,
  written: Written,
  where: () => Location,
): GivenRows {
  const { fixture, rows } = written;
  if (fixture !== undefined && rows !== undefined && rows !== null)
    throw invalid(`the unit test "${test}" has rows and a fixture`, "Keep one of the two.", where());
  const file = fixture === undefined ? undefined : findFixture(assembly, test, fixture, where);
  const format = written.format ?? file?.format ?? "dict";
  const text = file?.text ?? rows ?? [];
  if (format === "dict") {
    if (typeof text !== "string") return { format: "rows", rows: text };
    throw invalid(
      `the unit test "${test}" has rows as text without saying what it is`,
      "Add format: csv or format: sql.",
      where(),
    );
  }
  if (typeof text !== "string")
    throw invalid(`the unit test "${test}" has a list of rows, which is no ${format}`, undefined, where());
  return format === "sql"
    ? { format: "sql", sql: text.trim().replace(/;$/, "") }
    : { format: "text", rows: parseCsvRows(text, file?.path ?? path) };
}

function findFixture(
  { project, files }: Assembly,
  test: string,
  fixture: string,
  where: () => Location,
): { path: string; text: string; format: "csv" | "sql" } {
  const found = files.find(
    ({ path, root }) =>
      project.paths.tests.includes(root) &&
      path.startsWith(`${root}/fixtures/`) &&
      [`/${fixture}.csv`, `/${fixture}.sql`, `/${fixture}`].some((ending) => path.endsWith(ending)) &&
      /\.(csv|sql)$/.test(path),
  );
  if (found === undefined)
    throw invalid(
      `the unit test "${test}" names the fixture "${fixture}", which does not exist`,
      `Fixtures are files tests/fixtures/${fixture}.csv or .sql.`,
      where(),
    );
  const text = project.cache.derive(found.path, (file) => file.text);
  return { path: found.path, text, format: found.path.endsWith(".csv") ? "csv" : "sql" };
}

function moment(text: string | undefined, test: string, where: () => Location): string | null {
  if (text === undefined) return null;
  const zoned = /[zZ]$|[+-]\d\d:?\d\d$/.test(text)
    ? text
    : `${text.replace(" ", "T")}${text.length > 10 ? "Z" : ""}`;
  const parsed = new Date(zoned);
  if (!Number.isNaN(parsed.getTime())) return parsed.toISOString();
  throw invalid(
    `run_started_at of the unit test "${test}" is no date: "${text}"`,
    "Write 2026-01-31 12:00:00.",
    where(),
  );
}

function invalid(message: string, hint: string | undefined, location: Location): SlaError {
  return new SlaError({ code: "SLA603", message, hint, location });
}
