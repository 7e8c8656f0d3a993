import type { Adapter } from "../../adapters/index.js";
import type { Manifest, Relation } from "../../manifest/index.js";
import type { TableauSettings } from "../../project/index.js";
import { dashboardSpecs, partsOf } from "../dashboards/index.js";
import { serverConnection } from "./connection.js";
import { documentForm, type TableauVersion } from "./document-form.js";
import { identityOf } from "./identity.js";
import { readMarts } from "./mart-facts.js";
import { sourceDocument, sourcesOf, type WorkbookInput, workbookDocument } from "./workbook.js";

/** What Tableau files are made of. */
export interface TableauInput {
  manifest: Manifest;
  adapter: Adapter;
  settings: TableauSettings;
  /** The target's own schema, in whose place the settings may put another. */
  baseSchema: string;
  version: TableauVersion;
  /** Where a mart stands in the warehouse, by unique id. */
  relation(id: string): Relation;
}

/** The marts that metrics and dashboards read, by unique id, in the order of their ids. */
export function martIds(manifest: Manifest): string[] {
  const ids = new Set([
    ...Object.values(manifest.metrics).map(({ model }) => model),
    ...dashboardSpecs(manifest).flatMap((spec) => partsOf(spec).map(({ model }) => model)),
  ]);
  return [...ids].sort();
}

/** The files by name. */
export async function tableauFiles(input: TableauInput): Promise<Map<string, string>> {
  const { manifest, adapter, settings, version } = input;
  const project = manifest.metadata.project_name;
  const specs = dashboardSpecs(manifest);
  const identity = identityOf(project);
  const facts = await readMarts(adapter, manifest, specs, martIds(manifest), {
    relation: input.relation,
    served: (schema) => servedSchema(schema, input),
  });
  const live: WorkbookInput = {
    specs,
    metrics: Object.values(manifest.metrics),
    facts,
    identity,
    form: documentForm(version),
    connection: serverConnection(settings, identity),
    live: true,
  };
  const files = new Map<string, string>();
  for (const source of sourcesOf(live).values())
    files.set(`${source.mart.name}.tds`, sourceDocument(source, live));
  if (specs.length > 0) files.set(`${project}.twb`, workbookDocument(live));
  return files;
}

/** The schema as readers of the server find it. */
function servedSchema(schema: string, { settings, baseSchema }: TableauInput): string {
  if (settings.schema === null || !schema.startsWith(baseSchema)) return schema;
  return settings.schema + schema.slice(baseSchema.length);
}
