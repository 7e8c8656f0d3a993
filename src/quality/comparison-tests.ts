import { columnList, columnOrSql, isName } from "./argument-text.js";
import type { GenericTest } from "./generic-test.js";

/** Rows whose value is in no row of the other relation; NULL passes. */
export const relationships: GenericTest = {
  sql({ dialect, model, column, relation, kwargs, whole }) {
    const field = dialect.identifier(String(kwargs.field));
    // NOT IN rather than dbt's outer join: servers hash the subquery once, where they join two views row by row.
    return `SELECT ${whole ? "*" : `${column} AS from_field`}\nFROM ${model}\nWHERE ${column} IS NOT NULL AND ${column} NOT IN (\n  SELECT ${field} FROM ${relation("to")} WHERE ${field} IS NOT NULL\n)`;
  },
};

/** The same between the rows that meet a condition on either side. */
export const relationshipsWhere: GenericTest = {
  sql({ dialect, model, column, relation, kwargs, whole }) {
    const field = dialect.identifier(String(kwargs.field));
    const from = kwargs.from_condition === undefined ? "" : ` AND (${kwargs.from_condition})`;
    const to = kwargs.to_condition === undefined ? "" : ` AND (${kwargs.to_condition})`;
    return `SELECT ${whole ? "*" : `${column} AS from_field`}\nFROM ${model}\nWHERE ${column} IS NOT NULL${from} AND ${column} NOT IN (\n  SELECT ${field} FROM ${relation("to")} WHERE ${field} IS NOT NULL${to}\n)`;
  },
  translated: ({ from_condition, to_condition }) =>
    from_condition !== undefined || to_condition !== undefined,
};

/** One row for each group (or for the whole) in which two relations have different numbers of rows; their difference is counted. */
export const equalRowcount: GenericTest = {
  sql({ dialect, model, relation, kwargs }) {
    const groups = columnList(kwargs.group_by_columns).map((name) => columnOrSql(name, dialect));
    const named = groups.map((group, at) => `${group} AS group_${at + 1}, `).join("");
    const keys = groups.map((_, at) => `group_${at + 1}`).join(", ");
    return (
      `SELECT ${keys === "" ? "" : `${keys}, `}SUM(in_model) AS count_model, SUM(in_other) AS count_other, ABS(SUM(in_model) - SUM(in_other)) AS diff_count\nFROM (\n` +
      `  SELECT ${named}COUNT(*) AS in_model, 0 AS in_other FROM ${model}${groupBy(groups)}\n` +
      `  UNION ALL\n  SELECT ${named}0 AS in_model, COUNT(*) AS in_other FROM ${relation("compare_model")}${groupBy(groups)}\n) AS sla_counts` +
      `${keys === "" ? "" : `\nGROUP BY ${keys}`}\nHAVING SUM(in_model) <> SUM(in_other)`
    );
  },
  translated: ({ group_by_columns }) => !columnList(group_by_columns).every(isName),
};

function groupBy(groups: readonly string[]): string {
  return groups.length === 0 ? "" : ` GROUP BY ${groups.join(", ")}`;
}
