import { figureText } from "./figure-text.js";
import type { FigureTable, Mark, TableColumn } from "./figures.js";
import { arrange, figuresBy, heading, headOf, markOf, metricOf, type SheetPart } from "./part.js";
import { type Drawn, figuresOverTime, timeAxis } from "./time-sheets.js";

const dimensionColumn = (name: string): TableColumn => ({
  name,
  label: heading(name),
  format: null,
  kind: "text",
});

/** The marks of a sheet, by its dimensions or by the spans of its time axis, with a metric's figures. */
function marksOf(part: SheetPart) {
  const { sheet } = part;
  if (sheet.date_grain !== null && sheet.dimensions.length === 0) {
    const axis = timeAxis(part);
    const marks = axis.spans.map(({ label }): Mark => ({ values: {}, name: label, selected: null }));
    return {
      marks,
      figures: (name: string) => figuresOverTime(part, metricOf(part.spec, name), axis, null, 1),
      column: { ...dimensionColumn("period"), label: heading(axis.grain) },
    };
  }
  const { keys, groupOf, rest } = arrange(part, sheet.dimensions);
  return {
    marks: keys.map((key, at) => markOf(part, sheet.dimensions, key, at === rest)),
    figures: (name: string) => figuresBy(part, metricOf(part.spec, name), groupOf, keys.length),
    column: dimensionColumn(sheet.dimensions[0]!),
  };
}

/** Bars, each with a second figure beside it if the sheet says one. */
export function barSheet(part: SheetPart): Drawn {
  const { sheet, spec } = part;
  const metric = metricOf(spec, sheet.metrics[0]!);
  const note = sheet.label_metric === null ? null : metricOf(spec, sheet.label_metric);
  const { marks, figures, column } = marksOf(part);
  const values = figures(metric.name);
  const notes = note === null ? null : figures(note.name);
  const bars = marks.map((mark, at) => ({ ...mark, figure: values[at]!, note: notes?.[at] ?? null }));
  const known = bars.filter(({ figure }) => figure.value !== null);
  const most = known.toSorted((a, b) => b.figure.value! - a.figure.value!);
  const said = (bar: (typeof bars)[number]) => `${bar.name} (${figureText(bar.figure.value, metric.format)})`;
  return {
    picture: { kind: "bar", head: headOf(metric), bars, noteHead: note === null ? null : headOf(note) },
    table: {
      columns: [
        column,
        { name: metric.name, label: metric.label, format: metric.format, kind: "number" },
        ...(note === null
          ? []
          : [{ name: note.name, label: note.label, format: note.format, kind: "number" as const }]),
      ],
      rows: bars.map((bar) => [bar.name, bar.figure.value, ...(note === null ? [] : [bar.note!.value])]),
    },
    caption:
      most.length > 1
        ? `${metric.label}: most ${said(most[0]!)}, least ${said(most.at(-1)!)}.`
        : most.length === 1
          ? `${metric.label}: ${said(most[0]!)}.`
          : "",
  };
}

/** Parts of wholes: the wholes are spans of time, or the values of the first of two dimensions. */
export function stackedSheet(part: SheetPart): Drawn {
  const { sheet, spec } = part;
  const metric = metricOf(spec, sheet.metrics[0]!);
  const partColumn = sheet.dimensions.at(-1)!;
  const parts = arrange(part, [partColumn]);
  let labels: string[];
  let cells: (number | null)[];
  let column: TableColumn;
  if (sheet.date_grain !== null) {
    const axis = timeAxis(part);
    labels = axis.spans.map(({ label }) => label);
    cells = figuresOverTime(part, metric, axis, parts.groupOf, parts.keys.length).map(({ value }) => value);
    column = { ...dimensionColumn("period"), label: heading(axis.grain) };
  } else {
    const wholes = arrange(part, [sheet.dimensions[0]!], false);
    labels = wholes.keys.map((key) => String(key[0] ?? "–"));
    const groups = parts.keys.length * labels.length;
    const cell = parts.groupOf.map((group, at) =>
      group < 0 ? -1 : group * labels.length + wholes.groupOf[at]!,
    );
    cells = figuresBy(part, metric, cell, groups).map(({ value }) => value);
    column = dimensionColumn(sheet.dimensions[0]!);
  }
  const amountsOf = (at: number) => labels.map((_, label) => cells[at * labels.length + label] ?? 0);
  const totals = labels.map((_, label) => parts.keys.reduce((sum, __, at) => sum + amountsOf(at)[label]!, 0));
  const drawn = parts.keys.map((key, at) => {
    const amounts = amountsOf(at);
    const shares = amounts.map((value, label) => (totals[label] === 0 ? null : value / totals[label]!));
    return { ...markOf(part, [partColumn], key, at === parts.rest), amounts, shares };
  });
  const whole = totals.reduce((sum, value) => sum + value, 0);
  const share = (values: readonly number[]) => (100 * values.reduce((sum, value) => sum + value, 0)) / whole;
  return {
    picture: { kind: "stacked", head: headOf(metric), labels, parts: drawn },
    table: {
      columns: [
        column,
        ...drawn.map(({ name }) => ({
          name,
          label: name,
          format: metric.format,
          kind: "number" as const,
        })),
      ],
      rows: labels.map((label, at) => [label, ...drawn.map(({ amounts }) => amounts[at]!)]),
    },
    caption:
      whole === 0
        ? ""
        : `In all: ${drawn.map(({ name, amounts }) => `${name} ${share(amounts).toFixed(1)} %`).join(", ")}.`,
  };
}

/** A number in each field of a grid. */
export function heatmapSheet(part: SheetPart): Drawn {
  const { sheet, spec } = part;
  const metric = metricOf(spec, sheet.metrics[0]!);
  const [down, across] = sheet.dimensions as [string, string];
  const rows = arrange(part, [down]);
  const columns = arrange(part, [across], false);
  const width = columns.keys.length;
  const cell = rows.groupOf.map((group, at) => (group < 0 ? -1 : group * width + columns.groupOf[at]!));
  const counts = new Int32Array(rows.keys.length * width);
  for (const at of cell) if (at >= 0) counts[at]!++;
  const figures = figuresBy(part, metric, cell, rows.keys.length * width);
  const cells = rows.keys.map((_, row) =>
    columns.keys.map((__, at) => (counts[row * width + at] === 0 ? null : figures[row * width + at]!.value)),
  );
  const rowMarks = rows.keys.map((key, at) => markOf(part, [down], key, at === rows.rest));
  const columnMarks = columns.keys.map((key) => markOf(part, [across], key));
  let best: { row: number; column: number; value: number } | null = null;
  for (const [row, values] of cells.entries())
    for (const [at, value] of values.entries())
      if (value !== null && row !== rows.rest && (best === null || value > best.value))
        best = { row, column: at, value };
  const table: FigureTable = {
    columns: [
      dimensionColumn(down),
      ...columnMarks.map(({ name }) => ({
        name,
        label: name,
        format: metric.format,
        kind: "number" as const,
      })),
    ],
    rows: rowMarks.map(({ name }, row) => [name, ...cells[row]!]),
  };
  return {
    picture: { kind: "heatmap", head: headOf(metric), rows: rowMarks, columns: columnMarks, cells },
    table,
    caption:
      best === null
        ? ""
        : `Most: ${rowMarks[best.row]!.name} and ${columnMarks[best.column]!.name} with ${figureText(best.value, metric.format)}.`,
  };
}
