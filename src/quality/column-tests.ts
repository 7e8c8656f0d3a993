import type { Value } from "../adapters/index.js";
import { columnList, isName, quotedList } from "./argument-text.js";
import type { GenericTest, GenericTestInput } from "./generic-test.js";

/** A test whose failures are the rows that meet a condition. */
export function rowTest(condition: (input: GenericTestInput) => string): Pick<GenericTest, "sql" | "check"> {
  return {
    sql: (input) =>
      `SELECT ${input.whole || input.column === "" ? "*" : input.column}\nFROM ${input.model}\nWHERE ${condition(input)}`,
    check: (input) => ({ counts: "rows", condition: condition(input) }),
  };
}

/** Values that appear more than once; NULLs do not count. One row for each such value. */
export const unique: GenericTest = {
  sql: ({ model, column }) =>
    `SELECT ${column} AS unique_field, COUNT(*) AS n_records\nFROM ${model}\nWHERE ${column} IS NOT NULL\nGROUP BY ${column}\nHAVING COUNT(*) > 1`,
  check: ({ column }) => ({ counts: "duplicates", column }),
};

/** Rows in which the column is NULL. */
export const notNull: GenericTest = rowTest(({ column }) => `${column} IS NULL`);

/** Values that are not on the list; NULL passes. One row for each such value. */
export const acceptedValues: GenericTest = {
  sql: (input) =>
    `SELECT ${input.column} AS value_field, COUNT(*) AS n_records\nFROM ${input.model}\nWHERE ${notListed(input)}\nGROUP BY ${input.column}`,
  check: (input) => ({ counts: "values", condition: notListed(input), column: input.column }),
  translated: ({ quote }) => quote === false,
};

function notListed({ dialect, column, kwargs }: GenericTestInput): string {
  const values = (kwargs.values as unknown[]).map((value) => {
    if (typeof value !== "string") return dialect.literal(value as Value);
    return kwargs.quote === false ? value : dialect.literal(value);
  });
  return `${column} NOT IN (${values.join(", ")})`;
}

/** Rows whose value is below the least or above the greatest; NULL passes. */
export const acceptedRange: GenericTest = {
  ...rowTest(({ column, kwargs, dialect }) => {
    const equal = kwargs.inclusive === false ? "" : "=";
    const side = (operator: string, bound: unknown) =>
      bound === undefined
        ? []
        : [
            `NOT (${column} ${operator}${equal} ${typeof bound === "number" ? dialect.literal(bound) : bound})`,
          ];
    return `(${[...side(">", kwargs.min_value), ...side("<", kwargs.max_value)].join(" OR ")})`;
  }),
  translated: ({ min_value, max_value }) => typeof min_value === "string" || typeof max_value === "string",
};

/** Of a column: rows whose text is empty or blank; NULL passes. Of a relation: the fact that it has no rows. */
export const notEmpty: GenericTest = {
  sql: (input) =>
    input.column === ""
      ? `SELECT COUNT(*) AS n_records\nFROM ${input.model}\nHAVING COUNT(*) = 0`
      : `SELECT ${input.whole ? "*" : input.column}\nFROM ${input.model}\nWHERE TRIM(${input.column}) = ''`,
  translated: ({ column_name }) => column_name !== undefined,
};

/** Rows whose value does not follow on the one before it; the first of each group passes. */
export const sequential: GenericTest = {
  sql({ dialect, model, column, kwargs }) {
    const groups = columnList(kwargs.group_by_columns);
    const list = quotedList(groups, dialect);
    const partition = groups.length === 0 ? "" : `PARTITION BY ${list} `;
    const step = (kwargs.interval as number | undefined) ?? 1;
    const next =
      kwargs.datepart === undefined
        ? `sla_previous + ${dialect.literal(step)}`
        : `TIMESTAMPADD(${String(kwargs.datepart).toUpperCase()}, ${dialect.literal(step)}, sla_previous)`;
    const columns = groups.length === 0 ? column : `${list}, ${column}`;
    return (
      `SELECT ${columns}, sla_previous\nFROM (\n  SELECT ${columns}, LAG(${column}) OVER (${partition}ORDER BY ${column}) AS sla_previous\n` +
      `  FROM ${model}\n) AS sla_steps\nWHERE NOT (${column} = ${next})`
    );
  },
  translated: ({ datepart, group_by_columns }) =>
    datepart !== undefined || !columnList(group_by_columns).every(isName),
};
