import type { CatalogRelation } from "../../adapters/index.js";
import { type Relation, relationKey } from "../../manifest/index.js";
import { type ArtifactOrigin, artifactMetadata } from "./metadata.js";
import type { ArtifactScope } from "./scope.js";

/** What engines call a relation, as dbt's adapters for them write it. */
const TYPES = {
  duckdb: { table: "BASE TABLE", view: "VIEW" },
  mysql: { table: "table", view: "view" },
} as const;

/** dbt's `catalog.json`: of what the manifest knows, what stands in the warehouse. */
export function dbtCatalog(
  found: ReadonlyMap<string, CatalogRelation>,
  origin: ArtifactOrigin,
  generatedAt: Date,
  scope: ArtifactScope,
) {
  const nodes: Record<string, unknown> = {};
  const sources: Record<string, unknown> = {};
  const add = (into: Record<string, unknown>, id: string, relation: Relation): void => {
    const standing = found.get(relationKey(relation));
    if (standing !== undefined) into[id] = table(id, standing, scope);
  };
  const { manifest, ids } = scope;
  for (const node of Object.values(manifest.nodes)) {
    if (node.resource_type === "test") continue;
    if (node.resource_type === "procedure") {
      for (const [at, { schema, alias }] of node.tables.entries())
        add(nodes, ids.of(node.unique_id)[at]!, { schema, identifier: alias });
      continue;
    }
    const isSeeder = node.resource_type === "seed" && node.tables.length > 0;
    if (!isSeeder && node.config.materialized !== "ephemeral")
      add(nodes, node.unique_id, { schema: node.schema, identifier: node.alias });
  }
  for (const node of Object.values(manifest.sources))
    add(sources, node.unique_id, { schema: node.schema, identifier: node.identifier });
  return { metadata: artifactMetadata("catalog", origin, generatedAt), nodes, sources, errors: null };
}

function table(id: string, relation: CatalogRelation, { dialect, database }: ArtifactScope) {
  const columns = relation.columns.map(({ name, type, description }, at) => [
    name,
    { type: dialect.columnType(type), index: at + 1, name, comment: description || null },
  ]);
  return {
    metadata: {
      type: TYPES[dialect.type][relation.type],
      schema: relation.schema,
      name: relation.identifier,
      database,
      comment: relation.comment || null,
      owner: null,
    },
    columns: Object.fromEntries(columns),
    stats: stats(relation),
    unique_id: id,
  };
}

function stats({ rows, bytes }: CatalogRelation) {
  const found: Record<string, unknown> = {};
  const add = (id: string, label: string, value: number | null, description: string): void => {
    if (value !== null) found[id] = { id, label, value, include: true, description };
  };
  add("num_rows", "# Rows", rows, "How many rows the engine thinks there are");
  add("num_bytes", "Size in bytes", bytes, "Data and indexes on disk");
  const hasStats = Object.keys(found).length > 0;
  found.has_stats = {
    id: "has_stats",
    label: "Has Stats?",
    value: hasStats,
    include: false,
    description: "Whether there are statistics for this table",
  };
  return found;
}
