import type { Chart, ChartFrame, Measure, MetricFormat, NumberFormat } from "../../manifest/index.js";
import { dayText } from "./days.js";
import { figureText } from "./figure-text.js";
import type { FigureHead, SheetFigures, SheetPicture } from "./figures.js";

/** What a chart says of itself beside its figures. */
export interface ChartWords {
  /** Period and filter. */
  subtitle: string;
  /** Where the figures come from. */
  source?: string;
}

const UNITS: Record<MetricFormat["kind"], NumberFormat> = {
  number: {},
  percent: { percent: true },
  hours: { unit: "h" },
  minutes: { unit: "min" },
  currency: {},
};

function numberFormat({ kind, decimals, currency }: MetricFormat): NumberFormat {
  return { ...UNITS[kind], decimals, ...(currency !== undefined && { unit: currency }) };
}

function measure({ label, format }: FigureHead): Measure {
  return { name: label, format: numberFormat(format) };
}

type PictureOf<Kind extends SheetPicture["kind"]> = Extract<SheetPicture, { kind: Kind }>;

/** How each kind of picture becomes a chart; null for what is no picture. */
const CHARTS: {
  [Kind in SheetPicture["kind"]]: (
    picture: PictureOf<Kind>,
    frame: ChartFrame,
    category: string,
  ) => Chart | null;
} = {
  line: timeChart,
  area: timeChart,
  bar: ({ head, bars, noteHead }, frame, category) => ({
    ...frame,
    kind: "bars",
    category,
    value: measure(head),
    bars: bars.flatMap(({ name, figure, note }) =>
      figure.value === null
        ? []
        : [
            {
              name,
              value: figure.value,
              tone: "accent" as const,
              ...(note !== null &&
                noteHead !== null && {
                  note: `${noteHead.label}: ${figureText(note.value, noteHead.format)}`,
                }),
            },
          ],
    ),
  }),
  stacked: ({ head, labels, parts }, frame, category) => ({
    ...frame,
    kind: "stacked",
    category,
    labels,
    value: measure(head),
    parts: parts.map(({ name, amounts }) => ({ name, values: amounts })),
  }),
  heatmap: ({ head, rows, columns, cells }, frame) => ({
    ...frame,
    kind: "heatmap",
    x: { name: "", labels: columns.map(({ name }) => name) },
    y: { name: "", labels: rows.map(({ name }) => name) },
    value: measure(head),
    cells,
  }),
  scatter: ({ x, y, points, references }, frame) => ({
    ...frame,
    kind: "scatter",
    x: measure(x),
    y: measure(y),
    points: points.map((point) => ({ name: point.name, x: point.x, y: point.y, tone: "accent" as const })),
    references: references.map(({ axis, value, label }) => ({ axis, value, text: label })),
  }),
  table: () => null,
  rows: () => null,
};

/** Lines over spans of time, which stand at their first days. */
function timeChart({ kind, spans, panels }: PictureOf<"line" | "area">, frame: ChartFrame): Chart {
  const last = spans.at(-1);
  return {
    ...frame,
    kind: "line",
    days: spans.map(({ from }) => dayText(from)),
    panels: panels.map(({ format, series }, at) => ({
      value: { name: series.length === 1 ? series[0]!.name : "", format: numberFormat(format) },
      series: series.map(({ name, values }, n) => ({
        name,
        values,
        tone: n === 0 ? ("accent" as const) : ("muted" as const),
        weight: kind === "area" || at > 0 ? ("area" as const) : ("bold" as const),
      })),
    })),
    ...(last?.partial && { unfinishedFrom: dayText(last.from) }),
  };
}

/** A computed sheet as a chart to be drawn in the build; null for tables, and where there is nothing to draw. */
export function chartOf(sheet: SheetFigures, { subtitle, source }: ChartWords): Chart | null {
  if (sheet.rows === 0) return null;
  const frame: ChartFrame = {
    title: sheet.title,
    subtitle,
    ...(source !== undefined && { source }),
    description: sheet.caption,
  };
  const draw = CHARTS[sheet.picture.kind] as (
    picture: SheetPicture,
    frame: ChartFrame,
    category: string,
  ) => Chart | null;
  return draw(sheet.picture, frame, sheet.table.columns[0]?.label ?? "");
}
