import type { StackedChart } from "../../../manifest/index.js";
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
import { inkOn } from "../theme.js";

/** Below this share a part has no room for its number. */
const LABELLED = 0.06;
/** With more columns than this, numbers do not fit. */
const MOST_LABELLED = 24;

/** Upright bars that are all 100 % high. */
export function stacked(chart: StackedChart, plot: Plot): PlotOption {
  const { theme } = plot;
  const totals = chart.labels.map((_, at) => chart.parts.reduce((sum, { values }) => sum + values[at]!, 0));
  const many = chart.labels.length > 12;
  return {
    legend: chart.parts.map(({ name }) => ({ name, icon: ICONS.bar })),
    grid: grid(plot),
    xAxis: categoryAxis(plot, chart.labels, { axisLabel: { rotate: many ? 42 : 0, width: 100 } }),
    yAxis: valueAxis(
      plot,
      { name: `Share of ${chart.value.name.toLowerCase()}`, format: { percent: true } },
      {
        ...NAME_ABOVE,
        min: 0,
        max: 1,
        interval: 0.25,
        nameTextStyle: { color: theme.quietText, fontSize: 12, align: "left", padding: [0, 0, 0, -44] },
      },
    ),
    series: chart.parts.map(({ name, values }, part) => {
      const colour = theme.parts[Math.min(part, theme.parts.length - 1)]!;
      return {
        ...STILL,
        type: "bar",
        name,
        stack: "whole",
        color: colour,
        barCategoryGap: "24%",
        barMaxWidth: 130,
        itemStyle: { color: colour, borderColor: theme.page, borderWidth: 1.5 },
        data: values.map((value, at) => {
          const share = totals[at] === 0 ? 0 : value / totals[at]!;
          return {
            value: share,
            label: {
              show: share >= LABELLED && chart.labels.length <= MOST_LABELLED,
              color: inkOn(colour),
              fontSize: many ? 10.5 : 12,
              formatter: () => numberText(share, { percent: true }),
            },
          };
        }),
      };
    }),
  } as PlotOption;
}
