import type { MetricNode } from "../../manifest/index.js";
import { type Bucket, bucketOf, buckets, grainFor } from "./days.js";
import { evaluate } from "./evaluate.js";
import { figureText, longDay } from "./figure-text.js";
import type { Figure, FigureTable, SeriesFigures, SheetPicture } from "./figures.js";
import { arrange, heading, headOf, lastDays, markOf, metricOf, type SheetPart, within } from "./part.js";

/** What a kind of sheet draws: the picture, the same as a table, and a sentence. */
export interface Drawn {
  picture: SheetPicture;
  table: FigureTable;
  caption: string;
}

/** The time axis of a sheet: its spans, and the span of each entry. */
export interface TimeAxis {
  grain: "day" | "week" | "month" | "quarter" | "year";
  spans: Bucket[];
  spanOf: Int32Array;
}

/** Cuts the period of a sheet into spans. */
export function timeAxis(part: SheetPart): TimeAxis {
  const { sheet, table, entries, period } = part;
  const days = sheet.date === null ? undefined : table.columns[sheet.date];
  const wanted = sheet.date_grain ?? "auto";
  const grain = wanted === "auto" ? (period === null ? "day" : grainFor(period.from, period.to)) : wanted;
  if (period === null || days?.kind !== "day") return { grain, spans: [], spanOf: new Int32Array() };
  const spans = buckets(grain, period.from, period.to);
  const position = bucketOf(spans, period.from, period.to);
  return {
    grain,
    spans,
    spanOf: Int32Array.from(entries, (entry) => position[days.values[entry]! - period.from]!),
  };
}

/** The figures of a metric by group and span: first all spans of the first group. */
export function figuresOverTime(
  part: SheetPart,
  metric: MetricNode,
  { spans, spanOf }: TimeAxis,
  groupOf: ArrayLike<number> | null,
  groups: number,
): Figure[] {
  const cell = Int32Array.from(spanOf, (span, at) => {
    const group = groupOf === null ? 0 : groupOf[at]!;
    return group < 0 ? -1 : group * spans.length + span;
  });
  let last: Float64Array | null = null;
  if (metric.over_time === "last" && metric.date !== null && part.period !== null) {
    const perSpan = lastDays(part.table, metric.date, within(spans, part.period));
    last = Float64Array.from({ length: groups * spans.length }, (_, at) => perSpan[at % spans.length]!);
  }
  const { table, entries } = part;
  return evaluate(metric, { table, entries, groupOf: cell, groups: groups * spans.length }, last);
}

/** Lines or areas over time: one a metric, or one a value of the dimension. */
export function lineSheet(part: SheetPart): Drawn {
  const { sheet, spec } = part;
  const axis = timeAxis(part);
  const panels = [sheet.metrics, sheet.below]
    .filter((names) => names.length > 0)
    .map((names) => ({
      format: metricOf(spec, names[0]!).format,
      series: names.flatMap((name) => seriesOf(part, metricOf(spec, name), axis)),
    }));
  const series = panels.flatMap((panel) => panel.series);
  const { grain, spans } = axis;
  return {
    picture: { kind: sheet.kind === "area" ? "area" : "line", grain, spans, panels },
    table: {
      columns: [
        { name: "period", label: heading(grain), format: null, kind: "text" },
        ...series.map(({ name, format }) => ({ name, label: name, format, kind: "number" as const })),
      ],
      rows: spans.map(({ label }, at) => [label, ...series.map(({ values }) => values[at]!)]),
    },
    caption: series
      .map((line) => movement(line, spans, grain === "week" ? "the week of " : ""))
      .filter((text) => text !== "")
      .join(" "),
  };
}

function seriesOf(part: SheetPart, metric: MetricNode, axis: TimeAxis): SeriesFigures[] {
  const { sheet } = part;
  const { spans } = axis;
  if (sheet.dimensions.length === 0) {
    const values = figuresOverTime(part, metric, axis, null, 1).map(({ value }) => value);
    return [{ ...headOf(metric), name: metric.label, mark: null, values }];
  }
  const { keys, groupOf, rest } = arrange(part, sheet.dimensions);
  const figures = figuresOverTime(part, metric, axis, groupOf, keys.length);
  return keys.map((key, at) => {
    const mark = markOf(part, sheet.dimensions, key, at === rest);
    const own = figures.slice(at * spans.length, (at + 1) * spans.length);
    const name = sheet.metrics.length > 1 ? `${metric.label}: ${mark.name}` : mark.name;
    return { ...headOf(metric), name, mark, values: own.map(({ value }) => value) };
  });
}

const longLabel = ({ from, label }: Bucket): string => (label.length === 10 ? longDay(from) : label);

/** `Backlog went from 41 (2026-04) to 65 (2026-06).` Spans of which the period holds only a part are passed over. */
function movement({ name, values, format }: SeriesFigures, spans: readonly Bucket[], prefix: string): string {
  const whole = spans.flatMap((span, at) =>
    span.partial || values[at] === null ? [] : [{ label: `${prefix}${longLabel(span)}`, value: values[at]! }],
  );
  const [first, last] = [whole[0], whole.at(-1)];
  if (first === undefined || last === undefined || first === last) return "";
  const [from, to] = [figureText(first.value, format), figureText(last.value, format)];
  return from === to
    ? `${name} was ${from} in ${first.label} and in ${last.label}.`
    : `${name} went from ${from} in ${first.label} to ${to} in ${last.label}.`;
}
