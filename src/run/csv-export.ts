import type { GivenRow, ModelRows } from "../project/index.js";
import { isColumnTable, tableRows } from "./table-rows.js";

const BATCH = 2_000;

/**
 * Rows as CSV by RFC 4180, in UTF-8: CRLF, a heading, nothing for null and `""` for an empty text. Columns are those of the table, or
 * of the first row.
 */
export async function csvText(rows: ModelRows): Promise<string> {
  const lines: string[] = [];
  if (isColumnTable(rows)) {
    const names = rows.columnNames();
    lines.push(record(names));
    for (const batch of tableRows(rows, names, BATCH)) for (const row of batch) lines.push(record(row));
  } else {
    let names: string[] | undefined;
    for await (const row of rows as AsyncIterable<GivenRow>) {
      if (names === undefined) {
        names = Object.keys(row);
        lines.push(record(names));
      }
      lines.push(record(names.map((name) => row[name])));
    }
  }
  return lines.join("");
}

function record(values: readonly unknown[]): string {
  return `${values.map(field).join(",")}\r\n`;
}

function field(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return quoted(plain(value));
  // What a spreadsheet would run as a formula stands behind an apostrophe, which makes it text there.
  return quoted(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value, value === "");
}

function plain(value: unknown): string {
  if (value instanceof Date)
    return value
      .toISOString()
      .replace("T", " ")
      .replace(/(\.000)?Z$/, "");
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  return typeof value === "boolean" ? String(Number(value)) : String(value);
}

function quoted(text: string, always = false): string {
  return always || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
