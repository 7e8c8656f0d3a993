import { join, resolve } from "node:path";
import { SlaError } from "../errors/index.js";
import {
  getNode,
  type Manifest,
  type Relation,
  type RelationalNode,
  relationKey,
} from "../manifest/index.js";
import type { TableauInput, TableauVersion } from "../reports/index.js";
import { writeWhole, writeWholeFrom } from "../run/index.js";
import { type CommandOptions, type Effects, type Invocation, invoke, open } from "./invocation.js";

/** What `tableau` is told. */
export interface TableauOptions extends CommandOptions {
  version: TableauVersion;
  /** The folder for the files, below the project; `target/tableau` if absent. */
  output?: string | undefined;
  /** Write `<project>.twbx` too: the workbook with the rows of its marts. */
  packaged?: boolean | undefined;
}

/** A file that was written. */
export interface TableauFile {
  /** Absolute. */
  path: string;
  bytes: number;
}

/** `sla tableau`: writes data sources and a workbook that open on the built marts. */
export async function tableau(options: TableauOptions, effects: Effects): Promise<TableauFile[]> {
  const { martIds, readFacts, tableauFiles, tableauPackage } = await import("../reports/tableau/index.js");
  const invocation = await invoke(options, effects, { target: true });
  const { project, manifest } = invocation;
  if (options.packaged === true) needDashboards(manifest);
  const folder =
    options.output === undefined ? join(project.targetPath, "tableau") : resolve(project.dir, options.output);
  const adapter = await open(invocation, effects);
  try {
    const relation = standing(invocation);
    const wanted = martIds(manifest);
    const schemas = [...new Set(wanted.map((id) => relation(id).schema))];
    const found = new Set((await adapter.introspector.relations(schemas)).map(relationKey));
    const missing = wanted.filter((id) => !found.has(relationKey(relation(id))));
    if (missing.length > 0) throw notBuilt(missing.map((id) => getNode(manifest, id)!.name));
    const input: TableauInput = {
      manifest,
      adapter,
      settings: project.tableau,
      baseSchema: project.target.schema,
      version: options.version,
      relation,
    };
    const facts = await readFacts(input);
    const written = [...(await tableauFiles(input, facts))].map(([name, text]) => {
      const path = join(folder, name);
      writeWhole(path, text);
      return { path, bytes: Buffer.byteLength(text) };
    });
    if (options.packaged !== true) return written;
    const path = join(folder, `${manifest.metadata.project_name}.twbx`);
    return [...written, { path, bytes: await writeWholeFrom(path, tableauPackage(input, facts)) }];
  } finally {
    await adapter.close();
  }
}

function standing({ manifest }: Invocation): (id: string) => Relation {
  return (id) => {
    const node = getNode(manifest, id) as RelationalNode;
    return { schema: node.schema, identifier: node.alias };
  };
}

function needDashboards({ metadata, dashboards }: Manifest): void {
  if (Object.keys(dashboards).length > 0) return;
  throw new SlaError({
    code: "SLA104",
    message: `${metadata.project_name} declares no dashboards: there is no workbook to package`,
    hint: "Declare `dashboards:` in a YAML file below models/, or leave out --packaged.",
  });
}

function notBuilt(names: readonly string[]): SlaError {
  return new SlaError({
    code: "SLA801",
    message: `${names.join(", ")} ${names.length === 1 ? "has" : "have"} not been built: workbooks start with the days and values of the marts`,
    hint: `Run \`sla build --select ${names.map((name) => `+${name}`).join(" ")}\` first.`,
  });
}
