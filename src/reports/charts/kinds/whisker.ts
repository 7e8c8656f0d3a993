import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from "echarts";
import type { WhiskerChart } from "../../../manifest/index.js";
import { numberText } from "../number-text.js";
import {
  categoryAxis,
  figureColumns,
  grid,
  ICONS,
  markLine,
  NAME_BELOW,
  type Plot,
  type PlotOption,
  STILL,
  valueAxis,
} from "../plot.js";

/** Lying bars with a whisker from the dot to the end, and all figures in columns on the right. */
export function whisker(chart: WhiskerChart, plot: Plot): PlotOption {
  const { theme } = plot;
  const { names, rows, value } = chart;
  const format = { ...value.format };
  delete format.unit;
  const columns = [names.bar, names.dot, names.short ?? names.end, "n"];
  const cells = rows.map((row) => [
    numberText(row.bar, format),
    numberText(row.dot, format),
    numberText(row.end, format),
    numberText(row.n),
  ]);
  const fontSize = rows.length > 16 ? 11.5 : 12.5;
  return {
    legend: [
      { name: names.bar, icon: ICONS.bar },
      { name: names.dot, icon: ICONS.dot },
      { name: names.end, icon: ICONS.whisker },
    ],
    grid: grid(plot),
    xAxis: valueAxis(plot, value, { ...NAME_BELOW, min: 0 }),
    yAxis: [
      categoryAxis(
        plot,
        rows.map(({ name }) => name),
        { inverse: true, axisLabel: { width: 180, fontSize } },
      ),
      figureColumns(plot, columns, cells, fontSize),
    ],
    series: [
      {
        ...STILL,
        type: "bar",
        name: names.bar,
        color: theme.ramp[4],
        barCategoryGap: "36%",
        barMaxWidth: 40,
        data: rows.map(({ bar }) => bar),
        ...(chart.reference !== undefined && {
          markLine: markLine(plot, [{ axis: "x", ...chart.reference }], true),
        }),
      },
      // Two entries of the legend, one drawing.
      { ...STILL, type: "scatter", name: names.dot, color: theme.text, itemStyle: { opacity: 1 }, data: [] },
      {
        ...STILL,
        type: "custom",
        name: names.end,
        color: theme.text,
        clip: true,
        z: 5,
        data: rows.map(({ dot, end }, index) => [dot, end, index]),
        encode: { x: [0, 1], y: 2 },
        renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
          drawWhisker(api, theme.text, theme.page, rows.length > 16 ? 3.5 : 4.5),
      },
    ],
  } as PlotOption;
}

function drawWhisker(api: CustomSeriesRenderItemAPI, colour: string, page: string, radius: number): object {
  const row = api.value(2);
  const [from, y] = api.coord([api.value(0), row]) as [number, number];
  const [to] = api.coord([api.value(1), row]) as [number, number];
  const style = { stroke: colour, lineWidth: 1.5, fill: "none" };
  const stroke = (x1: number, y1: number, x2: number, y2: number) => ({
    type: "line",
    shape: { x1, y1, x2, y2 },
    style,
  });
  return {
    type: "group",
    children: [
      stroke(from, y, to, y),
      stroke(to, y - radius, to, y + radius),
      {
        type: "circle",
        shape: { cx: from, cy: y, r: radius },
        style: { fill: colour, stroke: page, lineWidth: 1.5 },
      },
    ],
  };
}
