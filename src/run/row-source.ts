import type { Value } from "../adapters/index.js";

/** Rows for one table, as arrays in the order of its columns. */
export interface RowBatch {
  table: string;
  rows: readonly (readonly Value[])[];
}

/** Where a node's own rows come from: batches of a few thousand, for any of its tables, in any order. */
export type RowSource = AsyncIterable<RowBatch>;
