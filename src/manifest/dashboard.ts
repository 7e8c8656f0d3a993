import type { RowsWhere } from "./metric.js";

/** How a sheet is drawn. `stacked` shows shares of 100 %, `table` figures by dimension, `rows` the rows themselves. */
export const SHEET_KINDS = ["line", "area", "bar", "stacked", "heatmap", "scatter", "table", "rows"] as const;

/** One of them. */
export type SheetKind = (typeof SHEET_KINDS)[number];

/** Lengths of time into which a time axis can be cut; weeks begin on Monday. */
export const DATE_GRAINS = ["day", "week", "month", "quarter", "year"] as const;

/** One of them. */
export type DateGrain = (typeof DATE_GRAINS)[number];

/** What readers can restrict a dashboard to. */
export type DashboardFilter =
  /** The metrics' own dates. The default is all days, the last so many, or those since the year began. */
  | { kind: "date_range"; label: string; default: "all" | "year_to_date" | { days: number } }
  /** Values of a column; sheets on a model without the column stay as they are and say so. */
  | { kind: "choice"; label: string; field: string };

/** A figure at the top of the page, with others that say more about it. */
export interface Kpi {
  metric: string;
  beside: string[];
}

/** A line across a chart: a statistic over its marks, or a value. */
export interface ReferenceLine {
  /** The metric whose axis it crosses. */
  metric: string;
  at: "median" | "mean" | number;
  label: string;
}

/** A chart or table. Its metrics are computed from one model, whose columns are its dimensions. */
export interface Sheet {
  name: string;
  title: string;
  description: string;
  kind: SheetKind;
  /** Unique id and name of the model. */
  model: string;
  model_name: string;
  /** The column that says when a row counts; null for none. */
  date: string | null;
  /** What is drawn: several lines or columns; of a scatter the first goes across and the second up. */
  metrics: string[];
  /** Line and area: metrics on a grid of their own below, on the same time axis. */
  below: string[];
  /** Bars: a metric that is written beside each. */
  label_metric: string | null;
  /** Of a line, area or stacked sheet with a date grain: the series; of a heatmap first rows, then columns; else what a mark stands for. */
  dimensions: string[];
  /** The time axis; `auto` goes by the length of the period; null for none. */
  date_grain: DateGrain | "auto" | null;
  where: RowsWhere[];
  /** By a metric, a dimension, or another column of the model (by its least value in each group). */
  sort: { by: string; direction: "asc" | "desc" } | null;
  /** Only so many marks, by `sort`; with `rest`, the others together as one more. */
  top: number | null;
  rest: boolean;
  /** Marks with fewer rows behind them are left out. */
  n_min: number;
  reference_lines: ReferenceLine[];
  /** Rows: the columns that are shown, and how they are headed. */
  columns: { name: string; label: string }[];
}

/** A page of figures from declared metrics, for the site and for Tableau. Its unique id is its exposure's. */
export interface Dashboard {
  unique_id: string;
  name: string;
  title: string;
  /** The one question that it answers. */
  question: string;
  description: string;
  filters: DashboardFilter[];
  kpis: Kpi[];
  sheets: Sheet[];
  /** Rows from top to bottom, each of twelve columns. */
  layout: { sheet: string; width: number }[][];
}
