import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from "echarts";
import type { HeatmapChart } from "../../../manifest/index.js";
import { numberText } from "../number-text.js";
import { categoryAxis, grid, MARGIN, NAME_BELOW, type Plot, type PlotOption, STILL } from "../plot.js";
import { inkOn, type Theme } from "../theme.js";
import { FONT_FAMILY, textWidth } from "../typeface.js";

/** Half the space between two fields. */
const BORDER = 1.25;
const SWATCH = { width: 30, height: 11 };

/** Fields in steps of one hue with their number in them; the steps are explained above. */
export function heatmap(chart: HeatmapChart, plot: Plot): PlotOption {
  const most = Math.max(0, ...chart.cells.flat().map((value) => value ?? 0));
  const xLabels = chart.x.labels;
  return {
    graphic: ramp(chart, plot, most),
    grid: grid(plot, { top: plot.top - 8 }),
    xAxis: categoryAxis(plot, xLabels, {
      name: chart.x.name,
      ...NAME_BELOW,
      axisLine: { show: false },
      axisLabel: { rotate: xLabels.some((label) => label.length > 8) ? 42 : 0, width: 120 },
    }),
    yAxis: categoryAxis(plot, chart.y.labels, {
      inverse: true,
      axisLine: { show: false },
      axisLabel: { width: 170 },
    }),
    series: [
      {
        ...STILL,
        type: "custom",
        name: chart.value.name,
        data: chart.cells.flatMap((row, y) =>
          row.flatMap((value, x) => (value === null || value === 0 ? [] : [[x, y, value]])),
        ),
        encode: { x: 0, y: 1 },
        renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
          field(api, chart, plot, most),
      },
    ],
  } as PlotOption;
}

function colourOf(value: number, most: number, { ramp: steps }: Theme): string {
  const step = Math.ceil((value / most) * steps.length) - 1;
  return steps[Math.min(steps.length - 1, Math.max(0, step))]!;
}

function field(api: CustomSeriesRenderItemAPI, chart: HeatmapChart, { theme }: Plot, most: number): object {
  const value = api.value(2) as number;
  const [x, y] = api.coord([api.value(0), api.value(1)]) as [number, number];
  const [width, height] = api.size!([1, 1]) as [number, number];
  const fill = colourOf(value, most, theme);
  return {
    type: "group",
    children: [
      {
        type: "rect",
        shape: {
          x: x - width / 2 + BORDER,
          y: y - height / 2 + BORDER,
          width: width - 2 * BORDER,
          height: height - 2 * BORDER,
          r: 2,
        },
        style: { fill },
      },
      {
        type: "text",
        style: {
          text: numberText(value, chart.value.format),
          x,
          y,
          fill: inkOn(fill),
          fontSize: chart.x.labels.length > 16 ? 11 : 12.5,
          fontFamily: FONT_FAMILY,
          align: "center",
          verticalAlign: "middle",
        },
      },
    ],
  };
}

/** What the steps stand for: 0 to the largest number. */
function ramp(chart: HeatmapChart, { theme }: Plot, most: number): object[] {
  if (most === 0) return [];
  const words = { fontSize: 12.5, fontFamily: FONT_FAMILY, fill: theme.text };
  const text = (x: number, value: string) => ({
    type: "text",
    left: x,
    top: 84,
    silent: true,
    style: { ...words, text: value },
  });
  const names = [chart.value.name, numberText(0, chart.value.format)];
  const start = MARGIN + textWidth(chart.value.name, "12.5px") + 34;
  return [
    text(MARGIN, names[0]!),
    text(start - 14, names[1]!),
    ...theme.ramp.map((fill, step) => ({
      type: "rect",
      silent: true,
      shape: { x: start + step * SWATCH.width, y: 86, ...SWATCH },
      style: { fill },
    })),
    text(start + theme.ramp.length * SWATCH.width + 8, numberText(most, chart.value.format)),
  ];
}
