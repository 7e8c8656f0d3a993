import type { Row, Value } from "../../src/adapters/index.js";

const TOLERANCE = 1e-6;

/** The first difference between two results, in words; undefined if there is none. Order counts only if `ordered`. */
export function difference(
  expected: readonly Row[],
  actual: readonly Row[],
  ordered: boolean,
): string | undefined {
  if (expected.length !== actual.length) return `${expected.length} rows expected, ${actual.length} found`;
  const [left, right] = ordered ? [expected, actual] : [sorted(expected), sorted(actual)];
  for (const [at, row] of left.entries()) {
    const names = Object.keys(row);
    const found = Object.keys(right[at]!);
    if (names.join() !== found.join())
      return `columns ${names.join(", ")} expected, ${found.join(", ")} found`;
    for (const name of names) {
      const [one, other] = [row[name]!, right[at]![name]!];
      if (!same(one, other)) {
        return `row ${at + 1}, ${name}: ${show(one)} expected, ${show(other)} found in ${JSON.stringify(right[at], text)}`;
      }
    }
  }
  return undefined;
}

function same(one: Value, other: Value): boolean {
  if (isNumber(one) && isNumber(other)) {
    if (one === other) return true;
    const [a, b] = [Number(one), Number(other)];
    return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
  return one === other;
}

function isNumber(value: Value): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** Rows in an order that does not hang on the last digits of a number. */
function sorted(rows: readonly Row[]): Row[] {
  return rows
    .map((row) => ({ row, key: Object.values(row).map(sortKey).join("\u0001") }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}

function sortKey(value: Value): string {
  if (value === null) return "";
  if (isNumber(value)) return Number(value).toExponential(5).replace("-0.00000e+0", "0.00000e+0");
  return String(value);
}

function show(value: Value): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function text(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
