import type { Sheet } from "../../manifest/index.js";
import { type DataTable, valueAt } from "./data.js";

/** What stands for a group: one value for each dimension. */
export type Key = (string | number | null)[];

/** Entries by the values of some columns. */
export interface KeyGroups {
  keys: Key[];
  /** The group of each entry, in the order of the entries. */
  groupOf: Int32Array;
}

/** Groups entries by columns, in the order in which the groups appear. */
export function groupBy(table: DataTable, entries: readonly number[], columns: readonly string[]): KeyGroups {
  const keys: Key[] = [];
  const known = new Map<string, number>();
  const groupOf = new Int32Array(entries.length);
  if (entries.length === 0) return { keys, groupOf };
  const given = columns.map((name) => {
    const column = table.columns[name];
    if (column === undefined) throw new Error(`the extract of ${table.model} lacks the column ${name}`);
    return column;
  });
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at]!;
    let id = "";
    for (const column of given)
      id += `${column.kind === "text" ? column.codes[entry] : column.values[entry]}\u0000`;
    let group = known.get(id);
    if (group === undefined) {
      group = keys.length;
      known.set(id, group);
      keys.push(given.map((column) => valueAt(column, entry)));
    }
    groupOf[at] = group;
  }
  return { keys, groupOf };
}

/** The least value of a column in each group. */
export function leastOf(
  table: DataTable,
  entries: readonly number[],
  { keys, groupOf }: KeyGroups,
  name: string,
): (string | number | null)[] {
  const column = table.columns[name];
  const least = new Array<string | number | null>(keys.length).fill(null);
  if (column === undefined) return least;
  for (let at = 0; at < entries.length; at++) {
    const value = valueAt(column, entries[at]!);
    const group = groupOf[at]!;
    if (value !== null && (least[group] === null || compareValues(value, least[group]!) < 0))
      least[group] = value;
  }
  return least;
}

/** Numbers by size, texts as the alphabet has them, nothing first. */
export function compareValues(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [one, other] = [String(a).toUpperCase(), String(b).toUpperCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * The positions of groups in the order in which they are shown: by the sheet's sort value, then by their names, so that the order is the same
 * wherever it is computed. Groups without a value come last.
 */
export function ranked(
  keys: readonly Key[],
  values: readonly (string | number | null)[],
  direction: NonNullable<Sheet["sort"]>["direction"],
): number[] {
  const sign = direction === "desc" ? -1 : 1;
  return keys
    .map((_, at) => at)
    .sort((a, b) => {
      const [x, y] = [values[a]!, values[b]!];
      if ((x === null) !== (y === null)) return x === null ? 1 : -1;
      return sign * compareValues(x, y) || compareKeys(keys[a]!, keys[b]!);
    });
}

function compareKeys(a: Key, b: Key): number {
  for (let at = 0; at < a.length; at++) {
    const order = compareValues(a[at]!, b[at]!);
    if (order !== 0) return order;
  }
  return 0;
}
