import type { Row, Value } from "../adapters/index.js";

/** How two sets of rows differ; a row counts as often as it stands in them. */
export interface RowDifference {
  missing: Row[];
  unexpected: Row[];
}

/** Rows that are expected and not found, and the other way round, on some columns and in no order. */
export function compareRows(
  expected: readonly Row[],
  found: readonly Row[],
  columns: readonly string[],
): RowDifference {
  const left = new Map<string, { row: Row; count: number }>();
  for (const row of expected) {
    const key = keyOf(row, columns);
    const entry = left.get(key) ?? { row, count: 0 };
    entry.count += 1;
    left.set(key, entry);
  }
  const unexpected: Row[] = [];
  for (const row of found) {
    const entry = left.get(keyOf(row, columns));
    if (entry === undefined || entry.count === 0) unexpected.push(row);
    else entry.count -= 1;
  }
  const missing = [...left.values()].flatMap(({ row, count }) => Array<Row>(count).fill(row));
  return { missing, unexpected };
}

const MOST = 20;

/** The difference as people read it: `-` is missing, `+` is unexpected. */
export function describeDifference(
  { missing, unexpected }: RowDifference,
  columns: readonly string[],
): string {
  const lines = [
    ["", ...columns],
    ...missing.slice(0, MOST).map((row) => ["-", ...cells(row, columns)]),
    ...unexpected.slice(0, MOST).map((row) => ["+", ...cells(row, columns)]),
  ];
  const widths = lines[0]!.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  const table = lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join("  ")
      .trimEnd(),
  );
  const hidden = Math.max(0, missing.length - MOST) + Math.max(0, unexpected.length - MOST);
  if (hidden > 0) table.push(`… and ${hidden} more`);
  return `${missing.length} missing (-), ${unexpected.length} unexpected (+)\n${table.join("\n")}`;
}

function keyOf(row: Row, columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => plain(cellOf(row, column))));
}

function cells(row: Row, columns: readonly string[]): string[] {
  return columns.map((column) => {
    const value = plain(cellOf(row, column));
    return value === null ? "NULL" : String(value).replaceAll("\n", "\\n");
  });
}

/** Engines keep the case of a column's name, users need not. */
function cellOf(row: Row, column: string): Value {
  if (Object.hasOwn(row, column)) return row[column]!;
  const name = Object.keys(row).find((key) => key.toLowerCase() === column.toLowerCase());
  return name === undefined ? null : row[name]!;
}

function plain(value: Value): string | number | null {
  if (value === null) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number(value.toPrecision(12));
  return typeof value === "string" ? value : Buffer.from(value).toString("hex");
}
