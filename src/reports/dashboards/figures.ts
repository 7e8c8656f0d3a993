import type { DateGrain, MetricFormat, SheetKind } from "../../manifest/index.js";

/** A metric's value over some rows, with what it was computed from. */
export interface Figure {
  /** Null where there is nothing to compute it from. */
  value: number | null;
  numerator: number | null;
  /** Null for a metric that is no quotient. */
  denominator: number | null;
  /** How much it rests on: the denominator of a quotient, the values of a percentile, else the rows. */
  n: number;
  /** A quotient or percentile of fewer than 30: say n, and do not make much of it. */
  thin: boolean;
}

/** A metric as it is shown. */
export interface FigureHead {
  metric: string;
  label: string;
  description: string;
  format: MetricFormat;
  good: "up" | "down" | "neutral";
}

/** A card at the top of the page. */
export interface KpiFigures extends FigureHead, Figure {
  target: number | null;
  /** Whether the target is met; null without one, or without a value. */
  status: "met" | "missed" | null;
  /** The same over the period of equal length before; null where the data do not reach back so far. */
  previous: Figure | null;
  /** Value − previous value: of a percentage, in points of a share of 1. */
  delta: number | null;
  trend: "better" | "worse" | "same" | "changed" | null;
  /** At most 90 spans of equal length over the period. */
  sparkline: { from: number; to: number; value: number | null }[];
  beside: (FigureHead & Figure)[];
  /** Fields that are restricted but do not exist for this metric, which therefore counts all their values. */
  unfiltered: string[];
}

/** A column of a table of figures. */
export interface TableColumn {
  name: string;
  label: string;
  /** Of a metric; null for a dimension or a column of the model. */
  format: MetricFormat | null;
  kind: "text" | "number" | "day";
}

/** Figures as a table: what a reader without the picture reads, and what is downloaded. Days are numbers. */
export interface FigureTable {
  columns: TableColumn[];
  rows: (string | number | null)[][];
}

/** A mark that can be clicked: what it stands for, and whether it is chosen (null when nothing in its sheet is). */
export interface Mark {
  values: Record<string, string | number | null>;
  /** What it is called on the page. */
  name: string;
  selected: boolean | null;
}

/** A line or area: one value for each span of the sheet. */
export interface SeriesFigures extends FigureHead {
  /** The metric's label, or the value of the dimension. */
  name: string;
  mark: Mark | null;
  values: (number | null)[];
}

/** What the picture of a sheet shows, by its kind. */
export type SheetPicture =
  | {
      kind: "line" | "area";
      grain: DateGrain;
      spans: { from: number; to: number; label: string; partial: boolean }[];
      /** One grid above the other, on one time axis. */
      panels: { format: MetricFormat; series: SeriesFigures[] }[];
    }
  | {
      kind: "bar";
      head: FigureHead;
      bars: (Mark & { figure: Figure; note: Figure | null })[];
      noteHead: FigureHead | null;
    }
  | {
      kind: "stacked";
      head: FigureHead;
      labels: string[];
      /** Amounts and their shares of the label's whole. */
      parts: (Mark & { amounts: number[]; shares: (number | null)[] })[];
    }
  | { kind: "heatmap"; head: FigureHead; rows: Mark[]; columns: Mark[]; cells: (number | null)[][] }
  | {
      kind: "scatter";
      x: FigureHead;
      y: FigureHead;
      points: (Mark & { x: number; y: number; n: number })[];
      references: { axis: "x" | "y"; value: number; label: string }[];
    }
  | { kind: "table"; marks: Mark[] }
  | { kind: "rows" };

/** A sheet, computed. */
export interface SheetFigures {
  name: string;
  kind: SheetKind;
  title: string;
  description: string;
  /** What there is to see, in a sentence. */
  caption: string;
  /** Rows of the model that are counted; nothing is drawn over none. */
  rows: number;
  unfiltered: string[];
  picture: SheetPicture;
  table: FigureTable;
}

/** All figures of a dashboard for one state. */
export interface DashboardFigures {
  name: string;
  /** The period that is shown, as days' numbers; null without data. */
  period: { from: number; to: number } | null;
  /** The period of equal length before it, where there are data for it. */
  comparison: { from: number; to: number } | null;
  /** What is applied, in words: `1 Apr 2026 to 30 Jun 2026 (91 days); Region: Leeds`. */
  applied: string;
  kpis: KpiFigures[];
  sheets: SheetFigures[];
}
