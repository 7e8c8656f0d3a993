import type { Kpi, MetricNode } from "../../manifest/index.js";
import type { DashboardData, DataTable } from "./data.js";
import { evaluate, NO_FIGURE } from "./evaluate.js";
import type { Figure, KpiFigures } from "./figures.js";
import { headOf, lastDays, metricOf, type Period, tableOf } from "./part.js";
import { entriesWithin, restrictions } from "./selection.js";
import type { DashboardSpec, DashboardState } from "./state.js";

const SPARKS = 90;

/** A card: the figure of the period, of the one before, and how it went. */
export function kpiFigures(
  spec: DashboardSpec,
  state: DashboardState,
  data: DashboardData,
  period: Period | null,
  comparison: Period | null,
  kpi: Kpi,
): KpiFigures {
  const metric = metricOf(spec, kpi.metric);
  const table = tableOf(data, spec.dashboard.name, "kpi", metric.name, metric.model_name);
  const chosen = restrictions(spec, state, period, null);
  const over = (of: MetricNode, span: Period | null, from: DataTable): Figure => {
    const { entries } = entriesWithin(from, of.date, {
      ...chosen,
      from: span?.from ?? null,
      to: span?.to ?? null,
    });
    return total(of, from, entries, span);
  };
  const figure = over(metric, period, table);
  const previous =
    comparison === null || metric.date === null ? null : noneIfEmpty(over(metric, comparison, table));
  const delta =
    previous === null || previous.value === null || figure.value === null
      ? null
      : figure.value - previous.value;
  return {
    ...headOf(metric),
    ...figure,
    target: metric.target,
    status: statusOf(metric, figure.value),
    previous,
    delta,
    trend: trendOf(metric, delta),
    sparkline: sparkline(metric, table, chosen, period),
    beside: kpi.beside.map((name) => {
      const other = metricOf(spec, name);
      const own = tableOf(data, spec.dashboard.name, "kpi", name, other.model_name);
      return { ...headOf(other), ...over(other, period, own) };
    }),
    unfiltered: entriesWithin(table, metric.date, chosen).unfiltered,
  };
}

/** A metric over some entries as one; without any there is no figure, not even a zero. */
function total(
  metric: MetricNode,
  table: DataTable,
  entries: readonly number[],
  span: Period | null,
): Figure {
  if (entries.length === 0) return NO_FIGURE;
  const last =
    metric.over_time === "last" && metric.date !== null && span !== null
      ? lastDays(table, metric.date, [span])
      : null;
  const groupOf = new Int32Array(entries.length);
  return evaluate(metric, { table, entries, groupOf, groups: 1 }, last)[0]!;
}

function noneIfEmpty(figure: Figure): Figure | null {
  return figure.value === null ? null : figure;
}

function statusOf({ target, good }: MetricNode, value: number | null): KpiFigures["status"] {
  if (target === null || value === null || good === "neutral") return null;
  return (good === "up" ? value >= target : value <= target) ? "met" : "missed";
}

function trendOf({ good }: MetricNode, delta: number | null): KpiFigures["trend"] {
  if (delta === null) return null;
  if (delta === 0) return "same";
  if (good === "neutral") return "changed";
  return delta > 0 === (good === "up") ? "better" : "worse";
}

function sparkline(
  metric: MetricNode,
  table: DataTable,
  chosen: Parameters<typeof entriesWithin>[2],
  period: Period | null,
): KpiFigures["sparkline"] {
  const days = metric.date === null ? undefined : table.columns[metric.date];
  if (period === null || metric.date === null || days?.kind !== "day" || period.to < period.from) return [];
  const length = Math.ceil((period.to - period.from + 1) / SPARKS);
  const count = Math.ceil((period.to - period.from + 1) / length);
  const spans = Array.from({ length: count }, (_, at) => ({
    from: period.from + at * length,
    to: Math.min(period.from + (at + 1) * length - 1, period.to),
  }));
  const { entries } = entriesWithin(table, metric.date, chosen);
  const groupOf = Int32Array.from(entries, (entry) =>
    Math.floor((days.values[entry]! - period.from) / length),
  );
  const figures = evaluate(
    metric,
    { table, entries, groupOf, groups: count },
    metric.over_time === "last" ? lastDays(table, metric.date, spans) : null,
  );
  return spans.map((span, at) => ({ ...span, value: figures[at]!.value }));
}
