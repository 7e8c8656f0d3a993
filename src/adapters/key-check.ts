import { SlaError } from "../errors/index.js";
import { type ColumnType, formatColumnType } from "../manifest/index.js";
import type { TableDefinition } from "./adapter.js";

/** InnoDB's limit for one key, in bytes (row format DYNAMIC, the default). */
const MAX_KEY_BYTES = 3072;

/** Every column named by a key must exist. */
export function checkKeyColumns(table: TableDefinition): void {
  const known = new Set(table.columns.map((column) => column.name.toLowerCase()));
  for (const [what, columns] of keysOf(table)) {
    const missing = columns.find((name) => !known.has(name.toLowerCase()));
    if (missing === undefined) continue;
    throw new SlaError({
      code: "SLA104",
      message: `${what} of ${table.relation.schema}.${table.relation.identifier} names the column "${missing}", which the table does not have`,
      hint: `Its columns are: ${table.columns.map((column) => column.name).join(", ")}.`,
    });
  }
}

/** MySQL indexes neither TEXT, BLOB and JSON nor more than 3072 bytes of text: said here, before the server is asked. */
export function checkKeyTypes(table: TableDefinition): void {
  const types = new Map(table.columns.map((column) => [column.name.toLowerCase(), column.type]));
  for (const [what, columns] of keysOf(table)) {
    let bytes = 0;
    for (const name of columns) {
      const type = types.get(name.toLowerCase())!;
      const size = keyBytes(type);
      if (size === undefined)
        refuse(table, what, `of type ${formatColumnType(type)}, which MySQL cannot index`, name);
      bytes += size;
      if (bytes > MAX_KEY_BYTES)
        refuse(table, what, `too long: ${bytes} bytes of at most ${MAX_KEY_BYTES}`, name);
    }
  }
}

function refuse(table: TableDefinition, what: string, why: string, column: string): never {
  throw new SlaError({
    code: "SLA104",
    message: `column "${column}" in the ${what} of ${table.relation.schema}.${table.relation.identifier} is ${why}`,
    hint: `Give the column a shorter type under \`columns:\`, e.g. \`data_type: varchar(191)\`, or leave it out of the key.`,
  });
}

function keysOf(table: TableDefinition): [string, readonly string[]][] {
  return [
    ["primary key", table.primaryKey],
    ...table.indexes.map((index): [string, readonly string[]] => ["index", index.columns]),
  ];
}

/** Bytes a column takes in a key; undefined if it cannot stand in one. */
function keyBytes(type: ColumnType): number | undefined {
  switch (type.kind) {
    case "tinytext":
    case "text":
    case "mediumtext":
    case "longtext":
    case "tinyblob":
    case "blob":
    case "mediumblob":
    case "longblob":
    case "json":
      return undefined;
    case "char":
    case "varchar":
      return type.length * 4;
    case "binary":
    case "varbinary":
      return type.length;
    default:
      return 8;
  }
}
