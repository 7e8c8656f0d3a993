import type { MetricNode, Sheet } from "../../manifest/index.js";
import { type DashboardData, type DataTable, partName } from "./data.js";
import type { Bucket } from "./days.js";
import { evaluate } from "./evaluate.js";
import type { Figure, FigureHead, Mark } from "./figures.js";
import { compareValues, groupBy, type Key, leastOf, ranked } from "./groups.js";
import { columnTest, entriesWithin, restrictions } from "./selection.js";
import type { DashboardSpec, DashboardState, SheetSelection } from "./state.js";

/** A period, as days' numbers. */
export interface Period {
  from: number;
  to: number;
}

/** A sheet with the entries that it shows. */
export interface SheetPart {
  spec: DashboardSpec;
  sheet: Sheet;
  table: DataTable;
  entries: readonly number[];
  /** How many rows of the model the entries stand for. */
  rows: number;
  period: Period | null;
  /** Restricted fields that the model does not have. */
  unfiltered: string[];
  /** What is chosen in this very sheet. */
  selection: SheetSelection | undefined;
}

const EMPTY: DataTable = { model: "", length: 0, columns: {} };

/** The extract that a part is computed from: its own, or that of its model. */
export function tableOf(
  data: DashboardData,
  dashboard: string,
  kind: "kpi" | "sheet",
  name: string,
  model: string,
): DataTable {
  return data.tables[data.parts?.[partName(dashboard, kind, name)] ?? model] ?? EMPTY;
}

/** The entries of a sheet in a state. */
export function sheetPart(
  spec: DashboardSpec,
  state: DashboardState,
  data: DashboardData,
  period: Period | null,
  sheet: Sheet,
): SheetPart {
  const table = tableOf(data, spec.dashboard.name, "sheet", sheet.name, sheet.model_name);
  const chosen = restrictions(spec, state, period, sheet.name);
  const { entries, unfiltered } = entriesWithin(table, sheet.date, chosen);
  const tests = sheet.where.flatMap(({ column, values }) => {
    const found = table.columns[column];
    return found === undefined ? [] : [columnTest(found, values)];
  });
  const kept = tests.length === 0 ? entries : entries.filter((entry) => tests.every((test) => test(entry)));
  return {
    spec,
    sheet,
    table,
    entries: kept,
    rows: rowsOf(table, kept),
    period,
    unfiltered,
    selection: state.selections.find((selection) => selection.sheet === sheet.name),
  };
}

/** How many rows of the model some entries stand for. */
export function rowsOf({ weights }: DataTable, entries: readonly number[]): number {
  return weights === undefined
    ? entries.length
    : entries.reduce((sum, entry) => sum + (weights[entry] ?? 0), 0);
}

/** What of a metric is shown beside its values. */
export function headOf({ name, label, description, format, good }: MetricNode): FigureHead {
  return { metric: name, label, description, format, good };
}

/** A metric of the page. */
export function metricOf({ metrics }: DashboardSpec, name: string): MetricNode {
  const metric = metrics[name];
  if (metric === undefined) throw new Error(`the metric ${name} is not among the page's`);
  return metric;
}

/** The last day with data in each span, whatever else is chosen: the day on which what is in stock counts. */
export function lastDays(table: DataTable, date: string, spans: readonly Period[]): Float64Array {
  const last = new Float64Array(spans.length).fill(Number.NEGATIVE_INFINITY);
  const days = table.columns[date];
  if (days?.kind !== "day" || spans.length === 0) return last;
  const seen = [...new Set(days.values)].filter((day) => day !== null).sort((a, b) => a - b);
  let span = 0;
  for (const day of seen) {
    while (span < spans.length && day > spans[span]!.to) span++;
    if (span === spans.length) break;
    if (day >= spans[span]!.from) last[span] = day;
  }
  return last;
}

/** Spans cut to the period that is shown. */
export function within(spans: readonly Bucket[], { from, to }: Period): Period[] {
  return spans.map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }));
}

/** The figures of a metric in groups of a sheet's entries that share one period. */
export function figuresBy(
  part: SheetPart,
  metric: MetricNode,
  groupOf: ArrayLike<number>,
  groups: number,
): Figure[] {
  const last =
    metric.over_time === "last" && metric.date !== null && part.period !== null
      ? new Float64Array(groups).fill(lastDays(part.table, metric.date, [part.period])[0]!)
      : null;
  return evaluate(metric, { table: part.table, entries: part.entries, groupOf, groups }, last);
}

/** The marks of a sheet in the order in which they stand. */
export interface Arrangement {
  keys: Key[];
  /** The mark of each entry; below zero for one that is not shown. */
  groupOf: Int32Array;
  /** Position of the mark that holds what is left; -1 without one. */
  rest: number;
}

/** What the last mark is called where it holds all that is left. */
export const REST = "Other";

/** Groups a sheet's entries by columns, sorted and cut as the sheet says. `metric` is what it is sorted by if it says a metric of its own. */
export function arrange(part: SheetPart, columns: readonly string[], limits = true): Arrangement {
  const { sheet, table, entries } = part;
  const groups = groupBy(table, entries, columns);
  const counts = new Float64Array(groups.keys.length);
  for (let at = 0; at < entries.length; at++)
    counts[groups.groupOf[at]!]! += table.weights?.[entries[at]!] ?? 1;
  const order = ranked(groups.keys, sortValues(part, columns, groups), sheet.sort?.direction ?? "asc").filter(
    (group) => !limits || counts[group]! >= sheet.n_min,
  );
  const shown = limits && sheet.top !== null ? order.slice(0, sheet.top) : order;
  const hasRest = limits && sheet.rest && order.length > shown.length;
  const position = new Int32Array(groups.keys.length).fill(-1);
  for (const [at, group] of shown.entries()) position[group] = at;
  if (hasRest) for (const group of order.slice(shown.length)) position[group] = shown.length;
  const keys = shown.map((group) => groups.keys[group]!);
  if (hasRest) keys.push([REST, ...columns.slice(1).map(() => null)]);
  return {
    keys,
    groupOf: groups.groupOf.map((group) => position[group]!),
    rest: hasRest ? shown.length : -1,
  };
}

function sortValues(
  part: SheetPart,
  columns: readonly string[],
  groups: { keys: Key[]; groupOf: Int32Array },
): (string | number | null)[] {
  const { sheet, spec, table, entries } = part;
  const by = sheet.sort?.by;
  if (by === undefined) return groups.keys.map(() => null);
  if ([...sheet.metrics, ...sheet.below, sheet.label_metric].includes(by)) {
    return figuresBy(part, metricOf(spec, by), groups.groupOf, groups.keys.length).map(({ value }) => value);
  }
  const at = columns.indexOf(by);
  return at >= 0 ? groups.keys.map((key) => key[at]!) : leastOf(table, entries, groups, by);
}

/** A mark that stands for values of dimensions. */
export function markOf(part: SheetPart, columns: readonly string[], key: Key, isRest = false): Mark {
  const values = isRest ? {} : Object.fromEntries(columns.map((column, at) => [column, key[at]!]));
  const chosen = part.selection?.values;
  const selected =
    chosen === undefined || Object.values(chosen).every((list) => list.length === 0)
      ? null
      : !isRest &&
        columns.every((column, at) => {
          const list = chosen[column];
          return list === undefined || list.some((value) => compareValues(value, key[at]!) === 0);
        });
  return { values, name: isRest ? REST : key.map((value) => value ?? "–").join(", "), selected };
}

/** `system_name` → `System name`. */
export function heading(column: string): string {
  const words = column.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
