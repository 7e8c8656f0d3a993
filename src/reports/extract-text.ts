import type { Dialect } from "../adapters/index.js";
import type { Relation } from "../manifest/index.js";
import { aggregatesOf, bucketColumn, countColumn, extremeColumn, type PartSpec } from "./dashboards/index.js";

/** A SELECT for an extract, and what its columns are to be called. */
export interface ExtractQuery {
  sql: string;
  columns: string[];
}

/** Percentiles of groups are read from values rounded to steps of this share: two neighbours differ by 4 %. */
const STEPS_PER_E = 25;

/** The rows of a model, with some of its columns. */
export function rowsQuery(
  dialect: Dialect,
  relation: Relation,
  columns: readonly string[],
  first: { by: string; direction: "asc" | "desc"; limit: number } | null,
): ExtractQuery {
  const list = columns.map((name) => dialect.identifier(name)).join(", ");
  const order =
    first === null
      ? ""
      : ` ORDER BY ${dialect.identifier(first.by)} ${first.direction.toUpperCase()} LIMIT ${first.limit}`;
  return { sql: `SELECT ${list} FROM ${dialect.relation(relation)}${order}`, columns: [...columns] };
}

/** The name of the column that says how many rows a group has. */
export const WEIGHT = "#rows";

/** The rows of a model in groups: of each the number of rows and the sums that the parts' metrics are made of. */
export function groupsQuery(
  dialect: Dialect,
  relation: Relation,
  keys: readonly string[],
  parts: readonly PartSpec[],
): ExtractQuery {
  const groups = new Map<string, string>(keys.map((key) => [key, dialect.identifier(key)]));
  const figures = new Map<string, string>([[WEIGHT, "COUNT(*)"]]);
  for (const aggregate of parts.flatMap((part) => part.metrics).flatMap(aggregatesOf)) {
    if (aggregate.of === "rows") continue;
    const column = dialect.identifier(aggregate.column);
    if (aggregate.of === "percentile") groups.set(bucketColumn(aggregate.column), bucket(column));
    else if (aggregate.of === "sum") figures.set(aggregate.column, `SUM(${column})`);
    else if (aggregate.of === "count") figures.set(countColumn(aggregate.column), `COUNT(${column})`);
    else
      figures.set(extremeColumn(aggregate.column, aggregate.of), `${aggregate.of.toUpperCase()}(${column})`);
  }
  const columns = [...groups.keys(), ...figures.keys()];
  const list = [...groups.values(), ...figures.values()].map(
    (text, at) => `${text} AS ${dialect.identifier(`c${at}`)}`,
  );
  const by = groups.size === 0 ? "" : ` GROUP BY ${[...groups.values()].join(", ")}`;
  return { sql: `SELECT ${list.join(", ")} FROM ${dialect.relation(relation)}${by}`, columns };
}

/** A value rounded to the nearest step; what is not above a thousandth counts as a thousandth, or 0. */
function bucket(column: string): string {
  return (
    `CASE WHEN ${column} IS NULL THEN NULL WHEN ${column} <= 0 THEN 0 ` +
    `ELSE EXP(ROUND(LN(GREATEST(${column}, 0.001)) * ${STEPS_PER_E}) / ${STEPS_PER_E}) END`
  );
}
