import type { Adapter } from "../adapters/index.js";
import type { ModelNode, SeedNode } from "../manifest/index.js";

/** What a build would add to the keys of a live table and what it would leave out, in words: `index (city)`. */
export interface KeyChanges {
  added: string[];
  removed: string[];
}

/** Compares the keys in a node's config with those that its live table has. Only tables that are built anew have their config's keys alone. */
export async function keyChanges(node: ModelNode | SeedNode, adapter: Adapter): Promise<KeyChanges | null> {
  if (node.resource_type === "model" && node.config.materialized !== "table") return null;
  if (node.resource_type === "seed" && node.tables.length > 0) return null;
  const live = await adapter.introspector.keys({ schema: node.schema, identifier: node.alias });
  const { primary_key, indexes } = node.config;
  const wanted = inWords(
    primary_key,
    // DuckDB keeps the keys that make rows unique, and no others.
    indexes.filter(({ unique }) => unique || adapter.type === "mysql"),
  );
  const standing = inWords(live.primaryKey, live.indexes);
  return {
    added: wanted.filter((key) => !standing.includes(key)),
    removed: standing.filter((key) => !wanted.includes(key)),
  };
}

function inWords(
  primaryKey: readonly string[],
  indexes: readonly { columns: readonly string[]; unique?: boolean }[],
): string[] {
  const list = (columns: readonly string[]): string => `(${columns.join(", ").toLowerCase()})`;
  return [
    ...(primaryKey.length > 0 ? [`primary key ${list(primaryKey)}`] : []),
    ...indexes.map(({ columns, unique }) => `${unique ? "unique index" : "index"} ${list(columns)}`),
  ];
}
