import { type ExistingRelation, type Row, relationKey, type TypedColumn } from "../manifest/index.js";
import type { TableKeys } from "./adapter.js";

/** A relation with everything that the engine knows of it. */
export interface CatalogRelation extends ExistingRelation {
  comment: string;
  columns: TypedColumn[];
  keys: TableKeys;
  /** The engine's estimate; null where it has none (views). */
  rows: number | null;
  /** Data and indexes on disk; null where the engine does not tell. */
  bytes: number | null;
}

/** Rows that name their relation as `s` and `tab`, by its key. */
export function byRelation(rows: readonly Row[]): (key: string) => readonly Row[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = relationKey({ schema: String(row.s), identifier: String(row.tab) });
    const own = found.get(key);
    if (own === undefined) found.set(key, [row]);
    else own.push(row);
  }
  return (key) => found.get(key) ?? [];
}
