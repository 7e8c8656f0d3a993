import { type Dialect, mysqlDialect, type Value } from "../adapters/index.js";
import { didYouMean, SlaError } from "../errors/index.js";
import type { ColumnType, GivenRows } from "../manifest/index.js";

/** A column that given rows have, with the type its values are read as. */
export interface GivenColumn {
  name: string;
  type: ColumnType;
}

/** The columns of a relation as far as they are known before its rows are given. */
export interface KnownColumns {
  columns: readonly GivenColumn[];
  /** Whether there are no others. */
  complete: boolean;
}

/** Given rows as a SELECT in MySQL's SQL, typed like the columns they stand for; what a row leaves out is NULL. */
export function givenSelect(given: GivenRows, known: KnownColumns, what: string): string {
  if (given.format === "sql") return given.sql;
  const columns = columnsOf(given.format === "text" ? given.rows.map(read) : given.rows, known, what);
  if (columns.length === 0) return "SELECT 1 AS `sla_nothing` LIMIT 0";
  const rows: readonly Readonly<Record<string, unknown>>[] = given.rows;
  if (rows.length === 0) return `${selectRow({}, columns, mysqlDialect)} LIMIT 0`;
  return rows.map((row) => selectRow(row, columns, mysqlDialect)).join("\nUNION ALL\n");
}

/** What text means where no column says it: numbers are numbers. */
function read(row: Readonly<Record<string, string | null>>): Record<string, unknown> {
  const isNumber = (text: string | null) => text !== null && /^-?(0|[1-9]\d{0,14})(\.\d{1,12})?$/.test(text);
  return Object.fromEntries(
    Object.entries(row).map(([name, text]) => [name, isNumber(text) ? Number(text) : text]),
  );
}

/** The columns of given rows: those that are known, and, where that need not be all, those that the rows name. */
export function columnsOf(
  rows: readonly Readonly<Record<string, unknown>>[],
  { columns, complete }: KnownColumns,
  what: string,
): GivenColumn[] {
  const byName = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  for (const name of new Set(rows.flatMap((row) => Object.keys(row)))) {
    if (byName.has(name.toLowerCase())) continue;
    if (complete) {
      const names = columns.map((column) => column.name);
      throw new SlaError({
        code: "SLA603",
        message: `${what} has no column "${name}"`,
        hint: didYouMean(name, names) ?? `Its columns are ${names.join(", ")}.`,
      });
    }
    byName.set(name.toLowerCase(), { name, type: typeOf(rows.map((row) => row[name] ?? null)) });
  }
  return [...byName.values()];
}

function selectRow(
  row: Readonly<Record<string, unknown>>,
  columns: readonly GivenColumn[],
  dialect: Dialect,
): string {
  const values = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
  const list = columns.map(({ name, type }) => {
    const value = values.get(name.toLowerCase()) ?? null;
    return `${typed(value, type, dialect)} AS ${dialect.identifier(name)}`;
  });
  return `SELECT ${list.join(", ")}`;
}

/** A value as the column's type has it, in words that MySQL, MariaDB and our translation know. */
function typed(value: unknown, type: ColumnType, dialect: Dialect): string {
  const text = dialect.literal(scalar(value, type));
  switch (type.kind) {
    case "tinyint":
    case "smallint":
    case "mediumint":
    case "int":
    case "bigint":
      return `CAST(${text} AS ${type.unsigned ? "UNSIGNED" : "SIGNED"})`;
    case "boolean":
    case "year":
      return `CAST(${text} AS SIGNED)`;
    case "decimal":
      return `CAST(${text} AS DECIMAL(${type.precision},${type.scale}))`;
    case "float":
    case "double":
      return `CAST(${text} AS DOUBLE)`;
    case "date":
      return `CAST(${text} AS DATE)`;
    case "time":
      return `CAST(${text} AS TIME)`;
    case "datetime":
    case "timestamp":
      return `CAST(${text} AS DATETIME${type.precision === 0 ? "" : `(${type.precision})`})`;
    case "binary":
    case "varbinary":
    case "tinyblob":
    case "blob":
    case "mediumblob":
    case "longblob":
      return text;
    default:
      return `CAST(${text} AS CHAR)`;
  }
}

function scalar(value: unknown, type: ColumnType): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number" || typeof value === "bigint") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (type.kind === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true" ? 1 : 0;
  return text;
}

/** The narrowest type that all values fit, where nothing else says what a column is. */
function typeOf(values: readonly unknown[]): ColumnType {
  const given = values.filter((value) => value !== null && value !== undefined);
  const all = (fits: (value: unknown) => boolean) => given.length > 0 && given.every(fits);
  const matches = (pattern: RegExp) => (value: unknown) => typeof value === "string" && pattern.test(value);
  if (all((value) => typeof value === "boolean" || Number.isSafeInteger(value)))
    return { kind: "bigint", unsigned: false };
  if (all((value) => typeof value === "number")) {
    const scale = Math.max(...given.map((value) => /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0));
    const isPlain = given.every((value) => !/e/i.test(String(value)));
    return isPlain && scale <= 12
      ? { kind: "decimal", precision: 30, scale, unsigned: false }
      : { kind: "double" };
  }
  if (all(matches(/^\d{4}-\d\d-\d\d$/))) return { kind: "date" };
  if (all(matches(/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/)))
    return { kind: "datetime", precision: 6 };
  return { kind: "text" };
}
