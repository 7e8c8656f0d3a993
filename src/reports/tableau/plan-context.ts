import type { DateGrain, MetricNode, RowsWhere, Sheet } from "../../manifest/index.js";
import { PALETTE } from "../../manifest/index.js";
import { type DashboardSpec, grainFor } from "../dashboards/index.js";
import type { DashboardFilters } from "./dashboard-filters.js";
import { calculation } from "./field.js";
import { type Filter, memberText } from "./filter.js";
import { bracketed, metricFormula, worksLive } from "./formula.js";
import type { MartFacts } from "./mart-facts.js";
import { aggregated, columnInstance, least, type Pill, pillName, plain } from "./pill.js";
import { calculationName, metricField, type Source } from "./source.js";
import type { SortPlan, WorksheetPlan } from "./worksheet-plan.js";

/** What the sheets of a dashboard are planned with. */
export interface PlanContext {
  spec: DashboardSpec;
  sources: ReadonlyMap<string, Source>;
  facts: ReadonlyMap<string, MartFacts>;
  filters: DashboardFilters;
  /** The period that is shown at first, as days' numbers. */
  period: { from: number; to: number } | null;
  /** Whether the workbook asks a server, which has no percentiles. */
  live: boolean;
  /** A name that no other sheet of the workbook has. */
  sheetName(wanted: string): string;
}

/** A sheet that is being planned. */
export interface SheetContext extends PlanContext {
  sheet: Sheet;
  source: Source;
  /** The grain of its time axis; null without one. */
  grain: DateGrain | null;
}

/** What a kind of sheet adds to what all have. */
export type SheetShape = Pick<WorksheetPlan, "rows" | "cols" | "panes"> &
  Partial<Pick<WorksheetPlan, "measures" | "ramp" | "plain" | "sorts" | "filters">>;

/** The metrics of these names that the workbook can compute. */
export function metricsOf({ spec, live }: PlanContext, names: readonly string[]): MetricNode[] {
  return names.map((name) => spec.metrics[name]!).filter((metric) => !live || worksLive(metric));
}

/** The pill of a metric; on a time axis of what is in stock on the last day of each span. */
export function metricPill(source: Source, metric: MetricNode, grain: DateGrain | null = null): Pill {
  return aggregated(source, metricField(source, metric, grain).name);
}

/** The grain of a sheet: `auto` goes by the period that is shown at first. */
export function grainOf({ date_grain }: Sheet, period: PlanContext["period"]): DateGrain | null {
  if (date_grain !== "auto") return date_grain;
  return period === null ? "day" : grainFor(period.from, period.to);
}

/** The filter of rows by values of their columns. */
export function whereFilter(source: Source, { column, values }: RowsWhere, context: boolean): Filter {
  return { pill: plain(source, column), group: null, context, kind: "members", members: values };
}

/** Only so many rows' worth of a mark, at least. */
export function leastFilter(source: Source, value: number): Filter {
  const field = source.add(
    calculation({
      name: calculationName(source, "row_count"),
      caption: "Rows behind a mark",
      datatype: "integer",
      formula: "SUM(1)",
      uses: [],
    }),
  );
  return { pill: aggregated(source, field.name), group: null, context: false, kind: "least", value };
}

/** The formula by which a sheet is sorted and cut, and the pill of it; null for the order of the names. */
export function sortOf({
  spec,
  sheet,
  source,
  live,
}: SheetContext): { formula: string; pill: Pill; direction: "asc" | "desc" } | null {
  if (sheet.sort === null) return null;
  const { by, direction } = sheet.sort;
  const metric = spec.metrics[by];
  if (metric !== undefined && [...sheet.metrics, ...sheet.below, sheet.label_metric].includes(by)) {
    if (live && !worksLive(metric)) return null;
    return { formula: metricFormula(metric).text, pill: metricPill(source, metric), direction };
  }
  if (!source.has(by)) return null;
  return { formula: `MIN(${bracketed(by)})`, pill: least(source, by), direction };
}

/** The order of a dimension's values as the sheet says it. */
export function sortPlan(context: SheetContext, pill: Pill): SortPlan[] {
  const sort = sortOf(context);
  if (sort === null) return [];
  const own = context.sheet.sort!.by === pill.field.name;
  if (own) return sort.direction === "asc" ? [] : [{ pill, direction: "desc", using: null }];
  return [{ pill, direction: sort.direction, using: sort.pill }];
}

/** The filter that leaves only the first marks of a dimension; none where the sheet shows all. */
export function firstFilter(context: SheetContext, pill: Pill): Filter[] {
  const { sheet } = context;
  if (sheet.top === null) return [];
  const sort = sortOf(context);
  const field = bracketed(pill.field.name);
  const formula = sort?.formula ?? `MIN(${field})`;
  const expression = sheet.n_min > 0 ? `IF SUM(1) >= ${sheet.n_min} THEN ${formula} END` : formula;
  const direction = sort?.direction ?? "asc";
  return [{ pill, group: null, context: false, kind: "first", count: sheet.top, direction, expression }];
}

/** Gives the values of a dimension their colours, in the order of the alphabet, wherever the source shows them. */
export function colorValues({ facts }: PlanContext, pill: Pill): void {
  const { source, field } = pill;
  const values = facts.get(source.mart.id)?.values.get(field.name) ?? [];
  const { parts } = PALETTE;
  const colors = new Map(
    values.map((value, at) => [memberText(value), parts[Math.min(at, parts.length - 1)]!.light]),
  );
  if (colors.size > 0) source.colors.set(pillName(pill), { instance: columnInstance(pill), colors });
}

/** Gives the names of measures their colours. */
export function colorNames(source: Source, pills: readonly Pill[], references: readonly string[]): void {
  const { accent, muted } = PALETTE.tones;
  const shades = [accent, muted, ...PALETTE.parts];
  const known = source.colors.get("[:Measure Names]")?.colors ?? new Map<string, string>();
  for (const [at] of pills.entries()) {
    const bucket = `"${references[at]}"`;
    if (!known.has(bucket)) known.set(bucket, shades[Math.min(at, shades.length - 1)]!.light);
  }
  source.colors.set("[:Measure Names]", { instance: null, colors: known });
}
