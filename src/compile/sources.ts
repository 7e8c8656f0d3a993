import { didYouMean, SlaError } from "../errors/index.js";
import { type SourceNode, sourceId } from "../manifest/index.js";
import type { SourceProperties } from "../project/index.js";
import type { Assembly } from "./assembly.js";
import { entryLayer, readColumns, resolveConfig } from "./node-parts.js";
import { locate, type Placed, type PropertiesIndex } from "./properties-index.js";
import { freshnessOf, withoutFreshness } from "./source-freshness.js";

/** Reads the sources that properties declare; an entry of a seeder's name adds to the seeder's own. */
export function readSources(assembly: Assembly, properties: PropertiesIndex): void {
  const seeders = new Set(assembly.sources.map((source) => source.source_name));
  for (const [name, placed] of properties.sources) {
    if (seeders.has(name)) describeSeeder(assembly, placed);
    else for (const at of placed.entry.tables.keys()) assembly.sources.push(sourceNode(assembly, placed, at));
  }
}

function sourceNode(assembly: Assembly, placed: Placed<SourceProperties>, at: number): SourceNode {
  const { project } = assembly;
  const { entry: source, path, root } = placed;
  const table = source.tables[at]!;
  const folders = path
    .slice(root.length + 1)
    .split("/")
    .slice(0, -1);
  const fqn = [project.name, ...folders, source.name, table.name];
  const config = resolveConfig(
    assembly,
    "source",
    fqn,
    entryLayer(withoutFreshness(source)),
    entryLayer(withoutFreshness(table)),
  );
  const identifier = table.identifier ?? table.name;
  return {
    unique_id: sourceId(project.name, source.name, table.name),
    resource_type: "source",
    name: table.name,
    package_name: project.name,
    path,
    original_file_path: path,
    patch_path: null,
    fqn,
    description: table.description,
    tags: config.tags,
    meta: config.meta,
    config,
    columns: readColumns(table.columns),
    depends_on: { nodes: [], macros: [] },
    schema: source.schema ?? source.name,
    alias: identifier,
    source_name: source.name,
    identifier,
    source_description: source.description,
    loader: source.loader,
    ...freshnessOf(assembly, placed, at),
  };
}

function describeSeeder(assembly: Assembly, placed: Placed<SourceProperties>): void {
  const { entry: source, path } = placed;
  const own = assembly.sources.filter((node) => node.source_name === source.name);
  const refuse = (message: string, inner: (string | number)[], hint?: string) =>
    assembly.errors.push(
      new SlaError({ code: "SLA104", message, hint, location: locate(assembly, placed, inner, "key") }),
    );
  if (source.schema !== undefined) {
    refuse(
      `source "${source.name}" is filled by a seeder, which decides its schema`,
      ["schema"],
      "Remove the line, or set the schema of the seeder under seeds in project.yml.",
    );
  }
  for (const [at, table] of source.tables.entries()) {
    const node = own.find((candidate) => candidate.name === table.name);
    if (node === undefined) {
      const names = own.map((candidate) => candidate.name);
      refuse(
        `seeder "${source.name}" has no table "${table.name}"`,
        ["tables", at, "name"],
        didYouMean(table.name, names) ?? `Its tables are ${names.join(", ")}.`,
      );
      continue;
    }
    Object.assign(node, freshnessOf(assembly, placed, at));
    const layers = [entryLayer(withoutFreshness(source)), entryLayer(withoutFreshness(table))];
    const { primary_key, indexes, enabled } = node.config;
    node.config = { ...resolveConfig(assembly, "source", node.fqn, ...layers), primary_key, indexes };
    node.config.enabled &&= enabled;
    node.tags = node.config.tags;
    node.meta = node.config.meta;
    node.patch_path = path;
    node.description = table.description || node.description;
    node.source_description = source.description || node.source_description;
    const documented = readColumns(table.columns);
    for (const [name, column] of Object.entries(node.columns)) {
      const known = documented[name];
      if (known === undefined) continue;
      node.columns[name] = {
        ...known,
        data_type: column.data_type,
        description: known.description || column.description,
      };
    }
    for (const [position, column] of table.columns.entries()) {
      if (Object.hasOwn(node.columns, column.name)) continue;
      refuse(
        `table "${table.name}" of seeder "${source.name}" has no column "${column.name}"`,
        ["tables", at, "columns", position, "name"],
        didYouMean(column.name, Object.keys(node.columns)),
      );
    }
  }
}
