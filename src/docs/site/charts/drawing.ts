import type { EChartsOption } from "echarts";
import { type figureText, type Mark, numberText, type Theme } from "../../../reports/index.js";

type Format = Parameters<typeof figureText>[1];

/** What was pointed at: a mark or two of a sheet, or a span of its time axis. */
export type Pointed = { marks: readonly Mark[] } | { span: number };

/** What stands in the box beside the pointer. */
export interface Tip {
  title: string;
  lines: { label: string; text: string; colour?: string }[];
}

/** Where a picture is drawn. */
export interface Canvas {
  theme: Theme;
  /** Colour of the card behind it. */
  ground: string;
  /** Pixels. */
  width: number;
}

/** A sheet's picture, ready for ECharts. */
export interface Drawing {
  option: EChartsOption;
  height: number;
  /** Below this width the picture scrolls within its frame. */
  minWidth?: number;
  tip(params: { seriesIndex: number; dataIndex: number }): Tip | null;
  /** What a click on a mark means; null for nothing. */
  pointed(params: { seriesIndex: number; dataIndex: number }): Pointed | null;
  /** Whether a click anywhere in the plot counts as one on the axis' nearest span. */
  wholeColumns?: boolean;
  /** What the colours stand for, where the picture does not say so itself. */
  legend: { name: string; colour: string; shape: "line" | "area" | "bar" }[];
}

/** Typeface of the page, by which ECharts measures. */
export const FONT =
  'Inter, ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

const FADED = 0.25;

/** How strongly a mark is drawn: what is not chosen steps back once something is. */
export function strength({ selected }: Pick<Mark, "selected">): number {
  return selected === false ? FADED : 1;
}

/** What all pictures have in common. */
export function base({ theme }: Canvas): EChartsOption {
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 250,
    animationDurationUpdate: 250,
    useUTC: true,
    backgroundColor: "transparent",
    textStyle: { fontFamily: FONT, color: theme.text },
  };
}

const SUFFIX: Record<Format["kind"], string> = {
  number: "",
  percent: " %",
  hours: " h",
  minutes: " min",
  currency: "",
};

/** A number on an axis: no more decimals than it needs. */
export function axisText(value: number, { kind, currency }: Format): string {
  const shown = Number((kind === "percent" ? 100 * value : value).toPrecision(6));
  const decimals = Math.min(3, String(shown).split(".")[1]?.length ?? 0);
  return `${numberText(shown, decimals)}${currency === undefined ? SUFFIX[kind] : ` ${currency}`}`;
}

/** An axis of numbers. */
export function valueAxis({ theme }: Canvas, format: Format, more: object = {}): object {
  return {
    type: "value",
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: theme.quietText,
      fontSize: 11.5,
      hideOverlap: true,
      formatter: (value: number) => axisText(value, format),
    },
    splitLine: { lineStyle: { color: theme.gridline } },
    splitNumber: 4,
    ...more,
  };
}

/** An axis of names. */
export function nameAxis({ theme }: Canvas, data: readonly string[], more: object = {}): object {
  const { axisLabel, ...others } = more as { axisLabel?: object };
  return {
    type: "category",
    data: [...data],
    axisLine: { lineStyle: { color: theme.axis } },
    axisTick: { show: false },
    axisLabel: { color: theme.text, fontSize: 12, interval: 0, overflow: "truncate", ...axisLabel },
    ...others,
  };
}
