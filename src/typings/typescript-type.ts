import type { ColumnType, ColumnTypeKind } from "../manifest/index.js";

/** What a reader of rows gets of a column: the same on every engine (see `Value`). Words of TypeScript. */
type Of<Kind> = Extract<ColumnType, { kind: Kind }>;

const TYPES: { [Kind in Exclude<ColumnTypeKind, "enum">]: (type: Of<Kind>) => string } & {
  enum(type: { values: string[] }): string;
} = {
  tinyint: number,
  smallint: number,
  mediumint: number,
  int: number,
  year: number,
  float: number,
  double: number,
  // 0 or 1; a tinyint(1) of others may hold any small number.
  boolean: number,
  bigint: wide,
  decimal: ({ precision, scale }) => (scale === 0 && precision > SAFE_DIGITS ? wide() : number()),
  char: string,
  varchar: string,
  tinytext: string,
  text: string,
  mediumtext: string,
  longtext: string,
  // Dates are text, in UTC: 2026-01-31, 12:00:00, 2026-01-31 12:00:00.
  date: string,
  time: string,
  datetime: string,
  timestamp: string,
  // Its text, as the engine prints it.
  json: string,
  enum: ({ values }) => values.map((value) => JSON.stringify(value)).join(" | "),
  // Members, joined by commas.
  set: string,
  binary: bytes,
  varbinary: bytes,
  tinyblob: bytes,
  blob: bytes,
  mediumblob: bytes,
  longblob: bytes,
};

/** Integers of so many digits are numbers without exception. */
const SAFE_DIGITS = 15;

/** What stands where a type is not known: any value. */
export const ANY_VALUE = 'import("sla").Value';

/** The TypeScript type of what is read of a column that is not null. */
export function typescriptType(type: ColumnType): string {
  return (TYPES[type.kind] as (given: ColumnType) => string)(type);
}

/** Whether values may be beyond 2^53, where they are bigints. */
export function isWide(type: ColumnType): boolean {
  return typescriptType(type) === wide();
}

function number(): string {
  return "number";
}

function string(): string {
  return "string";
}

function bytes(): string {
  return "Uint8Array";
}

function wide(): string {
  return "number | bigint";
}
