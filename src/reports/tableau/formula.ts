import type { Aggregate, DateGrain, Expression, MetricNode, RowsWhere } from "../../manifest/index.js";

/** A formula with the columns that it reads. */
export interface Formula {
  text: string;
  uses: string[];
}

/** A field by name, as formulas and shelves write it. */
export function bracketed(name: string): string {
  return `[${name.replaceAll("]", "]]")}]`;
}

/** A text in a formula. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""').replace(/[\r\n\t]+/g, " ")}"`;
}

/** A value in a formula: text in quotes, numbers as they are. */
function literal(value: string | number): string {
  return typeof value === "number" ? String(value) : quoted(value);
}

/** A part of a date in a formula: weeks begin on Monday whatever the reader's settings. */
export function truncated(grain: DateGrain, column: string): string {
  return grain === "week"
    ? `DATETRUNC('week', ${bracketed(column)}, 'monday')`
    : `DATETRUNC('${grain}', ${bracketed(column)})`;
}

/**
 * The formula of a metric. What is in stock counts on the last day alone: of all that the period's filter lets through or, on a time axis, of each of
 * its spans; that filter must then stand in the context.
 */
export function metricFormula(metric: MetricNode, grain: DateGrain | null = null): Formula {
  const conditions = metric.where.map(condition);
  const uses = metric.where.map(({ column }) => column);
  if (metric.over_time === "last" && metric.date !== null) {
    const day = bracketed(metric.date);
    const span = grain === null ? "" : `${truncated(grain, metric.date)} `;
    conditions.push(`${day} = { FIXED ${span}: MAX(${day}) }`);
    uses.push(metric.date);
  }
  const where = conditions.join(" AND ");
  const numerator = expressionText(metric.numerator, where);
  uses.push(...columnsOf(metric.numerator));
  if (metric.denominator === null) return { text: numerator, uses };
  const denominator = expressionText(metric.denominator, where);
  uses.push(...columnsOf(metric.denominator));
  return { text: `IF ${denominator} <> 0 THEN (${numerator}) / (${denominator}) END`, uses };
}

function columnsOf({ terms }: Expression): string[] {
  return terms.flatMap(({ aggregate }) => ("column" in aggregate ? [aggregate.column] : []));
}

/** Rows whose column has one of some values, as a condition in a formula. */
export function condition({ column, values }: RowsWhere): string {
  const field = bracketed(column);
  const alternatives = values.map((value) =>
    value === null ? `ISNULL(${field})` : `${field} = ${literal(value)}`,
  );
  return alternatives.length === 1 ? alternatives[0]! : `(${alternatives.join(" OR ")})`;
}

function expressionText({ terms }: Expression, where: string): string {
  return terms
    .map(({ factor, aggregate }, at) => {
      const sign = factor < 0 ? (at === 0 ? "-" : " - ") : at === 0 ? "" : " + ";
      return `${sign}${scaled(aggregateText(aggregate, where), Math.abs(factor))}`;
    })
    .join("");
}

/** A division is written as one where it was one. */
function scaled(text: string, factor: number): string {
  if (factor === 1) return text;
  const divisor = 1 / factor;
  const whole = Math.round(divisor);
  return factor < 1 && Math.abs(divisor - whole) < 1e-9 ? `${text} / ${whole}` : `${factor} * ${text}`;
}

/** Each aggregate over the rows that meet a condition; sums of nothing are 0, as everywhere else. */
const AGGREGATES: Record<Aggregate["of"], (aggregate: Aggregate, where: string) => string> = {
  rows: (_, where) => (where === "" ? "SUM(1)" : `SUM(IF ${where} THEN 1 ELSE 0 END)`),
  sum: (aggregate, where) => `ZN(SUM(${valueText(aggregate, where)}))`,
  count: (aggregate, where) => `COUNT(${valueText(aggregate, where)})`,
  min: (aggregate, where) => `MIN(${valueText(aggregate, where)})`,
  max: (aggregate, where) => `MAX(${valueText(aggregate, where)})`,
  percentile: (aggregate, where) => {
    const { fraction } = aggregate as { fraction: number };
    const value = valueText(aggregate, where);
    return fraction === 0.5 ? `MEDIAN(${value})` : `PERCENTILE(${value}, ${fraction})`;
  },
};

function valueText(aggregate: Aggregate, where: string): string {
  const field = bracketed((aggregate as { column: string }).column);
  return where === "" ? field : `IF ${where} THEN ${field} END`;
}

function aggregateText(aggregate: Aggregate, where: string): string {
  return AGGREGATES[aggregate.of](aggregate, where);
}

/** Whether a metric can be asked of a live connection to MySQL, for which Tableau has neither medians nor percentiles. */
export function worksLive({ numerator }: MetricNode): boolean {
  return numerator.terms.every(({ aggregate }) => aggregate.of !== "percentile");
}
