import type { ColumnType } from "./column-type.js";

/** A test as it is written under `tests:`: a name, or one key with its arguments. */
export type TestEntry = string | Record<string, unknown>;

/** A column as documented in properties (or declared in code): what users promise about it. */
export interface Column {
  name: string;
  description: string;
  /** Declared type in MySQL's spelling, e.g. `decimal(10,2)`; null when it is left to the query. */
  data_type: string | null;
  tags: string[];
  meta: Record<string, unknown>;
  /** TypeScript models: the columns of inputs that it is made of, `orders.id` or `source.table.column`; absent if not declared. */
  from?: string[];
}

/** A column of a relation as an engine will hold it. */
export interface TypedColumn {
  name: string;
  type: ColumnType;
  nullable: boolean;
  /** Text for the column comment; empty for none. */
  description: string;
}

/** A secondary index. `name` is derived from table and columns when absent. */
export interface IndexConfig {
  columns: string[];
  unique?: boolean;
  name?: string;
}
