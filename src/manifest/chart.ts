import type { Tone } from "./palette.js";

/** How a number is written: 1,234.5 h, or 81.3 % of a share from 0 to 1. */
export interface NumberFormat {
  /** Digits after the point; 0 when absent. */
  decimals?: number;
  /** The numbers are shares from 0 to 1, written in per cent. */
  percent?: boolean;
  /** Written after the number. */
  unit?: string;
}

/** What an axis measures: a name that holds the unit, and how its numbers are written. */
export interface Measure {
  name: string;
  format?: NumberFormat;
}

/** What every chart says of itself. */
export interface ChartFrame {
  title: string;
  /** Period, filter and number of cases. */
  subtitle: string;
  /** Where the figures come from. */
  source?: string;
  /** What there is to see, in words, for whoever does not see it. */
  description: string;
}

/** Causes by their share, from the largest, with the share that they make up together. */
export interface ParetoChart extends ChartFrame {
  kind: "pareto";
  /** What a bar stands for. */
  category: string;
  /** What is shared out. */
  value: Measure;
  /** In falling order of value; shares are from 0 to 1. */
  bars: readonly { name: string; value: number; share: number; cumulative: number }[];
  /** A line at this cumulative share, and how many bars it takes to reach it. */
  mark?: { share: number; bars: number; text: string };
}

/** A number in each field of a grid, the larger the darker. */
export interface HeatmapChart extends ChartFrame {
  kind: "heatmap";
  x: { name: string; labels: readonly string[] };
  y: { name: string; labels: readonly string[] };
  value: Measure;
  /** One row for each label of y, from the top; nothing is drawn for null. */
  cells: readonly (readonly (number | null)[])[];
}

/** One line of a chart over time. */
export interface Series {
  name: string;
  /** One for each day of x. */
  values: readonly (number | null)[];
  tone?: Tone;
  /** Thin for single values, bold for what they say together, area for a stock. */
  weight?: "thin" | "bold" | "area";
}

/** Lines over days; a second panel stands below the first on the same days. */
export interface LineChart extends ChartFrame {
  kind: "line";
  /** Days as `YYYY-MM-DD`, without gaps. */
  days: readonly string[];
  panels: readonly { value: Measure; series: readonly Series[] }[];
  /** The first day that is not over yet: lines are dashed from there. */
  unfinishedFrom?: string;
}

/** Bars in falling order with a second and a third figure on a whisker, for quantities of which the mean says too little. */
export interface WhiskerChart extends ChartFrame {
  kind: "whisker";
  category: string;
  value: Measure;
  /** What the bar, the dot and the end of the whisker are; `short` heads the column of ends. */
  names: { bar: string; dot: string; end: string; short?: string };
  rows: readonly { name: string; bar: number; dot: number; end: number; n: number }[];
  /** A line for the whole. */
  reference?: { value: number; text: string };
}

/** Bars, lying so that names are read with ease. */
export interface BarChart extends ChartFrame {
  kind: "bars";
  category: string;
  value: Measure;
  /** In the order in which they stand, from the top; a note stands behind the value. */
  bars: readonly { name: string; value: number; tone?: Tone; note?: string }[];
  reference?: { value: number; text: string };
}

/** Things by two measures. */
export interface ScatterChart extends ChartFrame {
  kind: "scatter";
  x: Measure;
  y: Measure;
  points: readonly { name: string; x: number; y: number; tone?: Tone; labelled?: boolean }[];
  references?: readonly { axis: "x" | "y"; value: number; text: string }[];
}

/** What wholes are made of, each as 100 %. */
export interface StackedChart extends ChartFrame {
  kind: "stacked";
  category: string;
  labels: readonly string[];
  value: Measure;
  /** Absolute values, one for each label. */
  parts: readonly { name: string; values: readonly number[] }[];
}

/** Predicted against observed shares: on the diagonal, predictions mean what they say. */
export interface CalibrationChart extends ChartFrame {
  kind: "calibration";
  predicted: Measure;
  observed: Measure;
  /** Cases are grouped by prediction; low and high bound what chance allows. */
  groups: readonly { predicted: number; observed: number; n: number; low?: number; high?: number }[];
}

/** A chart as a plain value: what to show, not how. */
export type Chart =
  | ParetoChart
  | HeatmapChart
  | LineChart
  | WhiskerChart
  | BarChart
  | ScatterChart
  | StackedChart
  | CalibrationChart;

/** Width and height of a picture in CSS pixels. */
export interface ChartSize {
  width: number;
  height: number;
}

/** A chart as files. */
export interface ChartPictures {
  svg: string;
  png: Uint8Array;
  /** Characters that the PNG does not show, as no typeface of the package has them. */
  missing: string[];
}

/** Draws a chart. */
export type DrawChart = (chart: Chart, size: ChartSize, name: string) => Promise<ChartPictures>;
