import type { EChartsOption } from "echarts";
import { figureText, type SheetPicture } from "../../../reports/index.js";
import { base, type Canvas, type Drawing, nameAxis, strength, valueAxis } from "./drawing.js";

type Picture = Extract<SheetPicture, { kind: "bar" }>;

const ROW = 30;

/** Lying bars with their figure behind them, and a second one in grey. */
export function bars({ head, bars: all, noteHead }: Picture, canvas: Canvas): Drawing {
  const { theme } = canvas;
  const noteOf = ({ note }: Picture["bars"][number]): string =>
    note === null || noteHead === null ? "" : `${noteHead.label} ${figureText(note.value, noteHead.format)}`;
  const roomy = canvas.width > 380;
  const texts = all.map(
    (bar) => figureText(bar.figure.value, head.format).length + (roomy ? noteOf(bar).length : 0),
  );
  const right = 18 + 6.2 * Math.max(4, ...texts);
  const option = {
    ...base(canvas),
    grid: { left: 4, right, top: 4, bottom: 26, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: valueAxis(canvas, head.format, { min: 0, splitNumber: canvas.width > 600 ? 5 : 3 }),
    yAxis: nameAxis(
      canvas,
      all.map(({ name }) => name),
      { inverse: true, axisLine: { show: false }, axisLabel: { width: Math.min(170, canvas.width / 3) } },
    ),
    tooltip: { trigger: "item" },
    series: [
      {
        type: "bar",
        id: "bars",
        barCategoryGap: "34%",
        barMaxWidth: 26,
        emphasis: { disabled: true },
        data: all.map((bar) => ({
          value: bar.figure.value,
          itemStyle: {
            color: bar.figure.thin ? theme.tones.muted : theme.tones.accent,
            opacity: strength(bar),
            borderRadius: [0, 3, 3, 0],
          },
          label: {
            show: true,
            position: "right",
            formatter: () =>
              `{value|${figureText(bar.figure.value, head.format)}}${roomy && noteOf(bar) !== "" ? `  {note|${noteOf(bar).replace(/[{}|]/g, " ")}}` : ""}`,
            rich: {
              value: { color: theme.text, fontSize: 12, fontWeight: 600 },
              note: { color: theme.quietText, fontSize: 11.5 },
            },
          },
        })),
      },
    ],
  } as unknown as EChartsOption;
  return {
    option,
    height: all.length * ROW + 34,
    legend: [],
    tip: ({ dataIndex }) => {
      const bar = all[dataIndex];
      if (bar === undefined) return null;
      const lines = [{ label: head.label, text: figureText(bar.figure.value, head.format) }];
      if (bar.figure.denominator !== null && head.format.kind === "percent")
        lines.push({
          label: "Out of",
          text: figureText(bar.figure.denominator, { kind: "number", decimals: 0 }),
        });
      if (bar.note !== null && noteHead !== null)
        lines.push({ label: noteHead.label, text: figureText(bar.note.value, noteHead.format) });
      return { title: bar.name, lines };
    },
    pointed: ({ dataIndex }) => {
      const bar = all[dataIndex];
      if (bar === undefined) return null;
      return { marks: [bar] };
    },
  };
}
