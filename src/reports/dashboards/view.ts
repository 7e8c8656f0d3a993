import type { SheetKind } from "../../manifest/index.js";
import type { DashboardData } from "./data.js";
import { longDay } from "./figure-text.js";
import type { DashboardFigures, SheetFigures } from "./figures.js";
import { kpiFigures } from "./kpi.js";
import { barSheet, heatmapSheet, stackedSheet } from "./mark-sheets.js";
import { heading, type Period, type SheetPart, sheetPart } from "./part.js";
import { rowsSheet, scatterSheet, tableSheet } from "./point-sheets.js";
import { type DashboardSpec, type DashboardState, dataPeriod } from "./state.js";
import { type Drawn, lineSheet } from "./time-sheets.js";

const KINDS: Record<SheetKind, (part: SheetPart) => Drawn> = {
  line: lineSheet,
  area: lineSheet,
  bar: barSheet,
  stacked: stackedSheet,
  heatmap: heatmapSheet,
  scatter: scatterSheet,
  table: tableSheet,
  rows: rowsSheet,
};

/**
 * All figures of a dashboard for what a reader has chosen. Pure, and the same in the build and in the browser: given the same data and the same
 * choices, the same figures.
 */
export function view(spec: DashboardSpec, state: DashboardState, data: DashboardData): DashboardFigures {
  const whole = dataPeriod(spec, data);
  const period = whole === null ? null : { from: state.from ?? whole.from, to: state.to ?? whole.to };
  const comparison = period === null || whole === null ? null : before(period, whole.from);
  return {
    name: spec.dashboard.name,
    period,
    comparison,
    applied: applied(spec, state, period),
    kpis: spec.dashboard.kpis.map((kpi) => kpiFigures(spec, state, data, period, comparison, kpi)),
    sheets: spec.dashboard.sheets.map((sheet): SheetFigures => {
      const part = sheetPart(spec, state, data, period, sheet);
      const { name, kind, title, description } = sheet;
      const { rows, unfiltered } = part;
      return { name, kind, title, description, rows, unfiltered, ...KINDS[kind](part) };
    }),
  };
}

/** The period of equal length before; null where the data begin later. */
function before({ from, to }: Period, first: number): Period | null {
  const length = to - from + 1;
  return length > 0 && from - length >= first ? { from: from - length, to: from - 1 } : null;
}

function applied(
  { dashboard }: DashboardSpec,
  { filters, selections }: DashboardState,
  period: Period | null,
): string {
  const days = period === null ? 0 : period.to - period.from + 1;
  const parts =
    period === null
      ? ["No data"]
      : [`${longDay(period.from)} to ${longDay(period.to)} (${days} ${days === 1 ? "day" : "days"})`];
  for (const filter of dashboard.filters) {
    if (filter.kind !== "choice") continue;
    const values = filters[filter.field] ?? [];
    if (values.length > 0) parts.push(`${filter.label}: ${values.join(", ")}`);
  }
  for (const { values } of selections)
    for (const [column, chosen] of Object.entries(values))
      if (chosen.length > 0)
        parts.push(`${heading(column)}: ${chosen.map((value) => value ?? "none").join(", ")}`);
  return parts.join("; ");
}
