import type { Row, Value } from "../../adapters/index.js";
import type { ShownRows } from "../../commands/index.js";
import { count } from "./number.js";
import { colorsFor } from "./style.js";

const WIDEST = 60;

/** Rows as text. */
export function renderRows(
  shown: ShownRows,
  output: "table" | "json" | "csv",
  stream: NodeJS.WriteStream,
): string {
  switch (output) {
    case "json":
      return `${JSON.stringify(shown.rows, jsonValue, 2)}\n`;
    case "csv":
      return [shown.columns, ...shown.rows.map((row) => shown.columns.map((name) => row[name] ?? null))]
        .map((cells) => `${cells.map(csvCell).join(",")}\n`)
        .join("");
    case "table":
      return table(shown, stream);
  }
}

function jsonValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint")
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return value;
}

function csvCell(value: Value | string): string {
  if (value === null) return "";
  const text = plain(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function table({ columns, rows, more }: ShownRows, stream: NodeJS.WriteStream): string {
  const { bold, dim } = colorsFor(stream);
  const cells = rows.map((row: Row) =>
    columns.map((name) => (row[name] === null ? "NULL" : cut(plain(row[name]!)))),
  );
  const widths = columns.map((name, at) => Math.max(name.length, ...cells.map((row) => row[at]!.length)));
  const right = columns.map(
    (name) =>
      rows.every(
        (row) => row[name] === null || typeof row[name] === "number" || typeof row[name] === "bigint",
      ) && rows.length > 0,
  );
  const pad = (text: string, at: number): string =>
    right[at] ? text.padStart(widths[at]!) : text.padEnd(widths[at]!);
  const lines = [
    bold(columns.map(pad).join("  ").trimEnd()),
    dim(widths.map((width) => "─".repeat(width)).join("  ")),
    ...cells.map((row) => row.map(pad).join("  ").trimEnd()),
    dim(more ? `first ${count(rows.length, "row")}` : count(rows.length, "row")),
  ];
  return `${lines.join("\n")}\n`;
}

function plain(value: Exclude<Value, null>): string {
  return value instanceof Uint8Array ? `0x${Buffer.from(value).toString("hex")}` : String(value);
}

/** A cell on one line, without control characters, cut to a width that leaves room for others. */
function cut(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: data may hold any; a terminal must not obey it
  const line = text.replace(/[\u0000-\u001f\u007f]/g, " ");
  return line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line;
}
