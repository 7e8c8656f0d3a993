import type { EChartsOption } from "echarts";
import { figureText, inkOn, type SheetPicture } from "../../../reports/index.js";
import { base, type Canvas, type Drawing, nameAxis } from "./drawing.js";

type Picture = Extract<SheetPicture, { kind: "heatmap" }>;

const ROW = 25;
const COLUMN = 58;

/** Fields in steps of one hue, each with its number; nothing where there is nothing. */
export function heatmap({ head, rows, columns, cells }: Picture, canvas: Canvas): Drawing {
  const { theme } = canvas;
  const most = Math.max(0, ...cells.flat().map((value) => value ?? 0));
  const fields = cells.flatMap((row, y) =>
    row.flatMap((value, x) => (value === null || value === 0 ? [] : [{ x, y, value }])),
  );
  const colourOf = (value: number): string => {
    const step = Math.ceil((value / most) * theme.ramp.length) - 1;
    return theme.ramp[Math.min(theme.ramp.length - 1, Math.max(0, step))]!;
  };
  const chosen = (x: number, y: number) => columns[x]!.selected !== false && rows[y]!.selected !== false;
  const option = {
    ...base(canvas),
    grid: { left: 4, right: 8, top: 4, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: nameAxis(
      canvas,
      columns.map(({ name }) => name),
      {
        position: "top",
        axisLine: { show: false },
        axisLabel: { rotate: 38, width: 150, color: theme.quietText, fontSize: 11.5 },
      },
    ),
    yAxis: nameAxis(
      canvas,
      rows.map(({ name }) => name),
      { inverse: true, axisLine: { show: false }, axisLabel: { width: 160 } },
    ),
    tooltip: { trigger: "item" },
    series: [
      {
        type: "heatmap",
        id: "fields",
        emphasis: { disabled: true },
        data: fields.map(({ x, y, value }) => {
          const fill = colourOf(value);
          const faded = !chosen(x, y);
          return {
            value: [x, y, value],
            itemStyle: {
              color: fill,
              opacity: faded ? 0.25 : 1,
              borderColor: canvas.ground,
              borderWidth: 1.5,
              borderRadius: 3,
            },
            label: {
              show: true,
              color: faded ? theme.quietText : inkOn(fill),
              fontSize: 11.5,
              formatter: () => figureText(value, head.format),
            },
          };
        }),
      },
    ],
  } as unknown as EChartsOption;
  return {
    option,
    height: rows.length * ROW + 112,
    minWidth: columns.length * COLUMN + 160,
    legend: [],
    tip: ({ dataIndex }) => {
      const field = fields[dataIndex];
      return field === undefined
        ? null
        : {
            title: `${rows[field.y]!.name}, ${columns[field.x]!.name}`,
            lines: [{ label: head.label, text: figureText(field.value, head.format) }],
          };
    },
    pointed: ({ dataIndex }) => {
      const field = fields[dataIndex];
      return field === undefined ? null : { marks: [rows[field.y]!, columns[field.x]!] };
    },
  };
}
