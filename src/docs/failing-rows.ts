import type { Adapter, Value } from "../adapters/index.js";
import { type Manifest, relationKey, type TestNode } from "../manifest/index.js";
import type { SiteRows, SiteState } from "./site-data.js";

/** How many rows of a test are shown, of how many tests. */
const ROWS = 20;
const TESTS = 50;

/** The failing rows that tests have stored in their last run, by the test's id. */
export async function readFailures(
  adapter: Adapter | null,
  manifest: Manifest,
  states: ReadonlyMap<string, SiteState>,
): Promise<Map<string, SiteRows>> {
  const found = new Map<string, SiteRows>();
  if (adapter === null) return found;
  const failed = Object.values(manifest.nodes).filter(
    (node): node is TestNode =>
      node.resource_type === "test" &&
      node.stored !== null &&
      (states.get(node.unique_id)?.failures ?? 0) > 0,
  );
  if (failed.length === 0) return found;
  const schemas = [...new Set(failed.map(({ stored }) => stored!.schema))];
  const there = new Set((await adapter.introspector.relations(schemas)).map(relationKey));
  const connection = await adapter.acquire();
  try {
    for (const test of failed.slice(0, TESTS)) {
      if (!there.has(relationKey(test.stored!))) continue;
      const rows = await connection.query(
        `SELECT * FROM ${adapter.dialect.relation(test.stored!)} LIMIT ${ROWS + 1}`,
      );
      const columns = Object.keys(rows[0] ?? {});
      found.set(test.unique_id, {
        columns,
        rows: rows.slice(0, ROWS).map((row) => columns.map((name) => text(row[name] ?? null))),
        more: rows.length > ROWS,
      });
    }
  } finally {
    await connection.release();
  }
  return found;
}

function text(value: Value): string | null {
  if (value === null) return null;
  return value instanceof Uint8Array ? `0x${Buffer.from(value).toString("hex")}` : String(value);
}
