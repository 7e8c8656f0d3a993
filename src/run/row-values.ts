import type { TableDefinition, Value } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { TypedColumn } from "../manifest/index.js";

/** A table to be filled, under the name its row source uses. */
export interface LoadedTable extends TableDefinition {
  name: string;
}

/** A row as user code gives it: values in column order, or by column name. */
export type GivenRow = readonly unknown[] | Readonly<Record<string, unknown>>;

/**
 * Brings rows of user code into column order and into `Value`s; a `Date` becomes its UTC text, an object its JSON.
 * Arrays of values already pass through untouched, so that a fast seeder stays fast.
 */
export function toValues(
  rows: readonly GivenRow[],
  columns: readonly TypedColumn[],
  owner: { name: string; path: string; node: string },
): readonly (readonly Value[])[] {
  const first = rows[0];
  if (first === undefined) return [];
  if (Array.isArray(first)) {
    const arrays = rows as readonly (readonly unknown[])[];
    for (const row of arrays) {
      if (!Array.isArray(row) || row.length !== columns.length) throw misfit(row, columns, owner);
    }
    if (arrays.every((row) => row.every(isValue))) return arrays as readonly (readonly Value[])[];
    return arrays.map((row) => row.map((given, at) => checked(given, row, columns[at]!.name)));
  }
  const known = new Set(columns.map((column) => column.name));
  return rows.map((row) => {
    const record = row as Record<string, unknown>;
    for (const name in record) if (!known.has(name)) throw misfit(row, columns, owner, name);
    return columns.map(({ name }) => checked(record[name], row, name));
  });

  function checked(given: unknown, row: GivenRow, name: string): Value {
    if (typeof given === "number" && !Number.isFinite(given)) throw misfit(row, columns, owner, name, given);
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

function misfit(
  row: GivenRow,
  columns: readonly TypedColumn[],
  owner: { name: string; path: string; node: string },
  column?: string,
  value?: number,
): SlaError {
  const names = columns.map((known) => known.name).join(", ");
  const found =
    column !== undefined
      ? value === undefined
        ? `has a value for "${column}"`
        : `has ${value} for "${column}", which no engine can store`
      : Array.isArray(row)
        ? `has ${row.length} values`
        : "is not an array as the first row is";
  return new SlaError({
    code: "SLA503",
    message: `a row of "${owner.name}" ${found}, but the table's columns are ${names}`,
    hint: "Give each row as an object by column name, or as an array of all values in the order of the declared columns.",
    location: { path: owner.path },
    node: owner.node,
  });
}
