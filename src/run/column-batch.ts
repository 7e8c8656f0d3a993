import type { Row, Value } from "../adapters/index.js";

/** Some rows by column: what crosses threads and fills tables at a fraction of the cost of an object a row. */
export interface ColumnBatch {
  names: readonly string[];
  columns: readonly (readonly Value[])[];
}

/** Rows by column. */
export function toColumns(rows: readonly Row[], names: readonly string[]): ColumnBatch {
  return { names, columns: names.map((name) => rows.map((row) => row[name] ?? null)) };
}

/** Rows as columns, or columns as rows: `width` is how many values each of the given has. */
export function transpose(lines: readonly (readonly Value[])[], width: number): Value[][] {
  return Array.from({ length: width }, (_, at) => lines.map((line) => line[at]!));
}

/** Columns as rows by name. */
export function toRows({ names, columns }: ColumnBatch): Row[] {
  const rows: Row[] = Array.from({ length: columns[0]?.length ?? 0 }, () => ({}));
  for (const [index, name] of names.entries()) {
    const values = columns[index]!;
    for (let at = 0; at < rows.length; at++) rows[at]![name] = values[at]!;
  }
  return rows;
}

/** Texts of a column that are kept to be shared by all rows that have them. */
const SHARED = 4096;

/** Collects batches into whole columns; a text that comes again and again is kept once. */
export async function collectColumns(batches: AsyncIterable<ColumnBatch>): Promise<Record<string, Value[]>> {
  const collected: Record<string, Value[]> = {};
  const shared: Map<string, string>[] = [];
  for await (const { names, columns } of batches) {
    for (const [index, name] of names.entries()) {
      collected[name] ??= [];
      shared[index] ??= new Map();
      const [whole, texts] = [collected[name], shared[index]];
      for (const value of columns[index]!) whole.push(typeof value === "string" ? once(value, texts) : value);
    }
  }
  return collected;
}

function once(text: string, texts: Map<string, string>): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  // A column of many different texts is not worth the look-ups, but those that are known may come again.
  if (texts.size < SHARED) texts.set(text, text);
  return text;
}
