import { createRequire } from "node:module";
import type * as CsvParse from "csv-parse/sync";
import { SlaError } from "../errors/index.js";

const require = createRequire(import.meta.url);

/** The rows of a short CSV text by column; an empty field is NULL. */
export function parseCsvRows(text: string, path: string): Record<string, string | null>[] {
  const { parse }: typeof CsvParse = require("csv-parse/sync");
  try {
    const rows: Record<string, string>[] = parse(text, {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      trim: true,
    });
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === "" ? null : value])),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SlaError({ code: "SLA108", message, location: { path }, cause: error });
  }
}
