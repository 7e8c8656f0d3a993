import type { Dashboard, MetricNode } from "../../manifest/index.js";
import type { DashboardData } from "./data.js";
import { dayNumber, dayParts } from "./days.js";

/** A dashboard with the metrics that it shows: all that its figures are computed by. */
export interface DashboardSpec {
  dashboard: Dashboard;
  /** By name. */
  metrics: Readonly<Record<string, MetricNode>>;
}

/** What a reader has clicked in one sheet: the values of its dimensions by which all other parts are restricted. */
export interface SheetSelection {
  sheet: string;
  values: Readonly<Record<string, readonly (string | number | null)[]>>;
}

/** What a reader has chosen. */
export interface DashboardState {
  /** First and last day, as numbers; null for the first and last that there are. */
  from: number | null;
  to: number | null;
  /** Chosen values by field; none for all. */
  filters: Readonly<Record<string, readonly string[]>>;
  selections: readonly SheetSelection[];
}

/** The first and last day of the data behind a dashboard; null where it holds none. */
export function dataPeriod(
  { dashboard, metrics }: DashboardSpec,
  data: DashboardData,
): { from: number; to: number } | null {
  const dates = new Set([
    ...Object.values(metrics).map(({ model_name, date }) => `${model_name}.${date}`),
    ...dashboard.sheets.map(({ model_name, date }) => `${model_name}.${date}`),
  ]);
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { model, columns } of Object.values(data.tables)) {
    for (const [name, column] of Object.entries(columns)) {
      if (column.kind !== "day" || !dates.has(`${model}.${name}`)) continue;
      for (const day of column.values) {
        if (day === null) continue;
        if (day < from) from = day;
        if (day > to) to = day;
      }
    }
  }
  return from > to ? null : { from, to };
}

/** What a reader sees who has chosen nothing: the period that the dashboard says, and no filter. */
export function defaultState(spec: DashboardSpec, data: DashboardData): DashboardState {
  const period = dataPeriod(spec, data);
  const none = { filters: {}, selections: [] };
  if (period === null || defaultStart(spec.dashboard) === "all") return { from: null, to: null, ...none };
  return { ...defaultPeriod(spec.dashboard, period), ...none };
}

/** The period that a dashboard shows at first, given the first and last day of its data. */
export function defaultPeriod(
  dashboard: Dashboard,
  period: { from: number; to: number },
): { from: number; to: number } {
  const start = defaultStart(dashboard);
  if (start === "all") return period;
  const from =
    start === "year_to_date" ? dayNumber(`${dayParts(period.to).year}-01-01`) : period.to - start.days + 1;
  return { from: Math.max(from, period.from), to: period.to };
}

function defaultStart({ filters }: Dashboard): "all" | "year_to_date" | { days: number } {
  const filter = filters.find(({ kind }) => kind === "date_range");
  return filter?.kind === "date_range" ? filter.default : "all";
}

/** The values that a reader can choose of a field, in the order of the alphabet. */
export function choices(field: string, data: DashboardData): string[] {
  const found = new Set<string>();
  for (const { columns } of Object.values(data.tables)) {
    const column = columns[field];
    if (column?.kind === "text") for (const value of column.dictionary) found.add(value);
  }
  return [...found].sort();
}
