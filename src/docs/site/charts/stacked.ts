import type { EChartsOption } from "echarts";
import { figureText, inkOn, numberText, type SheetPicture } from "../../../reports/index.js";
import { base, type Canvas, type Drawing, nameAxis, strength, valueAxis } from "./drawing.js";

type Picture = Extract<SheetPicture, { kind: "stacked" }>;

const LABELLED = 0.08;

/** Upright bars, all 100 % high, with the shares in them where there is room. */
export function stacked({ head, labels, parts }: Picture, canvas: Canvas): Drawing {
  const { theme } = canvas;
  const column = (canvas.width - 70) / Math.max(1, labels.length);
  const option = {
    ...base(canvas),
    grid: { left: 48, right: 10, top: 12, bottom: 30 },
    xAxis: nameAxis(canvas, labels, {
      axisLabel: { interval: "auto", hideOverlap: true, color: theme.quietText, fontSize: 11.5 },
    }),
    yAxis: valueAxis(canvas, { kind: "percent", decimals: 0 }, { min: 0, max: 1, interval: 0.25 }),
    tooltip: { trigger: "item" },
    series: parts.map((part, at) => {
      const colour = colourOf(at, canvas);
      return {
        type: "bar",
        id: `part-${at}`,
        name: part.name,
        stack: "whole",
        barCategoryGap: "18%",
        barMaxWidth: 90,
        emphasis: { disabled: true },
        itemStyle: { color: colour, opacity: strength(part), borderColor: canvas.ground, borderWidth: 1.5 },
        label: {
          show: column > 34,
          position: "inside",
          color: strength(part) < 1 ? theme.text : inkOn(colour),
          fontSize: 11,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const share = part.shares[dataIndex] ?? 0;
            return share < LABELLED ? "" : `${numberText(100 * share, 0)} %`;
          },
        },
        data: part.shares.map((share) => share ?? 0),
      };
    }),
  } as unknown as EChartsOption;
  return {
    option,
    height: 286,
    legend: parts.map(({ name }, at) => ({ name, colour: colourOf(at, canvas), shape: "bar" })),
    tip: ({ seriesIndex, dataIndex }) => {
      const label = labels[dataIndex];
      return label === undefined
        ? null
        : {
            title: label,
            lines: parts.map(({ name, amounts, shares }, at) => ({
              label: `${at === seriesIndex ? "▸ " : ""}${name}`,
              text: `${numberText(100 * (shares[dataIndex] ?? 0), 1)} %, ${figureText(amounts[dataIndex] ?? 0, head.format)}`,
              colour: colourOf(at, canvas),
            })),
          };
    },
    pointed: ({ seriesIndex }) =>
      parts[seriesIndex] === undefined ? null : { marks: [parts[seriesIndex]!] },
  };
}

function colourOf(at: number, { theme }: Canvas): string {
  return theme.parts[Math.min(at, theme.parts.length - 1)]!;
}
