import type { BarChart } from "../../../manifest/index.js";
import { numberText } from "../number-text.js";
import {
  categoryAxis,
  grid,
  markLine,
  NAME_BELOW,
  type Plot,
  type PlotOption,
  STILL,
  valueAxis,
} from "../plot.js";

/** Lying bars with their number at the end. */
export function bars(chart: BarChart, plot: Plot): PlotOption {
  const { theme } = plot;
  const fontSize = chart.bars.length > 16 ? 11.5 : 12.5;
  return {
    grid: grid({ ...plot, top: plot.top - 36 }, { right: 130 }),
    xAxis: valueAxis(plot, chart.value, { ...NAME_BELOW, min: 0 }),
    yAxis: categoryAxis(
      plot,
      chart.bars.map(({ name }) => name),
      { inverse: true, axisLabel: { width: 200, fontSize } },
    ),
    series: [
      {
        ...STILL,
        type: "bar",
        name: chart.value.name,
        barCategoryGap: "32%",
        data: chart.bars.map(({ value, tone = "accent", note }) => ({
          value,
          itemStyle: { color: theme.tones[tone] },
          label: {
            show: true,
            position: "right",
            color: theme.text,
            fontSize,
            formatter: () => [numberText(value, chart.value.format), note].filter(Boolean).join("   "),
          },
        })),
        ...(chart.reference !== undefined && {
          markLine: markLine(plot, [{ axis: "x", ...chart.reference }], true),
        }),
      },
    ],
  } as PlotOption;
}
