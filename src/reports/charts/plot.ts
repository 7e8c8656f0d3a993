import type { EChartsOption } from "echarts";
import type { ChartSize, Measure } from "../../manifest/index.js";
import { axisText } from "./number-text.js";
import type { Theme } from "./theme.js";
import { textWidth } from "./typeface.js";

/** Where a chart is drawn: its colours and the room that the heading leaves. */
export interface Plot {
  theme: Theme;
  size: ChartSize;
  /** Pixels kept free above and below the plot, its axis names included. */
  top: number;
  bottom: number;
}

/** What one kind of chart adds to the frame; `legend` names what stands in it, in order. */
export type PlotOption = Pick<EChartsOption, "grid" | "xAxis" | "yAxis" | "series" | "graphic"> & {
  legend?: readonly LegendItem[];
};

/** An entry of the legend: the series of this name, by the mark that it is drawn with. */
export interface LegendItem {
  name: string;
  icon: string;
}

/** Space between the picture's edge and all that is in it. */
export const MARGIN = 28;

/** Readers of an SVG may have a wider typeface than ours. */
const SLACK = 1.06;

/** Legend marks. */
export const ICONS = {
  bar: "rect",
  dot: "circle",
  line: "path://M0,4 L24,4 L24,7 L0,7 Z",
  thin: "path://M0,5 L24,5 L24,6 L0,6 Z",
  whisker: "path://M0,5 L22,5 L22,0 L24,0 L24,11 L22,11 L22,6 L0,6 Z",
} as const;

/** The usual place of a plot. */
export function grid({ top, bottom }: Plot, more: object = {}): object {
  return {
    left: MARGIN,
    right: MARGIN,
    top: top - 24,
    bottom,
    outerBoundsMode: "same",
    outerBoundsContain: "all",
    ...more,
  };
}

/** An axis of numbers. */
export function valueAxis({ theme }: Plot, { name, format }: Measure, more: object = {}): object {
  return {
    type: "value",
    name,
    nameTextStyle: { color: theme.quietText, fontSize: 12 },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: theme.quietText,
      fontSize: 12,
      formatter: (value: number) => axisText(value, format),
    },
    splitLine: { lineStyle: { color: theme.gridline } },
    ...more,
  };
}

/** The name of an upright axis: above it, so that it is read without turning the head. */
export const NAME_ABOVE = { nameLocation: "end", nameGap: 14 } as const;

/** The name of a lying axis: below its labels. */
export const NAME_BELOW = { nameLocation: "middle", nameGap: 30 } as const;

/** An axis of names. */
export function categoryAxis({ theme }: Plot, data: readonly string[], more: object = {}): object {
  const { axisLabel, ...others } = more as { axisLabel?: object };
  return {
    type: "category",
    data: [...data],
    nameTextStyle: { color: theme.quietText, fontSize: 12 },
    axisLine: { lineStyle: { color: theme.axis } },
    axisTick: { show: false },
    axisLabel: { color: theme.text, fontSize: 12, interval: 0, overflow: "truncate", ...axisLabel },
    ...others,
  };
}

/** The figures behind lying bars, in columns under their headings on the right of the plot. */
export function figureColumns(
  plot: Plot,
  headings: readonly string[],
  cells: readonly (readonly string[])[],
  fontSize: number,
): object {
  const rich = Object.fromEntries(
    headings.map((heading, at) => {
      const texts = [heading, ...cells.map((row) => row[at]!)];
      const width = Math.max(...texts.map((text) => textWidth(text, `${fontSize}px`)));
      return [`c${at}`, { width: Math.ceil(width * SLACK) + 14, align: "right" }];
    }),
  );
  const line = (texts: readonly string[]) =>
    texts.map((text, at) => `{c${at}|${text.replace(/[{}|]/g, " ")}}`).join("");
  return categoryAxis(plot, cells.map(line), {
    inverse: true,
    position: "right",
    axisLine: { show: false },
    axisLabel: { rich, fontSize, overflow: "none", margin: 4 },
    name: line(headings),
    nameLocation: "start",
    nameGap: 12,
    nameTextStyle: {
      rich,
      color: plot.theme.quietText,
      fontSize: 12,
      align: "left",
      padding: [0, 0, 0, 4],
    },
  });
}

/** A dashed line across the plot, with its words. */
export function markLine(
  { theme }: Plot,
  lines: readonly { axis: "x" | "y"; value: number; text: string }[],
  /** Whether the first row stands at the top, so that upright lines start there. */
  inverse = false,
): object {
  return {
    silent: true,
    symbol: "none",
    animation: false,
    lineStyle: { color: theme.text, width: 1.25, type: [5, 4] },
    data: lines.map(({ axis, value, text }) => ({
      [axis === "x" ? "xAxis" : "yAxis"]: value,
      label: {
        formatter: () => text,
        color: theme.text,
        fontSize: 12,
        position: axis === "y" ? "insideEndTop" : inverse ? "start" : "end",
        rotate: 0,
      },
    })),
  };
}

/** The same series option for all: no animation, nothing that reacts to a mouse that is not there. */
export const STILL = { silent: true, animation: false, emphasis: { disabled: true } } as const;
