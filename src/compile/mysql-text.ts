import type { Relation } from "../manifest/index.js";

/** A backtick-quoted identifier. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/** A quoted, qualified name. */
export function quoteRelation(relation: Relation): string {
  return `${quoteName(relation.schema)}.${quoteName(relation.identifier)}`;
}

/** A value as a literal of MySQL's SQL, lists separated by commas: `IN ({{literal (var "statuses")}})`. */
export function mysqlLiteral(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (Array.isArray(value)) return value.map(mysqlLiteral).join(", ");
  switch (typeof value) {
    case "number":
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "TRUE" : "FALSE";
    case "string":
      return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\0", "\\0")}'`;
  }
  if (value instanceof Date) return `'${value.toISOString().slice(0, 23).replace("T", " ")}'`;
  return mysqlLiteral(JSON.stringify(value));
}

/** A moment as a date-time of SQL, in UTC and without fractions. */
export function dateTimeLiteral(moment: Date): string {
  return `CAST('${moment.toISOString().slice(0, 19).replace("T", " ")}' AS DATETIME)`;
}
