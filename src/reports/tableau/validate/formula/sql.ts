import type { Dialect } from "../../../../adapters/index.js";
import type { Formula } from "./formula.js";

/** What a formula needs to know of where it stands. */
export interface Surrounding {
  dialect: Dialect;
  /** SQL of a field. */
  field(source: string | null, name: string): string;
  /** SQL of a value at a level of detail of its own. */
  fixed(by: readonly Formula[], value: Formula): string;
}

/** Why a calculation cannot be run: it is not wrong for that. */
export class NotRunnable extends Error {}

type Trunc = "day" | "week" | "month" | "quarter" | "year";

/** The first day of the span in which a day lies; weeks begin on Monday, as they do on the site. */
const TRUNC: Readonly<Record<Dialect["type"], Readonly<Record<Trunc, (day: string) => string>>>> = {
  mysql: {
    day: (day) => `DATE(${day})`,
    week: (day) => `DATE_SUB(DATE(${day}), INTERVAL WEEKDAY(${day}) DAY)`,
    month: (day) => `DATE_SUB(DATE(${day}), INTERVAL DAYOFMONTH(${day}) - 1 DAY)`,
    quarter: (day) => `DATE_ADD(MAKEDATE(YEAR(${day}), 1), INTERVAL (QUARTER(${day}) - 1) * 3 MONTH)`,
    year: (day) => `MAKEDATE(YEAR(${day}), 1)`,
  },
  duckdb: {
    day: (day) => `CAST(${day} AS DATE)`,
    week: (day) => `CAST(date_trunc('week', ${day}) AS DATE)`,
    month: (day) => `CAST(date_trunc('month', ${day}) AS DATE)`,
    quarter: (day) => `CAST(date_trunc('quarter', ${day}) AS DATE)`,
    year: (day) => `CAST(date_trunc('year', ${day}) AS DATE)`,
  },
};

/** A day cut to a grain. */
export function truncated(dialect: Dialect, grain: Trunc, day: string): string {
  return TRUNC[dialect.type][grain](day);
}

const OPERATORS: Readonly<Record<string, string>> = { "==": "=", "!=": "<>" };

/** What a formula comes to in an engine's SQL. */
export function sqlOf(formula: Formula, at: Surrounding): string {
  switch (formula.is) {
    case "number":
      return formula.value;
    case "string":
      return at.dialect.literal(formula.value);
    case "date":
      return `DATE ${at.dialect.literal(formula.value)}`;
    case "word":
      return formula.value === "NULL" ? "NULL" : formula.value === "TRUE" ? "(1 = 1)" : "(1 = 0)";
    case "field":
      return at.field(formula.source, formula.name);
    case "unary":
      return formula.operator === "-" ? `(- ${sqlOf(formula.of, at)})` : `(NOT ${sqlOf(formula.of, at)})`;
    case "binary": {
      const [left, right] = [sqlOf(formula.left, at), sqlOf(formula.right, at)];
      // Tableau divides as real numbers, and by zero to nothing.
      if (formula.operator === "/") return `((${left}) * 1e0 / NULLIF(${right}, 0))`;
      return `(${left} ${OPERATORS[formula.operator] ?? formula.operator} ${right})`;
    }
    case "if": {
      const branches = formula.branches.map(
        ({ when, value }) => `WHEN ${sqlOf(when, at)} THEN ${sqlOf(value, at)}`,
      );
      const otherwise = formula.otherwise === null ? "" : ` ELSE ${sqlOf(formula.otherwise, at)}`;
      return `CASE ${branches.join(" ")}${otherwise} END`;
    }
    case "fixed":
      return at.fixed(formula.by, formula.value);
    case "call":
      return callOf(formula, at);
  }
}

function callOf({ name, arguments: given }: Formula & { is: "call" }, at: Surrounding): string {
  const [first, second] = given;
  if (name === "DATETRUNC") {
    if (first?.is !== "string" || second === undefined || !(first.value in TRUNC.mysql))
      throw new NotRunnable(
        `DATETRUNC by ${first?.is === "string" ? first.value : "what is no text"} cannot be run`,
      );
    return truncated(at.dialect, first.value as Trunc, sqlOf(second, at));
  }
  if (name === "MEDIAN" || name === "PERCENTILE") {
    const fraction = second?.is === "number" ? second.value : "0.5";
    return PERCENTILE[at.dialect.type](sqlOf(first!, at), fraction);
  }
  const call = CALLS[name];
  if (call === undefined) throw new NotRunnable(`${name} cannot be run`);
  return call(given.map((one) => sqlOf(one, at)));
}

/** Longest list of values, in bytes, that a server has to make for a percentile. */
export const LONGEST_LIST = 64 << 20;

/**
 * The value at a fraction of the way through the sorted ones, on the straight line between its neighbours. Servers have no such aggregate: there it is
 * read out of the list of the values.
 */
const PERCENTILE: Readonly<Record<Dialect["type"], (value: string, fraction: string) => string>> = {
  duckdb: (value, fraction) => `quantile_cont(CAST(${value} AS DOUBLE), ${fraction})`,
  mysql(value, fraction) {
    const list = `GROUP_CONCAT(${value} ORDER BY ${value} SEPARATOR ',')`;
    const place = `((COUNT(${value}) - 1) * ${fraction})`;
    const at = (rank: string) =>
      `(SUBSTRING_INDEX(SUBSTRING_INDEX(${list}, ',', ${rank} + 1), ',', -1) + 0e0)`;
    const [low, high] = [at(`FLOOR(${place})`), at(`CEILING(${place})`)];
    return `(${low} + (${high} - ${low}) * (${place} - FLOOR(${place})))`;
  },
};

const CALLS: Readonly<Record<string, (given: readonly string[]) => string>> = {
  SUM: ([of]) => `SUM(${of})`,
  AVG: ([of]) => `AVG((${of}) * 1e0)`,
  COUNT: ([of]) => `COUNT(${of})`,
  COUNTD: ([of]) => `COUNT(DISTINCT ${of})`,
  MIN: ([of]) => `MIN(${of})`,
  MAX: ([of]) => `MAX(${of})`,
  ATTR: ([of]) => `CASE WHEN MIN(${of}) = MAX(${of}) THEN MIN(${of}) END`,
  ZN: ([of]) => `COALESCE(${of}, 0)`,
  IFNULL: ([of, otherwise]) => `COALESCE(${of}, ${otherwise})`,
  ISNULL: ([of]) => `(${of} IS NULL)`,
  ABS: ([of]) => `ABS(${of})`,
  ROUND: ([of, digits]) => `ROUND(${of}, ${digits ?? "0"})`,
  FLOAT: ([of]) => `((${of}) * 1e0)`,
};
