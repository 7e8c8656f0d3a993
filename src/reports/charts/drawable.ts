import type { Chart, ChartSize } from "../../manifest/index.js";
import { KINDS } from "./kinds/index.js";

/** A chart that can be drawn: checked, with texts that any picture can hold, and no more rows than there is room for. */
export interface Drawable {
  chart: Chart;
  /** How many rows were left out. */
  left: number;
}

/** What a row of bars needs at least, in pixels, and what stands above and below the rows. */
const ROW = 13;
const AROUND = 230;
/** Upright bars that still have room for their names. */
const COLUMNS = 40;

/** Makes a chart fit for drawing; an error says what is wrong with it. */
export function drawable(given: Chart, size: ChartSize, name: string): Drawable {
  const chart = plainTexts(given) as Chart;
  const problem = problemOf(chart, size);
  if (problem !== undefined) {
    throw Object.assign(new Error(`the chart "${name}" cannot be drawn: ${problem}`), {
      hint: "What each kind of chart holds is in docs/charts.md.",
    });
  }
  return shortened(chart, size);
}

/** Whether there is nothing to draw. */
export function isEmpty(chart: Chart): boolean {
  return EMPTY[chart.kind](chart as never);
}

const EMPTY: { [Kind in Chart["kind"]]: (chart: Extract<Chart, { kind: Kind }>) => boolean } = {
  bars: ({ bars }) => bars.length === 0,
  calibration: ({ groups }) => groups.length === 0,
  heatmap: ({ cells }) => cells.flat().every((value) => value === null || value === 0),
  line: ({ panels, days }) =>
    days.length === 0 ||
    panels.every(({ series }) => series.every(({ values }) => values.every((value) => value === null))),
  pareto: ({ bars }) => bars.every(({ value }) => value === 0),
  scatter: ({ points }) => points.length === 0,
  stacked: ({ parts }) => parts.every(({ values }) => values.every((value) => value === 0)),
  whisker: ({ rows }) => rows.length === 0,
};

function problemOf(chart: Chart, { width, height }: ChartSize): string | undefined {
  if (!Object.hasOwn(KINDS, chart.kind)) {
    return `there is no kind "${chart.kind}", only ${Object.keys(KINDS).join(", ")}`;
  }
  for (const part of ["title", "subtitle", "description"] as const) {
    if (typeof chart[part] !== "string" || chart[part] === "") return `it has no ${part}`;
  }
  if (![width, height].every((side) => Number.isInteger(side) && side >= 240 && side <= 4_000)) {
    return `its size of ${width} × ${height} is not within 240 and 4000 pixels`;
  }
  return notANumber(chart, "") ?? misfit(chart);
}

/** Where a number is none: NaN would be drawn somewhere, or nowhere, without a word. */
function notANumber(value: unknown, path: string): string | undefined {
  if (typeof value === "number") {
    return Number.isFinite(value) ? undefined : `${path.slice(1)} is ${value}`;
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = notANumber(part, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What does not go together. */
function misfit(chart: Chart): string | undefined {
  const uneven = (what: string, found: number, expected: number) =>
    found === expected ? undefined : `${what} has ${found} values, not ${expected}`;
  if (chart.kind === "heatmap") {
    return (
      uneven("cells", chart.cells.length, chart.y.labels.length) ??
      chart.cells.map((row, y) => uneven(`cells[${y}]`, row.length, chart.x.labels.length)).find(Boolean)
    );
  }
  if (chart.kind === "line") {
    return chart.panels
      .flatMap(({ series }) => series)
      .map(({ name, values }) => uneven(`series "${name}"`, values.length, chart.days.length))
      .find(Boolean);
  }
  if (chart.kind === "stacked") {
    return chart.parts
      .map(({ name, values }) => uneven(`part "${name}"`, values.length, chart.labels.length))
      .find(Boolean);
  }
  return undefined;
}

/** Control characters and halves of surrogate pairs have no place in XML, line breaks none in a label. */
function plainTexts(value: unknown): unknown {
  if (typeof value === "string") {
    return value
      .replace(/\s+/g, " ")
      .replace(/[\p{Cs}\p{Cc}\uFFFE\uFFFF]/gu, "\uFFFD")
      .trim();
  }
  if (Array.isArray(value)) return value.map(plainTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainTexts(part)]));
}

function shortened(chart: Chart, { height }: ChartSize): Drawable {
  const room = Math.max(3, Math.floor((height - AROUND) / ROW));
  if (chart.kind === "bars") return cut(chart, "bars", room);
  if (chart.kind === "whisker") return cut(chart, "rows", room);
  if (chart.kind === "pareto") return cut(chart, "bars", COLUMNS);
  return { chart, left: 0 };
}

function cut<Key extends string, C extends Chart & Record<Key, readonly unknown[]>>(
  chart: C,
  key: Key,
  most: number,
): Drawable {
  return {
    chart: { ...chart, [key]: chart[key].slice(0, most) },
    left: Math.max(0, chart[key].length - most),
  };
}
