import type { Dialect } from "../adapters/index.js";

/** A column by name, or SQL in its place: what is a plain word is taken for a name. */
export function columnOrSql(text: string, dialect: Dialect): string {
  return isName(text) ? dialect.identifier(text) : text;
}

/** Whether a text is the name of a column rather than SQL. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][\w$]*$/.test(text);
}

/** Columns as a list, however they were given. */
export function columnList(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Quoted columns, separated by commas. */
export function quotedList(value: unknown, dialect: Dialect): string {
  return columnList(value)
    .map((name) => columnOrSql(name, dialect))
    .join(", ");
}
