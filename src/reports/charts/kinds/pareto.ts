import type { ParetoChart } from "../../../manifest/index.js";
import { numberText } from "../number-text.js";
import {
  categoryAxis,
  grid,
  ICONS,
  NAME_ABOVE,
  type Plot,
  type PlotOption,
  STILL,
  valueAxis,
} from "../plot.js";

/** Bars and the line that sums them up, on one scale: the line starts at the top of the first bar. */
export function pareto(chart: ParetoChart, plot: Plot): PlotOption {
  const { theme } = plot;
  const vital = chart.mark?.bars ?? 0;
  const names = chart.bars.map(({ name }) => name);
  const cumulative = "Cumulative share";
  return {
    legend: [
      { name: chart.value.name, icon: ICONS.bar },
      { name: cumulative, icon: ICONS.line },
    ],
    grid: grid(plot),
    xAxis: categoryAxis(plot, names, {
      axisLabel: { rotate: names.length > 8 ? 42 : 0, width: names.length > 8 ? 140 : 100, fontSize: 11.5 },
    }),
    yAxis: valueAxis(
      plot,
      { name: `Share of ${chart.value.name.toLowerCase()}`, format: { percent: true } },
      {
        ...NAME_ABOVE,
        nameTextStyle: { color: theme.quietText, fontSize: 12, align: "left", padding: [0, 0, 0, -44] },
        min: 0,
        max: 1,
        interval: 0.2,
      },
    ),
    series: [
      {
        ...STILL,
        type: "bar",
        name: chart.value.name,
        color: theme.tones.accent,
        barCategoryGap: "22%",
        barMaxWidth: 90,
        data: chart.bars.map(({ share, value }, index) => ({
          value: share,
          itemStyle: { color: index < vital ? theme.tones.accent : theme.tones.muted },
          label: {
            show: true,
            // The line starts at the top of the first bar: its number stands inside.
            position: index === 0 && share > 0.08 ? "insideTop" : "top",
            color: index === 0 && share > 0.08 ? theme.page : theme.text,
            fontSize: names.length > 20 ? 10.5 : 11.5,
            formatter: () => numberText(value, chart.value.format),
          },
        })),
      },
      {
        ...STILL,
        type: "line",
        name: cumulative,
        color: theme.text,
        lineStyle: { width: 2, color: theme.text },
        itemStyle: { color: theme.text },
        symbol: "circle",
        symbolSize: 5,
        data: chart.bars.map(({ cumulative: value }) => value),
        ...(chart.mark !== undefined && { markLine: reached(chart.mark, chart.bars, plot) }),
      },
    ],
  } as PlotOption;
}

/** The line at the share in question, and its words to the right, where bars are low. */
function reached(mark: NonNullable<ParetoChart["mark"]>, bars: ParetoChart["bars"], { theme }: Plot): object {
  return {
    silent: true,
    animation: false,
    symbol: "none",
    lineStyle: { color: theme.tones.bad, width: 1.5, type: [6, 4] },
    label: { show: false },
    data: [
      {
        yAxis: mark.share,
        label: {
          show: true,
          formatter: () => mark.text,
          position: "insideEndBottom",
          distance: 8,
          color: theme.tones.bad,
          fontSize: 13,
          fontWeight: 600,
        },
      },
      ...(mark.bars > 0 && mark.bars < bars.length
        ? [
            [
              // From above the bar's number.
              { coord: [mark.bars - 1, bars[mark.bars - 1]!.share + 0.08] },
              { coord: [mark.bars - 1, mark.share] },
            ],
          ]
        : []),
    ],
  };
}
