import type { BarChart } from "../../../manifest/index.js";
import { numberText } from "../number-text.js";
import {
  categoryAxis,
  figureColumns,
  grid,
  markLine,
  NAME_BELOW,
  type Plot,
  type PlotOption,
  STILL,
  valueAxis,
} from "../plot.js";

/** Lying bars with their number and a note in columns on the right. */
export function bars(chart: BarChart, plot: Plot): PlotOption {
  const { theme } = plot;
  const fontSize = chart.bars.length > 16 ? 11.5 : 12.5;
  const noted = chart.bars.some(({ note }) => note !== undefined);
  const cells = chart.bars.map(({ value, note }) => [
    numberText(value, chart.value.format),
    ...(noted ? [note ?? ""] : []),
  ]);
  return {
    grid: grid(plot, { top: plot.top - (chart.reference === undefined ? 52 : 24) }),
    xAxis: valueAxis(plot, chart.value, { ...NAME_BELOW, min: 0 }),
    yAxis: [
      categoryAxis(
        plot,
        chart.bars.map(({ name }) => name),
        { inverse: true, axisLabel: { width: 200, fontSize } },
      ),
      figureColumns(plot, noted ? ["", ""] : [""], cells, fontSize),
    ],
    series: [
      {
        ...STILL,
        type: "bar",
        name: chart.value.name,
        barCategoryGap: "32%",
        barMaxWidth: 40,
        data: chart.bars.map(({ value, tone = "accent" }) => ({
          value,
          itemStyle: { color: theme.tones[tone] },
        })),
        ...(chart.reference !== undefined && {
          markLine: markLine(plot, [{ axis: "x", ...chart.reference }], true),
        }),
      },
    ],
  } as PlotOption;
}
