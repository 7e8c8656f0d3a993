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

/** Values of a whole column: packed, where all are numbers. */
export type WholeColumn = Value[] | Float64Array;

/** Collects batches into whole columns; numbers are packed, and a text that comes again and again is kept once. */
export async function collectColumns(
  batches: AsyncIterable<ColumnBatch>,
): Promise<Record<string, WholeColumn>> {
  const collected = new Map<string, CollectedColumn>();
  for await (const { names, columns } of batches) {
    for (const [index, name] of names.entries()) {
      const column = collected.get(name) ?? new CollectedColumn();
      collected.set(name, column.add(columns[index]!));
    }
  }
  return Object.fromEntries([...collected].map(([name, column]) => [name, column.whole()]));
}

/** A column as it grows: eight bytes a value for as long as there are only numbers. */
class CollectedColumn {
  #numbers = new Float64Array(SHARED);
  #length = 0;
  #values: Value[] | undefined;
  readonly #shared = new Map<string, string>();

  add(values: readonly Value[]): this {
    for (const value of values) {
      if (this.#values === undefined && typeof value === "number") this.#pack(value);
      else {
        this.#values ??= Array.from(this.#numbers.subarray(0, this.#length));
        this.#values.push(typeof value === "string" ? once(value, this.#shared) : value);
      }
    }
    return this;
  }

  whole(): WholeColumn {
    if (this.#values !== undefined) return this.#values;
    return this.#length === 0 ? [] : this.#numbers.slice(0, this.#length);
  }

  #pack(value: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length++] = value;
  }
}

function once(text: string, texts: Map<string, string>): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  // A column of many different texts is not worth the look-ups, but those that are known may come again.
  if (texts.size < SHARED) texts.set(text, text);
  return text;
}
