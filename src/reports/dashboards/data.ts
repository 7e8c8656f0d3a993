/** A column of an extract, as compact as JSON lets it be. */
export type DataColumn =
  | { kind: "number"; values: readonly (number | null)[] }
  /** Days since 1970-01-01. */
  | { kind: "day"; values: readonly (number | null)[] }
  /** Positions in the dictionary; -1 for no value. */
  | { kind: "text"; dictionary: readonly string[]; codes: readonly number[] };

/** Rows of a model, or groups of its rows, column by column. */
export interface DataTable {
  /** Name of the model. */
  model: string;
  /** Number of entries in each column. */
  length: number;
  columns: Readonly<Record<string, DataColumn>>;
  /** How many rows of the model each entry stands for; absent where it is one. Columns that are not grouped by hold sums then. */
  weights?: readonly number[];
}

/** What dashboards are computed from. */
export interface DashboardData {
  /** By the name of the model, or of groups of its rows. */
  tables: Readonly<Record<string, DataTable>>;
  /** The tables of parts (see `partName`) that are not computed from the rows of their model. */
  parts?: Readonly<Record<string, string>>;
}

/** The name of a part of a dashboard. */
export function partName(dashboard: string, kind: "kpi" | "sheet", name: string): string {
  return `${dashboard}.${kind}.${name}`;
}

/** A table that is cut down to some of its entries. */
export interface DataSelection {
  table: DataTable;
  /** Positions of the entries, ascending. */
  entries: readonly number[];
}

/** The value of an entry in a column: text, a number, a day's number, or null. */
export function valueAt(column: DataColumn, entry: number): string | number | null {
  if (column.kind !== "text") return column.values[entry] ?? null;
  const code = column.codes[entry]!;
  return code < 0 ? null : column.dictionary[code]!;
}
