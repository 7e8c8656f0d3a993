import type { TableDefinition, Value } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { TypedColumn } from "../manifest/index.js";

/** A table to be filled, under the name its row source uses. */
export interface LoadedTable extends TableDefinition {
  name: string;
}

/** A row as user code gives it: values in column order, or by column name. */
export type GivenRow = readonly unknown[] | Readonly<Record<string, unknown>>;

/** Whose rows they are, for what is said of one that does not fit. */
export interface RowOwner {
  name: string;
  path: string;
  node: string;
  /** How many rows came before these; the row is not numbered when absent. */
  before?: number;
}

/**
 * Brings rows of user code into column order and into `Value`s; a `Date` becomes its UTC text, an object its JSON.
 * Arrays of values already pass through untouched, so that a fast seeder stays fast.
 */
export function toValues(
  rows: readonly GivenRow[],
  columns: readonly TypedColumn[],
  owner: RowOwner,
): readonly (readonly Value[])[] {
  const first = rows[0];
  if (first === undefined) return [];
  if (Array.isArray(first)) {
    const arrays = rows as readonly (readonly unknown[])[];
    for (const [at, row] of arrays.entries()) {
      if (!Array.isArray(row) || row.length !== columns.length) throw misfit(row, at, columns, owner);
    }
    if (arrays.every((row) => row.every(isValue))) return arrays as readonly (readonly Value[])[];
    return arrays.map((row, at) => row.map((given, index) => checked(given, row, at, columns[index]!.name)));
  }
  const known = new Set(columns.map((column) => column.name));
  return rows.map((row, at) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) throw misfit(row, at, columns, owner);
    const record = row as Record<string, unknown>;
    for (const name in record) if (!known.has(name)) throw misfit(row, at, columns, owner, name);
    return columns.map(({ name }) => checked(record[name], row, at, name));
  });

  function checked(given: unknown, row: GivenRow, at: number, name: string): Value {
    const why = unfit(given);
    if (why !== undefined) throw misfit(row, at, columns, owner, name, why);
    return toValue(given);
  }
}

function isValue(given: unknown): boolean {
  switch (typeof given) {
    case "number":
      return Number.isFinite(given);
    case "string":
    case "bigint":
    case "boolean":
      return true;
    default:
      return given === null || given instanceof Uint8Array;
  }
}

function toValue(given: unknown): Value {
  switch (typeof given) {
    case "undefined":
      return null;
    case "number":
    case "string":
    case "bigint":
    case "boolean":
      return given;
    default:
      if (given === null) return null;
      if (given instanceof Uint8Array) return given;
      if (given instanceof Date) return given.toISOString().replace("T", " ").replace("Z", "");
      return JSON.stringify(given);
  }
}

/** What no column takes, in words; undefined for nothing. */
function unfit(given: unknown): string | undefined {
  switch (typeof given) {
    case "number":
      return Number.isFinite(given) ? undefined : `${given}`;
    case "function":
    case "symbol":
      return `a ${typeof given}`;
    case "object":
      return given instanceof Date && Number.isNaN(given.getTime()) ? "an invalid date" : undefined;
    default:
      return undefined;
  }
}

function misfit(
  row: unknown,
  at: number,
  columns: readonly TypedColumn[],
  owner: RowOwner,
  column?: string,
  value?: string,
): SlaError {
  const which = owner.before === undefined ? "a row" : `row ${owner.before + at + 1}`;
  const location = { path: owner.path };
  if (value !== undefined) {
    return new SlaError({
      code: "SLA503",
      message: `${which} of "${owner.name}" has ${value} for "${column}", which no engine can store`,
      hint: "Where there is no value, give null.",
      location,
      node: owner.node,
    });
  }
  const names = columns.map((known) => known.name).join(", ");
  return new SlaError({
    code: "SLA503",
    message: `${which} of "${owner.name}" ${shapeOf(row, column)}, but the table's columns are ${names}`,
    hint: "Give each row as an object by column name, or as an array of all values in the order of the declared columns.",
    location,
    node: owner.node,
  });
}

function shapeOf(row: unknown, column: string | undefined): string {
  if (column !== undefined) return `has a value for "${column}"`;
  if (Array.isArray(row)) return `is an array of ${row.length} values`;
  return row === null || typeof row !== "object"
    ? `is ${String(row)}`
    : "is not an array as the first row is";
}
