import type { MetricNode, ReferenceLine } from "../../manifest/index.js";
import { valueAt } from "./data.js";
import { percentile } from "./evaluate.js";
import { figureText } from "./figure-text.js";
import type { TableColumn } from "./figures.js";
import { compareValues } from "./groups.js";
import { arrange, figuresBy, heading, headOf, markOf, metricOf, rowsOf, type SheetPart } from "./part.js";
import type { Drawn } from "./time-sheets.js";

const metricColumn = ({ name, label, format }: MetricNode): TableColumn => ({
  name,
  label,
  format,
  kind: "number",
});

/** Things by two figures; those that lack one of them have no place. */
export function scatterSheet(part: SheetPart): Drawn {
  const { sheet, spec } = part;
  const [x, y] = sheet.metrics.map((name) => metricOf(spec, name)) as [MetricNode, MetricNode];
  const { keys, groupOf, rest } = arrange(part, sheet.dimensions);
  const [across, up] = [x, y].map((metric) => figuresBy(part, metric, groupOf, keys.length)) as [
    ReturnType<typeof figuresBy>,
    ReturnType<typeof figuresBy>,
  ];
  const entriesOf = keys.map((): number[] => []);
  for (let at = 0; at < groupOf.length; at++)
    if (groupOf[at]! >= 0) entriesOf[groupOf[at]!]!.push(part.entries[at]!);
  const points = keys.flatMap((key, at) => {
    const [right, height] = [across[at]!.value, up[at]!.value];
    if (right === null || height === null) return [];
    const n = rowsOf(part.table, entriesOf[at]!);
    return [{ ...markOf(part, sheet.dimensions, key, at === rest), x: right, y: height, n }];
  });
  const references = sheet.reference_lines.flatMap((line) => {
    const axis = line.metric === x.name ? ("x" as const) : ("y" as const);
    const value = lineValue(
      line,
      points.map((point) => point[axis]),
    );
    return value === null ? [] : [{ axis, value, label: line.label }];
  });
  const middle = (axis: "x" | "y") =>
    percentile(
      points.map((point) => ({ value: point[axis], weight: 1 })),
      0.5,
    );
  return {
    picture: { kind: "scatter", x: headOf(x), y: headOf(y), points, references },
    table: {
      columns: [
        { name: sheet.dimensions[0]!, label: heading(sheet.dimensions[0]!), format: null, kind: "text" },
        metricColumn(x),
        metricColumn(y),
      ],
      rows: points.map((point) => [point.name, point.x, point.y]),
    },
    caption:
      points.length === 0
        ? ""
        : `${points.length} marks; in the middle ${x.label.toLowerCase()} ${figureText(middle("x"), x.format)}, ` +
          `${y.label.toLowerCase()} ${figureText(middle("y"), y.format)}.`,
  };
}

function lineValue({ at }: ReferenceLine, values: readonly number[]): number | null {
  if (typeof at === "number") return at;
  if (values.length === 0) return null;
  if (at === "mean") return values.reduce((sum, value) => sum + value, 0) / values.length;
  return percentile(
    values.map((value) => ({ value, weight: 1 })),
    0.5,
  );
}

/** Figures by dimension, as a table. */
export function tableSheet(part: SheetPart): Drawn {
  const { sheet, spec } = part;
  const { keys, groupOf, rest } = arrange(part, sheet.dimensions);
  const metrics = sheet.metrics.map((name) => metricOf(spec, name));
  const figures = metrics.map((metric) => figuresBy(part, metric, groupOf, keys.length));
  return {
    picture: {
      kind: "table",
      marks: keys.map((key, at) => markOf(part, sheet.dimensions, key, at === rest)),
    },
    table: {
      columns: [
        ...sheet.dimensions.map((name) => ({
          name,
          label: heading(name),
          format: null,
          kind: "text" as const,
        })),
        ...metrics.map(metricColumn),
      ],
      rows: keys.map((key, at) => [...key, ...figures.map((values) => values[at]!.value)]),
    },
    caption: `${keys.length} ${keys.length === 1 ? "row" : "rows"}.`,
  };
}

/** The rows of a model themselves. */
export function rowsSheet(part: SheetPart): Drawn {
  const { sheet, table, entries } = part;
  const sort = sheet.sort;
  const by = sort === null ? undefined : table.columns[sort.by];
  const sign = sort?.direction === "desc" ? -1 : 1;
  const sorted =
    by === undefined
      ? entries
      : [...entries].sort((a, b) => sign * compareValues(valueAt(by, a), valueAt(by, b)) || a - b);
  const shown = sheet.top === null ? sorted : sorted.slice(0, sheet.top);
  return {
    picture: { kind: "rows" },
    table: {
      columns: sheet.columns.map(({ name, label }) => ({
        name,
        label,
        format: null,
        kind: table.columns[name]?.kind ?? "text",
      })),
      rows: shown.map((entry) =>
        sheet.columns.map(({ name }) => {
          const column = table.columns[name];
          return column === undefined ? null : valueAt(column, entry);
        }),
      ),
    },
    caption:
      shown.length < entries.length
        ? `The first ${shown.length} of ${entries.length} rows.`
        : `${shown.length} ${shown.length === 1 ? "row" : "rows"}.`,
  };
}
