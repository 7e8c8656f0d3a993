import { dayText, type SheetFigures } from "../../../../reports/index.js";
import { download } from "../../graph/svg-export.js";

type Table = SheetFigures["table"];

/** Spreadsheets take text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | null, kind: Table["columns"][number]["kind"]): string {
  if (value === null) return "";
  if (kind === "day" && typeof value === "number") return dayText(value);
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as CSV by RFC 4180: figures as exact as they were computed, days as `YYYY-MM-DD`. */
export function csvText({ columns, rows }: Table): string {
  const lines = [
    columns.map(({ label }) => cell(label, "text")),
    ...rows.map((row) => row.map((value, at) => cell(value, columns[at]!.kind))),
  ];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

/** Hands a table over as a file; the mark at its beginning tells spreadsheets that it is UTF-8. */
export function downloadTable(name: string, table: Table): void {
  download(`${name}.csv`, "text/csv;charset=utf-8", `\ufeff${csvText(table)}`);
}
