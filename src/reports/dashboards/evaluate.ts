import type { Aggregate, Expression, MetricNode } from "../../manifest/index.js";
import type { DataColumn, DataTable } from "./data.js";
import type { Figure } from "./figures.js";
import { columnTest } from "./selection.js";

/** Entries of a table, each in one of some groups. */
export interface Grouped {
  table: DataTable;
  entries: readonly number[];
  /** The group of each of the entries, in their order; below zero for none. */
  groupOf: ArrayLike<number>;
  groups: number;
}

/** Below this a quotient or a percentile says little. */
const THIN = 30;

/**
 * A metric's figure for each group. What is in stock counts on the last day of the group alone: `lastDays` says which that is, where it is
 * not the last day that the entries have.
 */
export function evaluate(
  metric: MetricNode,
  grouped: Grouped,
  lastDays?: ArrayLike<number> | null,
): Figure[] {
  const counted = countedEntries(metric, grouped, lastDays ?? null);
  const numerators = expressionValues(metric.numerator, counted);
  const denominators = metric.denominator === null ? null : expressionValues(metric.denominator, counted);
  const sizes = caseCounts(metric, counted);
  return Array.from({ length: grouped.groups }, (_, group): Figure => {
    const numerator = numerators[group]!;
    if (denominators === null) {
      const n = sizes[group]!;
      return { value: numerator, numerator, denominator: null, n, thin: isPercentile(metric) && n < THIN };
    }
    const denominator = denominators[group]!;
    const value =
      denominator === null || denominator === 0 || numerator === null ? null : numerator / denominator;
    const n = denominator ?? 0;
    return { value, numerator, denominator, n, thin: n < THIN };
  });
}

/** No figure: nothing was selected. */
export const NO_FIGURE: Figure = { value: null, numerator: null, denominator: null, n: 0, thin: true };

function isPercentile({ numerator }: MetricNode): boolean {
  return numerator.terms.some(({ aggregate }) => aggregate.of === "percentile");
}

/** The entries that the metric itself counts. */
function countedEntries(metric: MetricNode, grouped: Grouped, lastDays: ArrayLike<number> | null): Grouped {
  const { table, entries, groupOf } = grouped;
  const tests = metric.where.map(({ column, values }) => columnTest(columnOf(table, column), values));
  const days = metric.over_time === "last" ? columnOf(table, metric.date!) : null;
  const last = days === null ? null : (lastDays ?? lastDayOf(days, grouped));
  const kept: number[] = [];
  const groups: number[] = [];
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at]!;
    const group = groupOf[at]!;
    if (group < 0 || !tests.every((test) => test(entry))) continue;
    if (last !== null && (days as { values: readonly (number | null)[] }).values[entry] !== last[group])
      continue;
    kept.push(entry);
    groups.push(group);
  }
  return { table, entries: kept, groupOf: groups, groups: grouped.groups };
}

function lastDayOf(days: DataColumn, { entries, groupOf, groups }: Grouped): Float64Array {
  const last = new Float64Array(groups).fill(Number.NEGATIVE_INFINITY);
  if (days.kind === "text") return last;
  for (let at = 0; at < entries.length; at++) {
    const group = groupOf[at]!;
    const day = days.values[entries[at]!];
    if (group >= 0 && day != null && day > last[group]!) last[group] = day;
  }
  return last;
}

/** What the figure of each group rests on. */
function caseCounts({ numerator }: MetricNode, grouped: Grouped): (number | null)[] {
  const { aggregate } = numerator.terms[0]!;
  if (aggregate.of !== "percentile") return AGGREGATES.rows(grouped, aggregate);
  const bucketed = grouped.table.columns[bucketColumn(aggregate.column)];
  const column = bucketed === undefined ? aggregate.column : bucketColumn(aggregate.column);
  return AGGREGATES.count(grouped, { of: "count", column });
}

function expressionValues({ terms }: Expression, grouped: Grouped): (number | null)[] {
  const parts = terms.map(({ factor, aggregate }) =>
    AGGREGATES[aggregate.of](grouped, aggregate).map((value) => (value === null ? null : factor * value)),
  );
  if (parts.length === 1) return parts[0]!;
  return parts[0]!.map((_, group) => parts.reduce((sum, part) => sum + (part[group] ?? 0), 0));
}

const NO_COLUMN: DataColumn = { kind: "number", values: [] };

function columnOf(table: DataTable, name: string): DataColumn {
  const column = table.columns[name];
  if (column === undefined && table.length === 0) return NO_COLUMN;
  if (column === undefined) throw new Error(`the extract of ${table.model} lacks the column ${name}`);
  return column;
}

