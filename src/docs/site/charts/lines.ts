import type { EChartsOption } from "echarts";
import { figureText, type SheetPicture } from "../../../reports/index.js";
import { base, type Canvas, type Drawing, strength, valueAxis } from "./drawing.js";
import { spanText } from "./spans.js";

type Picture = Extract<SheetPicture, { kind: "line" | "area" }>;
type Line = Picture["panels"][number]["series"][number];

const TOP = 14;
const GAP = 34;
const HEIGHTS = [216, 92];

/** Lines over time, of two panels each with an axis of its own. A span that the period holds only in part is dashed. */
export function lines({ kind, grain, spans, panels }: Picture, canvas: Canvas): Drawing {
  const { theme } = canvas;
  const heights = panels.map((_, at) => (panels.length === 1 ? 240 : (HEIGHTS[at] ?? 92)));
  const topOf = (at: number) => TOP + heights.slice(0, at).reduce((sum, height) => sum + height + GAP, 0);
  const all = panels.flatMap(({ series, format }, panel) =>
    series.map((line, order) => ({ line, format, panel, order })),
  );
  const colourOf = (at: number): string => {
    const { panel } = all[at]!;
    if (all.length > 3 && panels.length === 1) return theme.parts[Math.min(at, theme.parts.length - 1)]!;
    return (
      [theme.tones.accent, theme.tones.caution, theme.tones.neutral][panel > 0 ? 2 : at] ??
      theme.tones.neutral
    );
  };
  const isArea = (at: number) => kind === "area" || all[at]!.panel > 0;
  const last = panels.length - 1;
  const option = {
    ...base(canvas),
    grid: panels.map((_, at) => ({ left: 52, right: 14, top: topOf(at), height: heights[at] })),
    xAxis: panels.map((_, at) => ({
      type: "category",
      gridIndex: at,
      data: spans.map((span) => spanText(span, grain, true)),
      boundaryGap: spans.length === 1,
      axisLine: { lineStyle: { color: theme.axis } },
      axisTick: { show: false },
      axisLabel: { show: at === last, color: theme.quietText, fontSize: 11.5, hideOverlap: true },
      axisPointer: { type: "line", lineStyle: { color: theme.axis, type: "solid" }, label: { show: false } },
    })),
    yAxis: panels.map(({ format }, at) =>
      valueAxis(canvas, format, { gridIndex: at, min: 0, splitNumber: at > 0 ? 2 : 4 }),
    ),
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    tooltip: { trigger: "axis" },
    series: all.flatMap(({ line, panel }, at) => {
      const common = {
        type: "line",
        name: line.name,
        xAxisIndex: panel,
        yAxisIndex: panel,
        color: colourOf(at),
        symbol: "circle",
        symbolSize: 5,
        connectNulls: false,
        emphasis: { disabled: true },
        z: 3 + at,
      };
      const opacity = line.mark === null ? 1 : strength(line.mark);
      const style = {
        color: colourOf(at),
        width: isArea(at) ? 1.75 : 2.25,
        opacity,
        cap: "round",
        join: "round",
      };
      const { whole, ends } = split(line, spans);
      return [
        {
          ...common,
          id: `whole-${at}`,
          data: whole,
          showSymbol: spans.length === 1,
          lineStyle: style,
          ...(isArea(at) && { areaStyle: { color: colourOf(at), opacity: 0.16 * opacity } }),
        },
        { ...common, id: `ends-${at}`, data: ends, showSymbol: false, lineStyle: { ...style, type: [2, 4] } },
      ];
    }),
  } as unknown as EChartsOption;
  return {
    option,
    height: topOf(last) + heights[last]! + 28,
    wholeColumns: true,
    legend: all.map(({ line }, at) => ({
      name: line.name,
      colour: colourOf(at),
      shape: isArea(at) ? "area" : "line",
    })),
    tip: ({ dataIndex }) => {
      const span = spans[dataIndex];
      return span === undefined
        ? null
        : {
            title: `${spanText(span, grain)}${span.partial ? ", in part" : ""}`,
            lines: all.map(({ line, format }, at) => ({
              label: line.name,
              text: figureText(line.values[dataIndex] ?? null, format),
              colour: colourOf(at),
            })),
          };
    },
    pointed: ({ dataIndex }) => (spans[dataIndex] === undefined ? null : { span: dataIndex }),
  };
}

/** The values of whole spans, and those of the spans at the ends that are not whole, each with its neighbour. */
function split(
  { values }: Line,
  spans: Picture["spans"],
): { whole: (number | null)[]; ends: (number | null)[] } {
  const partial = (at: number) => spans[at]?.partial === true;
  return {
    whole: values.map((value, at) => (partial(at) && spans.length > 1 ? null : value)),
    ends: values.map((value, at) => (partial(at) || partial(at - 1) || partial(at + 1) ? value : null)),
  };
}
