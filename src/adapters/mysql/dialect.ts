import { SlaError } from "../../errors/index.js";
import {
  type ColumnType,
  type ExistingRelation,
  fitIdentifier,
  formatColumnType,
  type IndexConfig,
  MAX_IDENTIFIER,
  type Relation,
  type TypedColumn,
} from "../../manifest/index.js";
import type { Dialect, Script, Swap, TableDefinition, Value } from "../adapter.js";
import { checkKeyColumns, checkKeyTypes } from "../key-check.js";
import { retiredRelation } from "../retired.js";
import { changesOf } from "./change-text.js";
import { routinesOf } from "./routine-text.js";
import { preservation } from "./surroundings-text.js";

/** MySQL's limits for comments, in characters. */
const MAX_TABLE_COMMENT = 2048;
const MAX_COLUMN_COMMENT = 1024;

/** A name in backticks, or SLA104 for what MySQL takes for no name. */
export function identifier(name: string): string {
  if (
    name === "" ||
    name.length > MAX_IDENTIFIER ||
    name.includes("\0") ||
    name.endsWith(" ") ||
    /[\u{10000}-\u{10ffff}]/u.test(name)
  ) {
    throw new SlaError({
      code: "SLA104",
      message: `${JSON.stringify(name)} cannot be the name of a table or column`,
      hint: `MySQL's names have 1 to ${MAX_IDENTIFIER} characters, none of them NUL or beyond U+FFFF, and do not end in a blank.`,
    });
  }
  return `\`${name.replaceAll("`", "``")}\``;
}

const ESCAPES: Record<string, string> = { "\0": "\\0", "\x1a": "\\Z", "\\": "\\\\", "'": "''" };

/** Text in quotes, for sessions where the backslash escapes (ours). */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that need an escape
  return `'${text.replace(/[\0\x1a\\']/g, (char) => ESCAPES[char]!)}'`;
}

/** A literal that means exactly this value; negative numbers stand in parentheses, so that `- -1` is never a comment. */
export function literal(value: Value): string {
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
      return `X'${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}'`;
  }
}

/** A qualified name in backticks. */
export function qualified(relation: Relation): string {
  return `${identifier(relation.schema)}.${identifier(relation.identifier)}`;
}

/** A type in MySQL's spelling; a boolean is what MySQL makes of it. */
function columnType(type: ColumnType): string {
  return type.kind === "boolean" ? "tinyint(1)" : formatColumnType(type);
}

function columnDefinition(column: TypedColumn, keyed: boolean): string {
  // NULL is spelt out: without it, old defaults give a TIMESTAMP column a life of its own.
  const nullable = column.nullable && !keyed ? "NULL" : "NOT NULL";
  const comment =
    column.description === "" ? "" : ` COMMENT ${quote(cut(column.description, MAX_COLUMN_COMMENT))}`;
  return `${identifier(column.name)} ${columnType(column.type)} ${nullable}${comment}`;
}

/** Characters beyond U+FFFF count as two here, so the text may end a little early, but never in the middle of one. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}

/** The name of an index: its own, or made of its columns (unique within the table is enough, so it survives a rename). */
function indexName(index: IndexConfig): string {
  return index.name ?? fitIdentifier(`${index.unique ? "uq" : "ix"}_${index.columns.join("_")}`);
}

function createTable(table: TableDefinition, collation: string): string[] {
  checkKeyColumns(table);
  checkKeyTypes(table);
  const keys = new Set(table.primaryKey.map((name) => name.toLowerCase()));
  const list = (columns: readonly string[]) => columns.map(identifier).join(", ");
  const lines = [
    ...table.columns.map((column) => columnDefinition(column, keys.has(column.name.toLowerCase()))),
    ...(table.primaryKey.length > 0 ? [`PRIMARY KEY (${list(table.primaryKey)})`] : []),
    ...table.indexes.map(
      (index) =>
        `${index.unique ? "UNIQUE KEY" : "KEY"} ${identifier(indexName(index))} (${list(index.columns)})`,
    ),
  ];
  const comment =
    table.description === "" ? "" : ` COMMENT=${quote(cut(table.description, MAX_TABLE_COMMENT))}`;
  return [
    `CREATE TABLE ${qualified(table.relation)} (\n  ${lines.join(",\n  ")}\n) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=${collation}${comment}`,
  ];
}

function swap(swaps: readonly Swap[]): Script {
  if (swaps.length === 0) return { transaction: false, statements: [] };
  const renames = swaps.flatMap(({ live, shadow, existing }) => [
    ...(existing === null ? [] : [`${qualified(live)} TO ${qualified(retiredRelation(live))}`]),
    `${qualified(shadow)} TO ${qualified(live)}`,
  ]);
  return { transaction: false, statements: [`RENAME TABLE ${renames.join(", ")}`] };
}

/** What `swap` moved away, to be dropped. */
function cleanup(swaps: readonly Swap[]): string[] {
  return dropAll(
    swaps.flatMap(({ live, existing }) =>
      existing ? [{ ...retiredRelation(live), type: existing.type }] : [],
    ),
  );
}

function dropAll(relations: readonly ExistingRelation[]): string[] {
  const names = (type: ExistingRelation["type"]) =>
    relations.filter((relation) => relation.type === type).map(qualified);
  // Views first: one of them may read a table that goes.
  const [tables, views] = [names("table"), names("view")];
  return [
    ...(views.length > 0 ? [`DROP VIEW IF EXISTS ${views.join(", ")}`] : []),
    ...(tables.length > 0 ? [`DROP TABLE IF EXISTS ${tables.join(", ")}`] : []),
  ];
}

const changes = changesOf(identifier, qualified);

/** The dialect of MySQL and MariaDB, for the collation that a server has, and whether it can replace routines. */
export function createMysqlDialect(collation: string, replacesRoutines: boolean): Dialect {
  return {
    type: "mysql",
    transactionalDdl: false,
    routines: routinesOf(qualified, quote, replacesRoutines),
    identifier,
    literal,
    relation: qualified,
    columnType,
    createSchema: (schema) =>
      `CREATE DATABASE IF NOT EXISTS ${identifier(schema)} CHARACTER SET utf8mb4 COLLATE ${collation}`,
    createTable: (table) => createTable(table, collation),
    insertSelect: (relation, columns, select) =>
      `INSERT INTO ${qualified(relation)} (${columns.map(identifier).join(", ")})\n${select}`,
    // InnoDB counts by itself, but one table in ten seconds: until then a new one is planned for as if it were empty.
    analyze: (relation) => [`ANALYZE NO_WRITE_TO_BINLOG TABLE ${qualified(relation)}`],
    ...changes,
    createOrReplaceView: (relation, select) => `CREATE OR REPLACE VIEW ${qualified(relation)} AS\n${select}`,
    createView: (relation, select) => `CREATE VIEW ${qualified(relation)} AS\n${select}`,
    drop: (relation) => `DROP ${relation.type.toUpperCase()} IF EXISTS ${qualified(relation)}`,
    dropAll,
    swap,
    cleanup,
    preservation: (swaps, surroundings, read) =>
      preservation({ identifier, literal, qualified }, swaps, surroundings, read),
  };
}

/** The dialect for a MySQL server: what text is made with where no server is known yet. */
export const mysqlDialect: Dialect = createMysqlDialect("utf8mb4_0900_ai_ci", false);
