import { SlaError } from "../../errors/index.js";
import { type ColumnType, MAX_IDENTIFIER, type Relation } from "../../manifest/index.js";
import type { Dialect, Script, Swap, TableDefinition, Value } from "../adapter.js";
import { checkKeyColumns } from "../key-check.js";
import { changesOf } from "./change-text.js";

/** A name in double quotes; as long as MySQL's, so that a project can move. */
function identifier(name: string): string {
  if (name === "" || name.length > MAX_IDENTIFIER || name.includes("\0")) {
    throw new SlaError({
      code: "SLA104",
      message: `${JSON.stringify(name)} cannot be the name of a table or column`,
      hint: `Names have 1 to ${MAX_IDENTIFIER} characters, none of them NUL.`,
    });
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** Text in quotes; a NUL would end the statement's text, so it is concatenated. */
function quote(text: string): string {
  if (!text.includes("\0")) return `'${text.replaceAll("'", "''")}'`;
  return `(${text.split("\0").map(quote).join(" || chr(0) || ")})`;
}

/** A literal that means exactly this value; negative numbers stand in parentheses, so that `- -1` is never a comment. */
function literal(value: Value): string {
  if (value === null) return "NULL";
  switch (typeof value) {
    case "string":
      return quote(value);
    case "boolean":
      return value ? "1" : "0";
    case "bigint":
      return value < 0n ? `(${value})` : String(value);
    case "number":
      if (!Number.isFinite(value))
        throw new SlaError({ code: "SLA104", message: `${value} has no SQL literal` });
      return value < 0 ? `(${value})` : String(value);
    default:
      return `from_hex('${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}')`;
  }
}

function qualified(relation: Relation): string {
  return `${identifier(relation.schema)}.${identifier(relation.identifier)}`;
}

/** The most digits a DECIMAL has; MySQL's has 65. */
const MAX_PRECISION = 38;

const TYPES: Record<Exclude<ColumnType["kind"], "decimal">, string> = {
  tinyint: "TINYINT",
  smallint: "SMALLINT",
  mediumint: "INTEGER",
  int: "INTEGER",
  bigint: "BIGINT",
  // A number as in MySQL: BOOLEAN knows neither AVG nor arithmetic.
  boolean: "TINYINT",
  float: "FLOAT",
  double: "DOUBLE",
  char: "VARCHAR",
  varchar: "VARCHAR",
  tinytext: "VARCHAR",
  text: "VARCHAR",
  mediumtext: "VARCHAR",
  longtext: "VARCHAR",
  enum: "VARCHAR",
  set: "VARCHAR",
  binary: "BLOB",
  varbinary: "BLOB",
  tinyblob: "BLOB",
  blob: "BLOB",
  mediumblob: "BLOB",
  longblob: "BLOB",
  date: "DATE",
  year: "SMALLINT",
  time: "TIME",
  datetime: "TIMESTAMP",
  timestamp: "TIMESTAMP",
  json: "JSON",
};

/** DuckDB's nearest type: at least MySQL's range, never less, except for decimals of more than 38 digits. */
function columnType(type: ColumnType): string {
  if (type.kind === "decimal") {
    const precision = Math.min(type.precision, MAX_PRECISION);
    return `DECIMAL(${precision},${Math.min(type.scale, precision)})`;
  }
  if ("unsigned" in type && type.unsigned)
    return type.kind === "mediumint" ? "UINTEGER" : `U${TYPES[type.kind]}`;
  return TYPES[type.kind];
}

/**
 * Plain secondary indexes are left out: DuckDB scans columns faster than it follows an index, keeps indexes in memory, and
 * refuses to rename a table that has one, which is how we publish. Unique ones are constraints of the table, which move with it.
 */
function createTable(table: TableDefinition): string[] {
  checkKeyColumns(table);
  const keys = new Set(table.primaryKey.map((name) => name.toLowerCase()));
  const list = (columns: readonly string[]) => columns.map(identifier).join(", ");
  const name = qualified(table.relation);
  const lines = [
    ...table.columns.map((column) => {
      const required = !column.nullable || keys.has(column.name.toLowerCase());
      return `${identifier(column.name)} ${columnType(column.type)}${required ? " NOT NULL" : ""}`;
    }),
    ...(table.primaryKey.length > 0 ? [`PRIMARY KEY (${list(table.primaryKey)})`] : []),
    ...table.indexes.filter((index) => index.unique).map((index) => `UNIQUE (${list(index.columns)})`),
  ];
  return [
    `CREATE TABLE ${name} (\n  ${lines.join(",\n  ")}\n)`,
    ...(table.description === "" ? [] : [`COMMENT ON TABLE ${name} IS ${quote(table.description)}`]),
    ...table.columns
      .filter((column) => column.description !== "")
      .map(
        (column) => `COMMENT ON COLUMN ${name}.${identifier(column.name)} IS ${quote(column.description)}`,
      ),
  ];
}

function swap(swaps: readonly Swap[]): Script {
  return {
    transaction: true,
    statements: swaps.flatMap(({ live, shadow, existing, type }) => [
      ...(existing === null ? [] : [`DROP ${existing.type.toUpperCase()} ${qualified(live)}`]),
      `ALTER ${type.toUpperCase()} ${qualified(shadow)} RENAME TO ${identifier(live.identifier)}`,
    ]),
  };
}

const changes = changesOf(identifier, qualified);

/** The dialect of DuckDB. */
export const duckdbDialect: Dialect = {
  type: "duckdb",
  transactionalDdl: true,
  routines: null,
  identifier,
  literal,
  relation: qualified,
  columnType,
  createSchema: (schema) => `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)}`,
  createTable,
  insertSelect: (relation, columns, select) =>
    `INSERT INTO ${qualified(relation)} (${columns.map(identifier).join(", ")})\n${select}`,
  analyze: () => [],
  ...changes,
  createOrReplaceView: (relation, select) => `CREATE OR REPLACE VIEW ${qualified(relation)} AS\n${select}`,
  createView: (relation, select) => `CREATE VIEW ${qualified(relation)} AS\n${select}`,
  drop: (relation) => `DROP ${relation.type.toUpperCase()} IF EXISTS ${qualified(relation)}`,
  dropAll: (relations) =>
    [
      ...relations.filter(({ type }) => type === "view"),
      ...relations.filter(({ type }) => type === "table"),
    ].map((relation) => duckdbDialect.drop(relation)),
  swap,
  cleanup: () => [],
  // No triggers; and a table that another's foreign key refers to cannot be dropped at all.
  preservation: () => ({ before: [], after: [] }),
};
