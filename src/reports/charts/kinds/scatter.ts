import type { ScatterChart } from "../../../manifest/index.js";
import {
  grid,
  markLine,
  NAME_ABOVE,
  NAME_BELOW,
  type Plot,
  type PlotOption,
  STILL,
  valueAxis,
} from "../plot.js";

/** Points by two measures; only those that are worth a name have one. */
export function scatter(chart: ScatterChart, plot: Plot): PlotOption {
  const { theme } = plot;
  return {
    grid: grid({ ...plot, top: plot.top - 10 }, { right: 60 }),
    xAxis: valueAxis(plot, chart.x, { ...NAME_BELOW, scale: false }),
    yAxis: valueAxis(plot, chart.y, {
      ...NAME_ABOVE,
      nameTextStyle: { color: theme.quietText, fontSize: 12, align: "left", padding: [0, 0, 0, -30] },
    }),
    series: [
      {
        ...STILL,
        type: "scatter",
        symbolSize: 9,
        data: chart.points.map(({ name, x, y, tone = "accent", labelled = false }) => ({
          value: [x, y],
          itemStyle: {
            color: theme.tones[tone],
            opacity: 0.75,
            borderColor: theme.page,
            borderWidth: 1,
          },
          label: {
            show: labelled,
            position: "right",
            color: theme.text,
            fontSize: 11.5,
            formatter: () => name,
            width: 140,
            overflow: "truncate",
          },
        })),
        labelLayout: { hideOverlap: true },
        markLine: markLine(plot, chart.references ?? []),
      },
    ],
  } as PlotOption;
}
