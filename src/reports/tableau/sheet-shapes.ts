import type { SheetKind } from "../../manifest/index.js";
import { PALETTE } from "../../manifest/index.js";
import type { Filter } from "./filter.js";
import { type Pill, pillReference, plain, timeAxis } from "./pill.js";
import {
  colorNames,
  colorValues,
  firstFilter,
  metricPill,
  metricsOf,
  type SheetContext,
  type SheetShape,
  sortPlan,
} from "./plan-context.js";
import type { PanePlan } from "./worksheet-plan.js";

const ACCENT = PALETTE.tones.accent.light;
const MUTED = PALETTE.tones.muted.light;

const dimensions = ({ sheet, source }: SheetContext): Pill[] =>
  sheet.dimensions.map((name) => plain(source, name));

/** Dimensions in their order, cut to the first marks. */
function arranged(
  context: SheetContext,
  pill: Pill,
): { sorts: ReturnType<typeof sortPlan>; filters: Filter[] } {
  return { sorts: sortPlan(context, pill), filters: firstFilter(context, pill) };
}

function axisOf({ sheet, source, grain }: SheetContext): Pill {
  return timeAxis(source, sheet.date!, grain!);
}

/** Lines or areas over time: a line a metric on one axis, or one a value; further metrics below. */
function overTime(context: SheetContext, mark: "Line" | "Area"): SheetShape {
  const { sheet, source, grain } = context;
  const pills = metricsOf(context, sheet.metrics).map((metric) => metricPill(source, metric, grain));
  const below = metricsOf(context, sheet.below).map((metric) => metricPill(source, metric, grain));
  const cols = [axisOf(context)];
  const series = dimensions(context)[0];
  if (series !== undefined) {
    colorValues(context, series);
    const rows = [...pills, ...below];
    return { ...arranged(context, series), rows, cols, panes: panesOf(rows, { mark, color: series }, null) };
  }
  if (pills.length === 1) {
    const rows = [...pills, ...below];
    return { rows, cols, panes: panesOf(rows, { mark, markColor: ACCENT }, below.length) };
  }
  colorNames(source, pills, pills.map(pillReference));
  const rows = ["values" as const, ...below];
  return { rows, cols, measures: pills, panes: panesOf(rows, { mark, color: "names" }, below.length) };
}

/** One pane for all axes and, where there are several, one for each; the last `below` are areas in a colour of their own. */
function panesOf(rows: PanePlan["text"] & object, all: PanePlan, below: number | null): PanePlan[] {
  if (rows.length === 1) return [all];
  const upper = rows.length - (below ?? 0);
  return [
    all,
    ...rows.map(
      (axis, at): PanePlan => (at < upper ? { ...all, axis } : { mark: "Area", markColor: MUTED, axis }),
    ),
  ];
}

/** How each kind of sheet is laid on shelves. */
export const SHAPES: Record<SheetKind, (context: SheetContext) => SheetShape> = {
  line: (context) => overTime(context, "Line"),
  area: (context) => overTime(context, "Area"),

  bar(context) {
    const { sheet, source, grain } = context;
    const [metric] = metricsOf(context, sheet.metrics);
    const [note] = metricsOf(context, sheet.label_metric === null ? [] : [sheet.label_metric]);
    const overSpans = sheet.dimensions.length === 0;
    const value = metricPill(source, metric!, overSpans ? grain : null);
    const noted = note === undefined ? null : metricPill(source, note, overSpans ? grain : null);
    const pane: PanePlan = {
      mark: "Bar",
      markColor: ACCENT,
      showLabels: true,
      text: noted === null ? [value] : [value, noted],
      ...(noted !== null && {
        label: [
          { text: value },
          { text: `  ${note!.label}: `, color: PALETTE.quietText.light },
          { text: noted, color: PALETTE.quietText.light },
        ],
      }),
    };
    if (overSpans) return { rows: [value], cols: [axisOf(context)], panes: [pane] };
    const [dimension] = dimensions(context) as [Pill];
    return { ...arranged(context, dimension), rows: [dimension], cols: [value], panes: [pane] };
  },

  stacked(context) {
    const { sheet, source, grain } = context;
    const [metric] = metricsOf(context, sheet.metrics);
    const amount = metricPill(source, metric!, grain);
    const pills = dimensions(context);
    const part = pills.at(-1)!;
    colorValues(context, part);
    const share: Pill = { ...amount, shareAlong: part };
    const pane: PanePlan = { mark: "Bar", color: part, text: [share], tooltip: [amount], showLabels: true };
    const shared = { ...arranged(context, part), panes: [pane] };
    return grain === null
      ? { ...shared, rows: [pills[0]!], cols: [share] }
      : { ...shared, rows: [share], cols: [axisOf(context)] };
  },

  heatmap(context) {
    const { sheet, source } = context;
    const [metric] = metricsOf(context, sheet.metrics);
    const value = metricPill(source, metric!);
    const [down, across] = dimensions(context) as [Pill, Pill];
    return {
      ...arranged(context, down),
      rows: [down],
      cols: [across],
      panes: [{ mark: "Square", color: value, text: [value], showLabels: true }],
      ramp: { pill: value, colors: PALETTE.ramp.map(({ light }) => light) },
    };
  },

  scatter(context) {
    const { sheet, source } = context;
    const [x, y] = metricsOf(context, sheet.metrics).map((metric) => metricPill(source, metric)) as [
      Pill,
      Pill,
    ];
    const pills = dimensions(context);
    const lines = metricsOf(
      context,
      sheet.reference_lines.map(({ metric }) => metric),
    ).map((metric, at) => ({
      pill: metricPill(source, metric),
      at: sheet.reference_lines[at]!.at,
      label: sheet.reference_lines[at]!.label,
    }));
    return {
      ...arranged(context, pills[0]!),
      rows: [y],
      cols: [x],
      panes: [{ mark: "Circle", markColor: ACCENT, detail: pills, lines }],
    };
  },

  table(context) {
    const { sheet, source } = context;
    const measures = metricsOf(context, sheet.metrics).map((metric) => metricPill(source, metric));
    const pills = dimensions(context);
    const [first] = pills as [Pill];
    return {
      ...arranged(context, first),
      sorts: pills.flatMap((pill) => sortPlan(context, pill)),
      rows: pills,
      cols: ["names"],
      measures,
      panes: [{ mark: "Text", text: ["values"] }],
    };
  },

  rows(context) {
    const { sheet, source } = context;
    const pills = sheet.columns.filter(({ name }) => source.has(name)).map(({ name }) => plain(source, name));
    const [key] = source.mart.primaryKey.length === 1 ? source.mart.primaryKey : [];
    const mark = key === undefined || !source.has(key) ? null : plain(source, key);
    const sorted = sheet.sort === null || !source.has(sheet.sort.by) ? null : plain(source, sheet.sort.by);
    const cut = mark ?? sorted ?? pills[0]!;
    return {
      sorts: sortPlan(context, pills[0]!),
      filters: firstFilter(context, cut),
      rows: pills,
      cols: [],
      panes: [{ mark: "Text", detail: mark === null ? [] : [mark] }],
    };
  },
};
