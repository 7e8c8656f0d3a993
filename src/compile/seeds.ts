import { type SeederTable, type SeedNode, type SourceNode, seedId, sourceId } from "../manifest/index.js";
import type { ConfigLayer, SeederTableDefinition, SourceFile } from "../project/index.js";
import { type Assembly, filesOf, identify } from "./assembly.js";
import { declaredTable } from "./declared-table.js";
import { declaredColumns } from "./models.js";
import { definitionLayer, entryLayer, readColumns, resolveConfig, schemaName } from "./node-parts.js";
import type { PropertiesIndex } from "./properties-index.js";
import { readDefinitions } from "./typescript-source.js";

/** Reads all seeds: CSV files, and seeders with a source for each of their tables. */
export async function readSeeds(assembly: Assembly, properties: PropertiesIndex): Promise<void> {
  const { project } = assembly;
  for (const file of filesOf(assembly, project.paths.seeds, /\.csv$/i)) {
    const checksum = project.cache.hash(file.path);
    assembly.seeds.push(seedNode(assembly, properties, file, { language: "csv", checksum }, undefined, []));
  }
  for (const { file, name, source, definition } of await readDefinitions(
    assembly,
    project.paths.seeds,
    "seeder",
  )) {
    const layer = definitionLayer(assembly, "seed", file.path, definition.config);
    const code = { language: "typescript" as const, checksum: source.checksum };
    const node = seedNode(assembly, properties, file, code, name, [layer]);
    node.description ||= definition.description ?? "";
    node.tables = Object.entries(definition.tables).map(([table, declared]) =>
      seederTable(assembly, node, table, declared),
    );
    assembly.seeds.push(node);
    for (const table of node.tables) {
      assembly.sources.push(seederSource(assembly, node, table, definition.tables[table.name]!));
    }
  }
}

function seedNode(
  assembly: Assembly,
  properties: PropertiesIndex,
  file: SourceFile,
  code: Pick<SeedNode, "language" | "checksum">,
  given: string | undefined,
  layers: readonly ConfigLayer[],
): SeedNode {
  const { project } = assembly;
  const { name, path, fqn } = identify(file, project.name, given);
  const placed = properties.seeds.get(name);
  const config = resolveConfig(assembly, "seed", fqn, placed && entryLayer(placed.entry), ...layers);
  return {
    unique_id: seedId(project.name, name),
    resource_type: "seed",
    name,
    package_name: project.name,
    path,
    original_file_path: file.path,
    patch_path: placed?.path ?? null,
    fqn,
    description: placed?.entry.description ?? "",
    tags: config.tags,
    meta: config.meta,
    config,
    columns: placed === undefined ? {} : readColumns(placed.entry.columns),
    depends_on: { nodes: [], macros: [] },
    schema: schemaName(assembly, config.schema),
    alias: config.alias ?? name,
    ...code,
    tables: [],
  };
}

function seederTable(
  assembly: Assembly,
  seed: SeedNode,
  name: string,
  declared: SeederTableDefinition,
): SeederTable {
  const { primary_key: key = [], indexes = [] } = declared;
  return declaredTable(assembly, `seeder "${seed.name}"`, seed.original_file_path, name, seed.schema, {
    columns: Object.entries(declared.columns).map(([column, declaration]) => ({
      name: column,
      ...(typeof declaration === "string"
        ? { type: declaration, nullable: true, description: "" }
        : {
            type: declaration.type,
            nullable: declaration.nullable ?? true,
            description: declaration.description ?? "",
          }),
    })),
    primaryKey: typeof key === "string" ? [key] : key,
    indexes,
  });
}

/** The source that stands for a seeder's table: what models read, ordered behind the seeder. */
function seederSource(
  assembly: Assembly,
  seed: SeedNode,
  table: SeederTable,
  declared: SeederTableDefinition,
): SourceNode {
  const { project } = assembly;
  const fqn = [...seed.fqn.slice(0, -1), seed.name, table.name];
  const config = resolveConfig(assembly, "source", fqn, { enabled: seed.config.enabled });
  return {
    unique_id: sourceId(project.name, seed.name, table.name),
    resource_type: "source",
    name: table.name,
    package_name: project.name,
    path: seed.original_file_path,
    original_file_path: seed.original_file_path,
    patch_path: null,
    fqn,
    description: declared.description ?? "",
    tags: config.tags,
    meta: config.meta,
    config: { ...config, primary_key: table.primary_key, indexes: table.indexes },
    columns: declaredColumns(assembly, seed.original_file_path, table.name, declared.columns, {}),
    depends_on: { nodes: [seed.unique_id], macros: [] },
    schema: table.schema,
    alias: table.alias,
    source_name: seed.name,
    identifier: table.alias,
    source_description: seed.description,
    loader: "sla seed",
  };
}
