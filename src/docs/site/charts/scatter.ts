import type { EChartsOption } from "echarts";
import { figureText, numberText, type SheetPicture } from "../../../reports/index.js";
import { base, type Canvas, type Drawing, strength, valueAxis } from "./drawing.js";

type Picture = Extract<SheetPicture, { kind: "scatter" }>;

/** Points by two figures, with dashed lines of reference. */
export function scatter({ x, y, points, references }: Picture, canvas: Canvas): Drawing {
  const { theme } = canvas;
  const named = { nameTextStyle: { color: theme.quietText, fontSize: 11.5 } };
  const option = {
    ...base(canvas),
    grid: {
      left: 4,
      right: 26,
      top: 28,
      bottom: 30,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    xAxis: valueAxis(canvas, x.format, {
      ...named,
      name: x.label,
      nameLocation: "middle",
      nameGap: 28,
      scale: true,
      splitNumber: 5,
    }),
    yAxis: valueAxis(canvas, y.format, {
      nameTextStyle: { ...named.nameTextStyle, align: "left", padding: [0, 0, 0, -36] },
      name: y.label,
      nameGap: 14,
      min: 0,
    }),
    tooltip: { trigger: "item" },
    series: [
      {
        type: "scatter",
        id: "points",
        symbolSize: 11,
        emphasis: { disabled: true },
        data: points.map((point) => ({
          value: [point.x, point.y],
          itemStyle: {
            color: theme.tones.accent,
            opacity: 0.85 * strength(point),
            borderColor: canvas.ground,
            borderWidth: 1,
          },
          ...(point.selected === true && {
            label: {
              show: true,
              position: "right",
              formatter: () => point.name,
              color: theme.text,
              fontSize: 12,
            },
          }),
        })),
        markLine: {
          silent: true,
          symbol: "none",
          animation: false,
          lineStyle: { color: theme.quietText, width: 1.25, type: [5, 4] },
          data: references.map(({ axis, value, label }) => ({
            [axis === "x" ? "xAxis" : "yAxis"]: value,
            label: {
              formatter: () => label,
              color: theme.quietText,
              fontSize: 11,
              rotate: 0,
              position: axis === "y" ? "insideEndTop" : "end",
            },
          })),
        },
      },
    ],
  } as unknown as EChartsOption;
  return {
    option,
    height: 300,
    legend: [],
    tip: ({ dataIndex }) => {
      const point = points[dataIndex];
      return point === undefined
        ? null
        : {
            title: point.name,
            lines: [
              { label: x.label, text: figureText(point.x, x.format) },
              { label: y.label, text: figureText(point.y, y.format) },
              { label: "Rows behind", text: numberText(point.n, 0) },
            ],
          };
    },
    pointed: ({ dataIndex }) => (points[dataIndex] === undefined ? null : { marks: [points[dataIndex]!] }),
  };
}
