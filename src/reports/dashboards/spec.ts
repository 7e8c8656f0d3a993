import type { Aggregate, Dashboard, Manifest, MetricNode, Sheet } from "../../manifest/index.js";
import type { DashboardSpec } from "./state.js";

/** The dashboards of a project in the order of their names, each with the metrics that it shows. */
export function dashboardSpecs(manifest: Pick<Manifest, "dashboards" | "metrics">): DashboardSpec[] {
  const byName = new Map(Object.values(manifest.metrics).map((metric) => [metric.name, metric]));
  return Object.values(manifest.dashboards).map((dashboard) => ({
    dashboard,
    metrics: Object.fromEntries(
      [...metricNames(dashboard)].flatMap((name) => {
        const metric = byName.get(name);
        return metric === undefined ? [] : [[name, metric] as const];
      }),
    ),
  }));
}

function metricNames({ kpis, sheets }: Dashboard): Set<string> {
  return new Set([
    ...kpis.flatMap(({ metric, beside }) => [metric, ...beside]),
    ...sheets.flatMap(sheetMetricNames),
  ]);
}

/** All metrics that a sheet names. */
export function sheetMetricNames({ metrics, below, label_metric, reference_lines }: Sheet): string[] {
  return [
    ...metrics,
    ...below,
    ...(label_metric === null ? [] : [label_metric]),
    ...reference_lines.map(({ metric }) => metric),
  ];
}

/** The aggregates that a metric is made of. */
export function aggregatesOf({ numerator, denominator }: MetricNode): Aggregate[] {
  return [...numerator.terms, ...(denominator?.terms ?? [])].map(({ aggregate }) => aggregate);
}

/** A card or a sheet, as far as it matters for what must be fetched. */
export interface PartSpec {
  kind: "kpi" | "sheet";
  name: string;
  /** Unique id and name of its model. */
  model: string;
  model_name: string;
  metrics: MetricNode[];
  /** Columns by which its rows are told apart or ordered. */
  keys: string[];
  /** Columns that are shown as they stand: only of a sheet of rows. */
  shown: string[];
  date: string | null;
  sheet: Sheet | null;
}

/** The parts of a dashboard. */
export function partsOf({ dashboard, metrics }: DashboardSpec): PartSpec[] {
  const names = new Set(dashboard.kpis.flatMap(({ metric, beside }) => [metric, ...beside]));
  const cards = [...names].map((name): PartSpec => {
    const metric = metrics[name]!;
    const { model, model_name, date } = metric;
    return {
      kind: "kpi",
      name,
      model,
      model_name,
      metrics: [metric],
      keys: [],
      shown: [],
      date,
      sheet: null,
    };
  });
  const sheets = dashboard.sheets.map((sheet): PartSpec => {
    const { name, model, model_name, date } = sheet;
    const used = [...new Set(sheetMetricNames(sheet))].map((metric) => metrics[metric]!);
    const sort =
      sheet.sort === null || sheetMetricNames(sheet).includes(sheet.sort.by) ? [] : [sheet.sort.by];
    const keys = [...sheet.dimensions, ...sheet.where.map(({ column }) => column), ...sort];
    const shown = sheet.columns.map((column) => column.name);
    return { kind: "sheet", name, model, model_name, metrics: used, keys, shown, date, sheet };
  });
  return [...cards, ...sheets];
}

/** The columns by which a reader can restrict a dashboard: its filters, and the dimensions of its sheets. */
export function restrictable({ dashboard }: DashboardSpec): { filters: string[]; dimensions: string[] } {
  return {
    filters: dashboard.filters.flatMap((filter) => (filter.kind === "choice" ? [filter.field] : [])),
    dimensions: [...new Set(dashboard.sheets.flatMap(({ dimensions }) => dimensions))],
  };
}
