import type { Adapter, Connection } from "../adapters/index.js";
import type { NodeConfig, Relation } from "../manifest/index.js";

/**
 * Whether a table that stands has all the keys that its node's config names: they may have come into the config after it was built.
 * Only asked of servers, whose keys compare text as queries do.
 */
export async function hasConfiguredKeys(
  relation: Relation,
  config: NodeConfig,
  adapter: Adapter,
  connection: Connection,
): Promise<boolean> {
  if (adapter.type !== "mysql") return false;
  const rows = await connection.query(
    "SELECT INDEX_NAME AS k, COLUMN_NAME AS c FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0",
    [relation.schema, relation.identifier],
  );
  const keys = new Map<string, Set<string>>();
  for (const row of rows) {
    const name = String(row.k);
    keys.set(name, (keys.get(name) ?? new Set()).add(String(row.c).toLowerCase()));
  }
  const same = (columns: readonly string[], key: ReadonlySet<string>) =>
    columns.length === key.size && columns.every((column) => key.has(column.toLowerCase()));
  const primary = keys.get("PRIMARY") ?? new Set<string>();
  return (
    same(config.primary_key, primary) &&
    config.indexes
      .filter((index) => index.unique === true)
      .every((index) => [...keys.values()].some((key) => same(index.columns, key)))
  );
}
