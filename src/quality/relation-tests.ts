import { columnList, columnOrSql, isName, quotedList } from "./argument-text.js";
import { rowTest } from "./column-tests.js";
import type { GenericTest } from "./generic-test.js";
import { before, type Datepart, dateTime } from "./moment.js";

/** Combinations of values that appear more than once, NULL among them. One row for each. */
export const uniqueCombination: GenericTest = {
  sql({ dialect, model, kwargs }) {
    const columns = quotedList(kwargs.combination_of_columns, dialect);
    return `SELECT ${columns}, COUNT(*) AS n_records\nFROM ${model}\nGROUP BY ${columns}\nHAVING COUNT(*) > 1`;
  },
  translated: ({ combination_of_columns }) => !columnList(combination_of_columns).every(isName),
};

/** Rows in which an expression is false; NULL passes. Under a column, the expression continues it: `>= 0`. */
export const expressionIsTrue: GenericTest = {
  ...rowTest(({ column, kwargs }) =>
    column === "" ? `NOT (${kwargs.expression})` : `NOT (${column} ${kwargs.expression})`,
  ),
  translated: () => true,
};

/** One row if the latest value is older than the interval, or there is none; with groups, one for each such group. */
export const recency: GenericTest = {
  varies: true,
  sql({ dialect, model, kwargs, now }) {
    const field = columnOrSql(String(kwargs.field), dialect);
    const groups = quotedList(kwargs.group_by_columns, dialect);
    const least = `TIMESTAMP '${dateTime(before(now, kwargs.interval as number, kwargs.datepart as Datepart))}'`;
    return (
      `SELECT ${groups === "" ? "" : `${groups}, `}MAX(${field}) AS most_recent\nFROM ${model}` +
      `${groups === "" ? "" : `\nGROUP BY ${groups}`}\nHAVING MAX(${field}) IS NULL OR MAX(${field}) < ${least}`
    );
  },
  translated: ({ field, group_by_columns }) =>
    ![String(field), ...columnList(group_by_columns)].every(isName),
};

/** One row if there are too few or too many rows. */
export const rowCountBetween: GenericTest = {
  sql({ model, kwargs }) {
    const sides = [
      ...(kwargs.min_value === undefined ? [] : [`COUNT(*) < ${kwargs.min_value}`]),
      ...(kwargs.max_value === undefined ? [] : [`COUNT(*) > ${kwargs.max_value}`]),
    ];
    return `SELECT COUNT(*) AS n_records\nFROM ${model}\nHAVING ${sides.join(" OR ")}`;
  },
};

const BEFORE_NEXT = { allowed: "<=", not_allowed: "=", required: "<" } as const;

/** Ranges that end before they begin, or after the next one of their partition begins; bounds must not be NULL. */
export const noOverlap: GenericTest = {
  sql({ dialect, model, kwargs }) {
    const { gaps = "allowed", zero_length_range_allowed } = kwargs as {
      gaps?: keyof typeof BEFORE_NEXT;
      zero_length_range_allowed?: boolean;
    };
    const lower = columnOrSql(String(kwargs.lower_bound_column), dialect);
    const upper = columnOrSql(String(kwargs.upper_bound_column), dialect);
    const groups = columnList(kwargs.partition_by).map((group) => columnOrSql(group, dialect));
    const named = groups.map((group, at) => `${group} AS partition_${at + 1}, `).join("");
    const partition = groups.length === 0 ? "" : `PARTITION BY ${groups.join(", ")} `;
    return (
      `SELECT *\nFROM (\n  SELECT ${named}${lower} AS lower_bound, ${upper} AS upper_bound,\n` +
      `    LEAD(${lower}) OVER (${partition}ORDER BY ${lower}, ${upper}) AS next_lower_bound,\n` +
      `    ROW_NUMBER() OVER (${partition}ORDER BY ${lower} DESC, ${upper} DESC) AS from_last\n  FROM ${model}\n) AS sla_ranges\n` +
      `WHERE NOT (COALESCE(lower_bound ${zero_length_range_allowed === true ? "<=" : "<"} upper_bound, FALSE)\n` +
      `  AND (from_last = 1 OR COALESCE(upper_bound ${BEFORE_NEXT[gaps]} next_lower_bound, FALSE)))`
    );
  },
  translated: () => true,
};
