import type { EChartsOption } from "echarts";
import type { Chart, ChartSize, Shade } from "../../manifest/index.js";
import { plotOption } from "./kinds/index.js";
import { MARGIN } from "./plot.js";
import { theme as themeOf } from "./theme.js";
import { BOLD, FONT_FAMILY } from "./typeface.js";

const TITLE = 22;
const SUBTITLE = 13.5;

/** A whole picture as ECharts understands it: heading, legend, plot, source. */
export function chartOption(chart: Chart, size: ChartSize, side: keyof Shade): EChartsOption {
  const theme = themeOf(side);
  const width = size.width - 2 * MARGIN;
  const { legend, ...plot } = plotOption(chart, {
    theme,
    size,
    top: 132,
    bottom: chart.source === undefined ? 20 : 44,
  });
  return {
    animation: false,
    useUTC: true,
    backgroundColor: theme.page,
    textStyle: { fontFamily: FONT_FAMILY, color: theme.text },
    title: [
      {
        text: chart.title,
        subtext: chart.subtitle,
        left: MARGIN,
        top: 20,
        padding: 0,
        itemGap: 8,
        textStyle: { color: theme.text, fontSize: TITLE, fontWeight: BOLD, width, overflow: "truncate" },
        subtextStyle: { color: theme.quietText, fontSize: SUBTITLE, width, overflow: "truncate" },
      },
      ...(chart.source === undefined
        ? []
        : [
            {
              text: chart.source,
              left: MARGIN,
              bottom: 14,
              padding: 0,
              textStyle: {
                color: theme.quietText,
                fontSize: 11,
                fontWeight: 400 as const,
                width,
                overflow: "truncate" as const,
              },
            },
          ]),
    ],
    ...(legend !== undefined && {
      legend: {
        data: legend.map(({ name, icon }) => ({ name, icon })),
        left: MARGIN,
        top: 84,
        padding: 0,
        itemGap: 20,
        itemWidth: 18,
        itemHeight: 10,
        selectedMode: false,
        textStyle: { color: theme.text, fontSize: 12.5 },
      },
    }),
    ...plot,
  };
}