/** The numbers of an aggregate's column; `alike` is what an extract of groups holds in their place. */
function numbersOf(
  table: DataTable,
  aggregate: Aggregate,
  alike?: (column: string) => string,
): readonly (number | null)[] {
  const { column: name } = aggregate as { column: string };
  const column = (alike && table.columns[alike(name)]) ?? columnOf(table, name);
  if (column.kind === "text") throw new Error(`the column ${name} of ${table.model} is no number`);
  return column.values;
}

/** Each aggregate over groups. Sums over no rows are 0, extremes and percentiles null. */
const AGGREGATES: Record<Aggregate["of"], (grouped: Grouped, aggregate: Aggregate) => (number | null)[]> = {
  rows({ table, entries, groupOf, groups }) {
    const counts = new Array<number>(groups).fill(0);
    for (let at = 0; at < entries.length; at++) counts[groupOf[at]!]! += table.weights?.[entries[at]!] ?? 1;
    return counts;
  },
  sum({ table, entries, groupOf, groups }, aggregate) {
    const values = numbersOf(table, aggregate);
    const sums = new Array<number>(groups).fill(0);
    for (let at = 0; at < entries.length; at++) sums[groupOf[at]!]! += values[entries[at]!] ?? 0;
    return sums;
  },
  count({ table, entries, groupOf, groups }, aggregate) {
    const { column } = aggregate as { column: string };
    // An extract of groups counts the rows that have a value beside their sum.
    const counted = table.columns[countColumn(column)];
    const given = counted ?? columnOf(table, column);
    const has = (entry: number): number => {
      if (counted?.kind === "number") return counted.values[entry] ?? 0;
      const present = given.kind === "text" ? given.codes[entry]! >= 0 : given.values[entry] != null;
      return present ? (table.weights?.[entry] ?? 1) : 0;
    };
    const counts = new Array<number>(groups).fill(0);
    for (let at = 0; at < entries.length; at++) counts[groupOf[at]!]! += has(entries[at]!);
    return counts;
  },
  min: (grouped, aggregate) => extremes(grouped, aggregate, "min", (a, b) => a < b),
  max: (grouped, aggregate) => extremes(grouped, aggregate, "max", (a, b) => a > b),
  percentile(grouped, aggregate) {
    const { table, entries, groupOf, groups } = grouped;
    const values = numbersOf(table, aggregate, bucketColumn);
    const found = Array.from({ length: groups }, (): { value: number; weight: number }[] => []);
    for (let at = 0; at < entries.length; at++) {
      const value = values[entries[at]!];
      if (value != null) found[groupOf[at]!]!.push({ value, weight: table.weights?.[entries[at]!] ?? 1 });
    }
    const { fraction } = aggregate as { fraction: number };
    return found.map((given) => percentile(given, fraction));
  },
};

/** Name of the column that holds, in an extract of groups, how many rows have a value in another. */
export function countColumn(column: string): string {
  return `${column}#count`;
}

/** The same for the least or greatest value. */
export function extremeColumn(column: string, which: "min" | "max"): string {
  return `${column}#${which}`;
}

/** The same for the rounded values by which groups are told apart where percentiles are asked for. */
export function bucketColumn(column: string): string {
  return `${column}#bucket`;
}

function extremes(
  { table, entries, groupOf, groups }: Grouped,
  aggregate: Aggregate,
  which: "min" | "max",
  before: (a: number, b: number) => boolean,
): (number | null)[] {
  const values = numbersOf(table, aggregate, (column) => extremeColumn(column, which));
  const found = new Array<number | null>(groups).fill(null);
  for (let at = 0; at < entries.length; at++) {
    const value = values[entries[at]!];
    const group = groupOf[at]!;
    if (value != null && (found[group] === null || before(value, found[group]!))) found[group] = value;
  }
  return found;
}

/**
 * The value below which `fraction` of the values lie: place 1 + fraction × (n − 1) of the sorted values, on the straight line between the two
 * neighbours of a place that is no whole number. A value of weight w stands there w times.
 */
export function percentile(
  values: readonly { value: number; weight: number }[],
  fraction: number,
): number | null {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const n = sorted.reduce((sum, { weight }) => sum + weight, 0);
  if (n === 0) return null;
  const place = fraction * (n - 1);
  const below = Math.floor(place);
  const low = valueAtPlace(sorted, below);
  const high = place === below ? low : valueAtPlace(sorted, below + 1);
  return low + (place - below) * (high - low);
}

function valueAtPlace(sorted: readonly { value: number; weight: number }[], place: number): number {
  let passed = 0;
  for (const { value, weight } of sorted) {
    passed += weight;
    if (place < passed) return value;
  }
  return sorted.at(-1)!.value;
}
