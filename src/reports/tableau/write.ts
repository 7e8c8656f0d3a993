import type { Adapter } from "../../adapters/index.js";
import type { Manifest, Relation } from "../../manifest/index.js";
import type { TableauSettings } from "../../project/index.js";
import { type DashboardSpec, dashboardSpecs, partsOf } from "../dashboards/index.js";
import { csvName, fileConnection, serverConnection } from "./connection.js";
import { csvText } from "./csv-rows.js";
import { documentForm, type TableauVersion } from "./document-form.js";
import { identityOf } from "./identity.js";
import { type MartFacts, readMarts } from "./mart-facts.js";
import { readerText } from "./reader-text.js";
import { readStars } from "./star.js";
import { starDocument } from "./star-element.js";
import { sourceDocument, sourcesOf, type WorkbookInput, workbookDocument } from "./workbook.js";
import { type ZipEntry, zipped } from "./zip.js";

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

/** What the warehouse says of the marts that the files are made of, by unique id. */
export function readFacts(input: TableauInput): Promise<Map<string, MartFacts>> {
  const { adapter, manifest, relation } = input;
  return readMarts(adapter, manifest, dashboardSpecs(manifest), martIds(manifest), {
    relation,
    served: (schema) => servedSchema(schema, input),
  });
}

/** The files by name. */
export async function tableauFiles(
  input: TableauInput,
  known?: ReadonlyMap<string, MartFacts>,
): Promise<Map<string, string>> {
  const { manifest, settings } = input;
  const facts = known ?? (await readFacts(input));
  const specs = dashboardSpecs(manifest);
  const live = workbookInput(input, specs, facts, true);
  const files = new Map<string, string>();
  for (const source of sourcesOf(live).values())
    files.set(`${source.mart.name}.tds`, sourceDocument(source, live));
  const stars = await readStars(input.adapter, manifest, live.identity, {
    relation: input.relation,
    served: (schema) => servedSchema(schema, input),
  });
  for (const star of stars) files.set(`${star.fact.mart.name}_star.tds`, starDocument(star, live));
  if (specs.length > 0) files.set(`${manifest.metadata.project_name}.twb`, workbookDocument(live));
  files.set("README.md", readerText({ manifest, settings, specs, facts, stars }));
  return files;
}

/** The packaged workbook, in pieces as its rows arrive: the same sheets on text files, with what a live connection cannot compute. */
export async function* tableauPackage(
  input: TableauInput,
  known?: ReadonlyMap<string, MartFacts>,
): AsyncGenerator<Uint8Array> {
  const { manifest, adapter, relation } = input;
  const facts = known ?? (await readFacts(input));
  const specs = dashboardSpecs(manifest);
  const used = new Set(specs.flatMap((spec) => partsOf(spec).map(({ model }) => model)));
  const connection = await adapter.acquire();
  try {
    const entries: ZipEntry[] = [
      {
        name: `${manifest.metadata.project_name}.twb`,
        text: [workbookDocument(workbookInput(input, specs, facts, false))],
      },
      ...[...facts].flatMap(([id, { mart }]): ZipEntry[] =>
        used.has(id)
          ? [{ name: csvName(mart), text: csvText(connection, adapter.dialect, mart, relation(id)) }]
          : [],
      ),
    ];
    yield* zipped(entries);
  } finally {
    await connection.release();
  }
}

function workbookInput(
  { manifest, settings, version }: TableauInput,
  specs: readonly DashboardSpec[],
  facts: ReadonlyMap<string, MartFacts>,
  live: boolean,
): WorkbookInput {
  const identity = identityOf(manifest.metadata.project_name);
  return {
    specs,
    metrics: Object.values(manifest.metrics),
    facts,
    identity,
    form: documentForm(version),
    connection: live ? serverConnection(settings, identity) : fileConnection(identity),
    live,
  };
}

/** The schema as readers of the server find it. */
function servedSchema(schema: string, { settings, baseSchema }: TableauInput): string {
  if (settings.schema === null || !schema.startsWith(baseSchema)) return schema;
  return settings.schema + schema.slice(baseSchema.length);
}
