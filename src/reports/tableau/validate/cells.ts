import type { DateGrain, Row, Sheet, Value } from "../../../manifest/index.js";
import { buckets } from "../../dashboards/days.js";
import { type DashboardSpec, dayNumber, dayText, type SheetFigures } from "../../dashboards/index.js";
import type { SheetQuery } from "./sheet-query.js";

/** Figures by what they are of: values of dimensions and the label of a span, as JSON. */
export interface Cells {
  values: Map<string, Record<string, number | string | null>>;
  /** What stands in which place, where a sheet is of one dimension. */
  order: string[] | null;
  count: number;
}

/** What the site has for a sheet of a file. */
export interface Wanted {
  kind: string;
  /** The cards and sheets of the dashboard that it stands for. */
  parts: string[];
  sheet: Sheet | null;
  cells: Cells;
  metrics: string[];
  grain: DateGrain | null;
}

/** `metric_backlog_week` → `backlog`: the metric that a calculation of the file is called after; null for other fields. */
export function metricOfField(spec: DashboardSpec, field: string): string | null {
  const rest = /^metric_(.*)$/s.exec(field)?.[1];
  if (rest === undefined) return null;
  const names = Object.keys(spec.metrics)
    .filter(
      (name) =>
        rest.startsWith(name) && /^(_(day|week|month|quarter|year))?_*$/.test(rest.slice(name.length)),
    )
    .sort((a, b) => b.length - a.length);
  return names[0] ?? null;
}

const keyOf = (parts: readonly (string | number | null)[]): string =>
  JSON.stringify(parts.map((part) => (part === null ? null : String(part))));

/** The figures of a sheet as the site draws them. */
export function cellsOfSheet(sheet: Sheet, { picture, table }: SheetFigures): Cells {
  const values: Cells["values"] = new Map();
  const put = (parts: readonly (string | number | null)[], metric: string, value: number | null) => {
    const key = keyOf(parts);
    values.set(key, { ...values.get(key), [metric]: value });
  };
  const of = (mark: { values: Record<string, string | number | null>; name: string }) =>
    sheet.dimensions.map((name, at) =>
      name in mark.values ? mark.values[name]! : at === 0 ? mark.name : null,
    );
  let order: string[] | null = null;
  switch (picture.kind) {
    case "line":
    case "area":
      for (const { series } of picture.panels)
        for (const line of series)
          for (const [at, value] of line.values.entries())
            put([...(line.mark === null ? [] : of(line.mark)), picture.spans[at]!.label], line.metric, value);
      break;
    case "bar":
      for (const bar of picture.bars) {
        const key = sheet.date_grain !== null && sheet.dimensions.length === 0 ? [bar.name] : of(bar);
        put(key, sheet.metrics[0]!, bar.figure.value);
        if (bar.note !== null) put(key, sheet.label_metric!, bar.note.value);
      }
      order = sheet.dimensions.length === 1 ? picture.bars.map((bar) => keyOf(of(bar))) : null;
      break;
    case "stacked":
      for (const part of picture.parts)
        for (const [at, amount] of part.amounts.entries()) {
          const own = part.values[sheet.dimensions.at(-1)!] ?? part.name;
          const label = picture.labels[at]!;
          put(
            sheet.date_grain === null && sheet.dimensions.length === 2 ? [label, own] : [own, label],
            sheet.metrics[0]!,
            amount,
          );
        }
      break;
    case "heatmap":
      for (const [row, cells] of picture.cells.entries())
        for (const [at, value] of cells.entries()) {
          const [down, across] = sheet.dimensions as [string, string];
          put(
            [
              picture.rows[row]!.values[down] ?? picture.rows[row]!.name,
              picture.columns[at]!.values[across] ?? null,
            ],
            sheet.metrics[0]!,
            value,
          );
        }
      break;
    case "scatter":
      for (const point of picture.points) {
        put(of(point), sheet.metrics[0]!, point.x);
        put(of(point), sheet.metrics[1]!, point.y);
      }
      break;
    case "table":
      for (const [at, row] of table.rows.entries())
        for (const [n, metric] of sheet.metrics.entries())
          put(of(picture.marks[at]!), metric, row[sheet.dimensions.length + n] as number | null);
      order = sheet.dimensions.length === 1 ? picture.marks.map((mark) => keyOf(of(mark))) : null;
      break;
    case "rows":
      for (const row of table.rows)
        values.set(
          keyOf(
            row.map((value, at) =>
              table.columns[at]!.kind === "day" && value !== null ? dayText(Number(value)) : normal(value),
            ),
          ),
          { row: 1 },
        );
      break;
  }
  return {
    values,
    order,
    count: [...values.values()].reduce((sum, cell) => sum + Object.keys(cell).length, 0),
  };
}

/** The rows of a sheet's query in the same form. */
export function cellsOfRows(
  query: SheetQuery,
  rows: readonly Row[],
  wanted: Wanted,
  spec: DashboardSpec,
): Cells {
  const values: Cells["values"] = new Map();
  const order: string[] = [];
  const { sheet } = wanted;
  const place = (name: string) =>
    query.columns.findIndex(
      ({ field, role, trunc }) => field === name && role === "dimension" && trunc === null,
    );
  const dimensions = (
    sheet?.kind === "rows" ? sheet.columns.map(({ name }) => name) : (sheet?.dimensions ?? [])
  ).map((name) => {
    const own = place(name);
    return own >= 0
      ? own
      : query.columns.findIndex(({ field, role }) => role === "dimension" && field.startsWith("shown_"));
  });
  const span = query.columns.findIndex(({ trunc }) => trunc !== null);
  for (const row of rows) {
    const given = Object.values(row) as Value[];
    const parts = dimensions.map((at) => (at < 0 ? null : normal(given[at] ?? null)));
    if (span >= 0 && wanted.grain !== null) parts.push(labelOf(wanted.grain, given[span] ?? null));
    const key = keyOf(parts);
    const cell: Record<string, number | string | null> = values.get(key) ?? {};
    if (sheet?.kind === "rows") cell.row = 1;
    for (const [at, { field, role }] of query.columns.entries()) {
      const metric = role === "measure" ? metricOfField(spec, field) : null;
      if (metric !== null) cell[metric] = given[at] == null ? null : Number(given[at]);
    }
    // A mark without one of its two figures has no place on the plane.
    if (sheet?.kind === "scatter" && wanted.metrics.some((metric) => cell[metric] == null)) continue;
    values.set(key, cell);
    order.push(key);
  }
  return {
    values,
    order: sheet?.dimensions.length === 1 && wanted.grain === null ? order : null,
    count: order.length,
  };
}

function labelOf(grain: DateGrain, value: Value): string | null {
  if (value === null) return null;
  const day = dayNumber(String(value));
  return buckets(grain, day, day)[0]!.label;
}

/** Values as text that is the same wherever they come from: numbers by their value, however many zeros an engine writes. */
function normal(value: Value): string | number | null {
  if (value === null) return null;
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  const text = String(value);
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
