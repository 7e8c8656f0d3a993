import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from "echarts";
import type { CalibrationChart } from "../../../manifest/index.js";
import { numberText } from "../number-text.js";
import {
  ICONS,
  MARGIN,
  NAME_ABOVE,
  NAME_BELOW,
  type Plot,
  type PlotOption,
  STILL,
  valueAxis,
} from "../plot.js";
import { FONT_FAMILY } from "../typeface.js";

/** Of the plot's height, for the number of cases below. */
const COUNTS = 0.22;
const GAP = 44;
const COLUMN = 14;

/** Observed against predicted shares with the diagonal, and below it how many cases each point stands for. */
export function calibration(chart: CalibrationChart, plot: Plot): PlotOption {
  const { theme } = plot;
  const { groups } = chart;
  const height = plot.size.height - plot.top - plot.bottom - 48;
  const counts = COUNTS * (height - GAP);
  const most = Math.max(
    ...groups.flatMap(({ predicted, observed, high }) => [predicted, observed, high ?? 0]),
  );
  const step = most > 0.5 ? 0.2 : most > 0.2 ? 0.1 : 0.05;
  const max = Math.min(1, Math.ceil(most / step - 1e-9) * step);
  const side = { left: MARGIN + 46, right: MARGIN + 12, outerBoundsMode: "none" };
  const above = { color: theme.quietText, fontSize: 12, align: "left", padding: [0, 0, 0, -46] };
  const shares = { min: 0, max, interval: step };
  return {
    legend: [
      { name: "Groups of predictions", icon: ICONS.dot },
      { name: "Perfectly calibrated", icon: ICONS.thin },
    ],
    grid: [
      { ...side, top: plot.top, height: height - GAP - counts },
      { ...side, top: plot.top + height - counts, height: counts },
    ],
    xAxis: [
      valueAxis(
        plot,
        { ...chart.predicted, name: "" },
        { ...shares, gridIndex: 0, axisLabel: { show: false } },
      ),
      valueAxis(plot, chart.predicted, {
        ...NAME_BELOW,
        ...shares,
        gridIndex: 1,
        splitLine: { show: false },
      }),
    ],
    yAxis: [
      valueAxis(plot, chart.observed, { ...NAME_ABOVE, ...shares, gridIndex: 0, nameTextStyle: above }),
      valueAxis(
        plot,
        { name: "Cases" },
        { ...NAME_ABOVE, gridIndex: 1, splitNumber: 2, nameTextStyle: above },
      ),
    ],
    series: [
      {
        ...STILL,
        type: "line",
        name: "Perfectly calibrated",
        color: theme.quietText,
        lineStyle: { color: theme.quietText, width: 1.25, type: [5, 4] },
        showSymbol: false,
        data: [
          [0, 0],
          [max, max],
        ],
      },
      {
        ...STILL,
        type: "custom",
        color: theme.tones.accent,
        data: groups.flatMap(({ predicted, low, high }) =>
          low === undefined || high === undefined ? [] : [[predicted, low, high]],
        ),
        encode: { x: 0, y: [1, 2] },
        renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
          interval(api, theme.tones.accent),
      },
      {
        ...STILL,
        type: "line",
        name: "Groups of predictions",
        color: theme.tones.accent,
        lineStyle: { color: theme.tones.accent, width: 1.5 },
        symbol: "circle",
        symbolSize: 8,
        data: groups.map(({ predicted, observed }) => [predicted, observed]),
      },
      // Bars on an axis of numbers would widen it: the two panels must have the same.
      {
        ...STILL,
        type: "custom",
        xAxisIndex: 1,
        yAxisIndex: 1,
        data: groups.map(({ predicted, n }) => [predicted, n]),
        encode: { x: 0, y: 1 },
        renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
          column(api, groups.length <= 12, plot),
      },
    ],
  } as PlotOption;
}

function interval(api: CustomSeriesRenderItemAPI, stroke: string): object {
  const [x, low] = api.coord([api.value(0), api.value(1)]) as [number, number];
  const [, high] = api.coord([api.value(0), api.value(2)]) as [number, number];
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: "line",
    shape: { x1, y1, x2, y2 },
    style: { stroke, lineWidth: 1.25, fill: "none" },
  });
  return {
    type: "group",
    children: [line(x, low, x, high), line(x - 4, low, x + 4, low), line(x - 4, high, x + 4, high)],
  };
}

function column(api: CustomSeriesRenderItemAPI, labelled: boolean, { theme }: Plot): object {
  const [x, top] = api.coord([api.value(0), api.value(1)]) as [number, number];
  const [, bottom] = api.coord([api.value(0), 0]) as [number, number];
  return {
    type: "group",
    children: [
      {
        type: "rect",
        shape: { x: x - COLUMN / 2, y: top, width: COLUMN, height: bottom - top },
        style: { fill: theme.tones.muted },
      },
      ...(labelled
        ? [
            {
              type: "text",
              style: {
                text: numberText(api.value(1) as number),
                x,
                y: top - 3,
                fill: theme.text,
                fontSize: 10.5,
                fontFamily: FONT_FAMILY,
                align: "center",
                verticalAlign: "bottom",
              },
            },
          ]
        : []),
    ],
  };
}
