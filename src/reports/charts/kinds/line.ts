import type { LineChart, Series } from "../../../manifest/index.js";
import {
  ICONS,
  type LegendItem,
  MARGIN,
  NAME_ABOVE,
  type Plot,
  type PlotOption,
  STILL,
  valueAxis,
} from "../plot.js";

const DAY = 86_400_000;
/** Between two panels, for the name of the lower one's axis. */
const GAP = 46;
const WIDTHS = { thin: 1, bold: 2.5, area: 1.5 } as const;

/** Lines over days. With two panels each has its own axis and grid: two scales in one would invite wrong comparisons. */
export function line(chart: LineChart, plot: Plot): PlotOption {
  const height = plot.size.height - plot.top - plot.bottom - 34;
  const heights = chart.panels.length > 1 ? [0.6 * (height - GAP), 0.4 * (height - GAP)] : [height];
  const last = chart.panels.length - 1;
  return {
    legend: chart.panels.flatMap(({ series }) => series.map(legendItem)),
    grid: chart.panels.map((_, index) => ({
      left: MARGIN + 44,
      right: MARGIN + 8,
      top: plot.top + 8 + (index === 0 ? 0 : heights[0]! + GAP),
      height: heights[index]!,
      outerBoundsMode: "none",
    })),
    xAxis: chart.panels.map((_, index) => ({
      ...timeAxis(chart, plot, index === last),
      gridIndex: index,
    })),
    yAxis: chart.panels.map(({ value }, index) =>
      valueAxis(plot, value, {
        ...NAME_ABOVE,
        gridIndex: index,
        min: 0,
        splitNumber: chart.panels.length > 1 && index === last ? 3 : 5,
        nameTextStyle: { color: plot.theme.quietText, fontSize: 12, align: "left", padding: [0, 0, 0, -44] },
      }),
    ),
    series: chart.panels.flatMap(({ series }, index) =>
      series.flatMap((one, order) => lines(chart, one, index, order, plot)),
    ),
  } as PlotOption;
}

function timeAxis({ days }: LineChart, { theme }: Plot, labelled: boolean): object {
  const long = days.length > 1100;
  return {
    type: "time",
    min: time(days[0]!),
    max: time(days.at(-1)!),
    axisLine: { lineStyle: { color: theme.axis } },
    axisTick: { show: labelled, lineStyle: { color: theme.axis } },
    splitLine: { show: false },
    axisLabel: {
      show: labelled,
      color: theme.quietText,
      fontSize: 12,
      hideOverlap: true,
      showMinLabel: true,
      formatter: (value: number) => dateText(value, days.length, long),
    },
  };
}

function dateText(value: number, days: number, long: boolean): string {
  const date = new Date(value);
  const part = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleDateString("en-GB", { ...options, timeZone: "UTC" });
  if (long) return part({ year: "numeric" });
  return days > 200 ? part({ month: "short", year: "numeric" }) : part({ day: "numeric", month: "short" });
}

/** A series, and its tail from the first unfinished day, dashed. */
function lines(
  { days, unfinishedFrom }: LineChart,
  { name, values, tone = "accent", weight = "bold" }: Series,
  panel: number,
  order: number,
  { theme }: Plot,
): object[] {
  const colour = theme.tones[tone];
  const cut = unfinishedFrom === undefined ? -1 : days.indexOf(unfinishedFrom);
  const points = values.map((value, index) => [time(days[index]!), value]);
  const whole = cut < 0 ? points : points.slice(0, cut);
  const base = {
    ...STILL,
    type: "line",
    xAxisIndex: panel,
    yAxisIndex: panel,
    showSymbol: whole.length === 1,
    symbol: "circle",
    symbolSize: 5,
    color: colour,
    itemStyle: { color: colour },
    z: 2 + order,
  };
  const style = { color: colour, width: WIDTHS[weight], cap: "round", join: "round" };
  return [
    {
      ...base,
      name,
      data: whole,
      lineStyle: style,
      ...(weight === "area" && { areaStyle: { color: colour, opacity: 0.18 } }),
    },
    ...(cut < 0
      ? []
      : [{ ...base, data: points.slice(Math.max(0, cut - 1)), lineStyle: { ...style, type: [2, 3] } }]),
  ];
}

function legendItem({ name, weight = "bold" }: Series): LegendItem {
  return { name, icon: weight === "thin" ? ICONS.thin : weight === "area" ? ICONS.bar : ICONS.line };
}

function time(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY) * DAY;
}
