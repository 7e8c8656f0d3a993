import type { Dialect, Value } from "../adapters/index.js";
import type { GenericTest as GenericTestName } from "../compile/index.js";

/** What a generic test is rendered from. */
export interface GenericTestInput {
  dialect: Dialect;
  /** What is tested, ready for FROM: a relation, or a derived table with its alias. */
  model: string;
  /** The quoted column; empty for a test of a whole model. */
  column: string;
  /** The other relation, ready for FROM, for tests that name one. */
  to: string;
  /** Arguments as written. */
  kwargs: Readonly<Record<string, unknown>>;
}

/** A test that is written once and applied by name: its SELECT returns what fails. */
export interface GenericTest {
  sql(input: GenericTestInput): string;
}

/** Values that appear more than once; NULLs do not count. One row for each such value. */
const unique: GenericTest = {
  sql: ({ model, column }) =>
    `SELECT ${column} AS unique_field, COUNT(*) AS n_records\nFROM ${model}\nWHERE ${column} IS NOT NULL\nGROUP BY ${column}\nHAVING COUNT(*) > 1`,
};

/** Rows in which the column is NULL. */
const notNull: GenericTest = {
  sql: ({ model, column }) => `SELECT ${column}\nFROM ${model}\nWHERE ${column} IS NULL`,
};

/** Values that are not on the list; NULL passes. One row for each such value. */
const acceptedValues: GenericTest = {
  sql({ dialect, model, column, kwargs }) {
    const values = (kwargs.values as unknown[]).map((value) =>
      listed(value, kwargs.quote !== false, dialect),
    );
    return `SELECT ${column} AS value_field, COUNT(*) AS n_records\nFROM ${model}\nWHERE ${column} NOT IN (${values.join(", ")})\nGROUP BY ${column}`;
  },
};

/** Rows whose value is in no row of the other relation; NULL passes. */
const relationships: GenericTest = {
  sql({ dialect, model, column, to, kwargs }) {
    const field = dialect.identifier(String(kwargs.field));
    // NOT IN rather than dbt's outer join: servers hash the subquery once, where they join two views row by row.
    return `SELECT ${column} AS from_field\nFROM ${model}\nWHERE ${column} IS NOT NULL AND ${column} NOT IN (\n  SELECT ${field} FROM ${to} WHERE ${field} IS NOT NULL\n)`;
  },
};

/** The SQL of the generic tests, by the name they are used by; their arguments are checked when the project is compiled. */
export const GENERIC_TESTS: Record<GenericTestName, GenericTest> = {
  unique,
  not_null: notNull,
  accepted_values: acceptedValues,
  relationships,
};

function listed(value: unknown, quote: boolean, dialect: Dialect): string {
  if (typeof value === "number" || typeof value === "boolean") return dialect.literal(value as Value);
  return quote ? dialect.literal(String(value)) : String(value);
}
