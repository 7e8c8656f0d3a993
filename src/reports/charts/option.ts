import type { EChartsOption } from "echarts";
import type { Chart, ChartSize, Shade } from "../../manifest/index.js";
import { isEmpty } from "./drawable.js";
import { plotOption } from "./kinds/index.js";
import { MARGIN, type PlotOption } from "./plot.js";
import { type Theme, theme as themeOf } from "./theme.js";
import { BOLD, FONT_FAMILY } from "./typeface.js";

const TITLE = 22;
const SUBTITLE = 13.5;

/** A whole picture as ECharts understands it: heading, legend, plot, source. */
export function chartOption(chart: Chart, size: ChartSize, side: keyof Shade, left = 0): EChartsOption {
  const theme = themeOf(side);
  const width = size.width - 2 * MARGIN;
  const source = [chart.source, left > 0 ? `${left} more not shown` : undefined].filter(Boolean).join(" · ");
  const { legend, ...plot }: PlotOption = isEmpty(chart)
    ? { graphic: [nothing(size, theme)] }
    : plotOption(chart, { theme, size, top: 132, bottom: source === "" ? 20 : 44 });
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
      ...(source === ""
        ? []
        : [
            {
              text: source,
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

/** What stands where there is nothing to draw: an empty plot would look like a fault. */
function nothing({ width, height }: ChartSize, { quietText }: Theme): object {
  return {
    type: "text",
    silent: true,
    style: {
      text: "No data",
      x: width / 2,
      y: height / 2 + 20,
      align: "center",
      verticalAlign: "middle",
      fontSize: 18,
      fontFamily: FONT_FAMILY,
      fill: quietText,
    },
  };
}
