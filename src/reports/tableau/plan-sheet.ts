import type { Kpi, MetricNode, Sheet } from "../../manifest/index.js";
import { PALETTE } from "../../manifest/index.js";
import { figureText, sheetMetricNames } from "../dashboards/index.js";
import { worksLive } from "./formula.js";
import {
  grainOf,
  leastFilter,
  metricPill,
  metricsOf,
  type PlanContext,
  type SheetContext,
  whereFilter,
} from "./plan-context.js";
import { SHAPES } from "./sheet-shapes.js";
import { LINE_END, type TextRun, titleRuns } from "./text-run.js";
import type { WorksheetPlan } from "./worksheet-plan.js";

/** A part of a dashboard: a worksheet, or words in its place. */
export type PlannedPart =
  | { kind: "worksheet"; plan: WorksheetPlan; title: string }
  | { kind: "words"; title: string; text: string };

const LIVE_HAS_NONE = "A live connection to MySQL has no medians and percentiles in Tableau.";

/** How many metrics a kind of sheet cannot do without; the others are left out where they cannot be computed. */
const NEEDS: Partial<Record<Sheet["kind"], number>> = { bar: 1, stacked: 1, heatmap: 1, scatter: 2 };

/** The worksheet of a sheet. */
export function planSheet(context: PlanContext, sheet: Sheet): PlannedPart {
  const { spec, sources, filters, live, period } = context;
  const available = metricsOf(context, sheet.metrics).length;
  const needed = sheet.kind === "rows" ? 0 : (NEEDS[sheet.kind] ?? 1);
  if (available < needed) return { kind: "words", title: sheet.title, text: LIVE_HAS_NONE };
  const source = sources.get(sheet.model)!;
  const own: SheetContext = { ...context, sheet, source, grain: grainOf(sheet, period) };
  const shape = SHAPES[sheet.kind](own);
  const missing = [...new Set(sheetMetricNames(sheet))]
    .map((name) => spec.metrics[name]!)
    .filter((metric) => live && !worksLive(metric));
  const description = [
    sheet.description,
    missing.length === 0 ? "" : `Without ${missing.map(({ label }) => label).join(", ")}: ${LIVE_HAS_NONE}`,
  ]
    .filter((text) => text !== "")
    .join(" ");
  const name = context.sheetName(`${spec.dashboard.title} · ${sheet.title}`);
  return {
    kind: "worksheet",
    title: sheet.title,
    plan: {
      measures: [],
      sorts: [],
      ...shape,
      name,
      title: titleRuns(sheet.title, description),
      caption: captionOf(spec.metrics, sheet),
      altText: altTextOf(sheet, spec.metrics),
      source,
      filters: [
        ...filters.of(source, sheet.date),
        ...sheet.where.map((where) => whereFilter(source, where, sheet.top !== null)),
        ...(shape.filters ?? []),
        ...(sheet.n_min > 0 ? [leastFilter(source, sheet.n_min)] : []),
      ],
    },
  };
}

/** What the metrics of a sheet mean, in their order. */
function captionOf(metrics: Readonly<Record<string, MetricNode>>, sheet: Sheet): string {
  return [...new Set(sheetMetricNames(sheet))]
    .map((name) => metrics[name]!)
    .map(({ label, description }) => (description === "" ? "" : `${label}: ${description}`))
    .filter((text) => text !== "")
    .join(" ");
}

const KIND_WORDS: Record<Sheet["kind"], string> = {
  line: "Lines over time",
  area: "Areas over time",
  bar: "Bars",
  stacked: "Shares of 100 %",
  heatmap: "Grid of numbers",
  scatter: "Points",
  table: "Table",
  rows: "List",
};

function altTextOf(sheet: Sheet, metrics: Readonly<Record<string, MetricNode>>): string {
  const shown = [...sheet.metrics, ...sheet.below].map((name) => metrics[name]!.label);
  const by =
    sheet.dimensions.length === 0 ? "" : ` by ${sheet.dimensions.join(" and ").replaceAll("_", " ")}`;
  const what = shown.length === 0 ? "" : ` ${shown.join(", ")}${by}.`;
  return `${KIND_WORDS[sheet.kind]}: ${sheet.title}.${what}${sheet.description === "" ? "" : ` ${sheet.description}`}`;
}

/** The worksheets of a card: its figure with those of the same source beside it, and one for each source more. */
export function planKpi(context: PlanContext, kpi: Kpi): PlannedPart[] {
  const { spec } = context;
  const metrics = [kpi.metric, ...kpi.beside].map((name) => spec.metrics[name]!);
  const [first] = metrics as [MetricNode];
  if (context.live && !worksLive(first)) return [{ kind: "words", title: first.label, text: LIVE_HAS_NONE }];
  const known = metricsOf(context, [kpi.metric, ...kpi.beside]);
  const together = known.filter(({ model, date }) => model === first.model && date === first.date);
  const apart = known.filter((metric) => !together.includes(metric));
  return [card(context, first, together.slice(1)), ...apart.map((metric) => card(context, metric, []))];
}

function card(context: PlanContext, metric: MetricNode, beside: readonly MetricNode[]): PlannedPart {
  const { spec, sources, filters } = context;
  const source = sources.get(metric.model)!;
  const value = metricPill(source, metric);
  const others = beside.map((other) => ({ other, pill: metricPill(source, other) }));
  const quiet = { size: 10, color: PALETTE.quietText.light };
  const target = targetText(metric);
  const label: TextRun[] = [
    { text: value, size: 28, bold: true, color: PALETTE.text.light },
    ...others.flatMap(({ other, pill }): TextRun[] => [
      LINE_END,
      { text: `${other.label}: `, ...quiet },
      { text: pill, ...quiet },
    ]),
    ...(target === "" ? [] : [LINE_END, { text: target, ...quiet }]),
  ];
  return {
    kind: "worksheet",
    title: metric.label,
    plan: {
      name: context.sheetName(`${spec.dashboard.title} · KPI ${metric.label}`),
      title: titleRuns(metric.label, "", 10),
      caption: metric.description,
      altText: `Figure: ${metric.label}. ${metric.description}`.trim(),
      source,
      filters: filters.of(source, metric.date),
      sorts: [],
      rows: [],
      cols: [],
      measures: [],
      plain: true,
      panes: [
        {
          mark: "Automatic",
          text: [value, ...others.map(({ pill }) => pill)],
          label,
          showLabels: true,
          centered: true,
        },
      ],
    },
  };
}

/** `Target: at most 15.0 %`. */
function targetText({ target, good, format }: MetricNode): string {
  if (target === null || good === "neutral") return "";
  return `Target: at ${good === "up" ? "least" : "most"} ${figureText(target, format)}`;
}
