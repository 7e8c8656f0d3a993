import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Chart, PALETTE } from "../../../src/manifest/index.js";
import { drawChart } from "../../../src/reports/charts/draw.js";
import { contrast, inkOn, shades } from "../../../src/reports/charts/theme.js";
import { textWidth } from "../../../src/reports/charts/typeface.js";
import { GALLERY } from "./gallery.js";

const SIZE = { width: 960, height: 540 };
const KINDS = Object.keys(GALLERY) as Chart["kind"][];
const IMAGES = join(import.meta.dirname, "..", "..", "..", "docs", "images");
const NAMES = [
  "<script>alert('x')</script>",
  '"quoted" & {a|b}',
  "A very, very long name of a system that nobody would ever give to a system",
  "Система расчётов",
  "Σύστημα",
  "نظام الدفع",
  "Zażółć gęślą jaźń",
  "line\nbreak\u0000\ud800",
];
const HARD: Chart[] = [
  {
    ...GALLERY.pareto,
    bars: NAMES.map((name, at) => ({ name, value: 1, share: 0.125, cumulative: (at + 1) / 8 })),
  },
  {
    ...GALLERY.whisker,
    title: "title ".repeat(60),
    subtitle: "<b>subtitle</b> ".repeat(40),
    source: "source ".repeat(60),
    rows: NAMES.map((name, at) => ({ name, bar: 50 - at, dot: 20, end: 1e6 / (at + 1), n: 10 ** at })),
  },
  { ...GALLERY.bars, bars: NAMES.map((name) => ({ name, value: 0.5, note: "{note|x}" })) },
  {
    ...GALLERY.heatmap,
    x: { name: "x", labels: NAMES },
    y: { name: "y", labels: NAMES },
    cells: NAMES.map(() => NAMES.map(() => 99_999)),
  },
];

/** Where each text of a picture begins and ends, by the typeface of the package; rotated texts along their direction. */
function extents(svg: string): { text: string; corners: [number, number][] }[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes, escaped]) => {
    const text = escaped!
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"')
      .replace(/&#39;/g, "'")
      .replace(/&amp;/g, "&");
    const value = (name: string) =>
      Number(new RegExp(`[ ^]${name}="([-\\d.]+)"`).exec(` ${attributes}`)?.[1] ?? 0);
    const size = /font(?:-size:|: [^"]*?)([\d.]+)px/.exec(attributes!)![1]!;
    const weight = /font-weight:(\w+)/.exec(attributes!)?.[1] ?? "400";
    const width = textWidth(text, `${weight} ${size}px`);
    const anchor = /text-anchor="(\w+)"/.exec(attributes!)?.[1] ?? "start";
    const start = value("x") - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
    const [a, b, c, d, e, f] = matrix(/transform="([^"]*)"/.exec(attributes!)?.[1] ?? "");
    const corner = (x: number, y: number): [number, number] => [a * x + c * y + e, b * x + d * y + f];
    return { text, corners: [corner(start, value("y")), corner(start + width, value("y"))] };
  });
}

function matrix(transform: string): [number, number, number, number, number, number] {
  const numbers = (transform.match(/-?[\d.]+/g) ?? []).map(Number);
  if (transform.startsWith("matrix")) return numbers as [number, number, number, number, number, number];
  return [1, 0, 0, 1, numbers[0] ?? 0, numbers[1] ?? 0];
}

describe.each(KINDS)("a chart of kind %s", (kind) => {
  const chart = GALLERY[kind];

  it("is the picture of the guide, byte for byte, whatever was drawn before", async () => {
    const first = await drawChart(chart, SIZE, `chart-${kind}`);
    await drawChart(GALLERY.pareto, { width: 640, height: 400 }, "other");
    const again = await drawChart(chart, SIZE, `chart-${kind}`);
    expect(again.svg).toBe(first.svg);
    expect(Buffer.from(again.png).equals(Buffer.from(first.png))).toBe(true);
    expect(first.svg).toBe(readFileSync(join(IMAGES, `chart-${kind}.svg`), "utf8"));
    expect(first.missing).toEqual([]);
  });

  it("says what it shows, has ids of its own and the size of its place", async () => {
    const { svg, png } = await drawChart(chart, SIZE, "a.b");
    expect(svg).toMatch(
      /^<svg [^>]*id="chart-a-b" viewBox="0 0 960 540" role="img" aria-labelledby="[^"]+">\n<title /,
    );
    expect(svg.slice(0, svg.indexOf(">"))).not.toMatch(/ (width|height)=/);
    expect(svg).toContain(`>${chart.title}</title>`);
    expect(svg).toContain(chart.description);
    expect(svg).toContain(`>${chart.subtitle}</text>`);
    expect(svg).not.toMatch(/zr\d|NaN|undefined|Infinity|:hover/);
    const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]!);
    expect(ids.every((id) => id.startsWith("chart-a-b"))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Buffer.from(png).readUInt32BE(16)).toBe(2 * SIZE.width);
    expect(Buffer.from(png).readUInt32BE(20)).toBe(2 * SIZE.height);
  });

  it("says that there is nothing where there is nothing", async () => {
    const { svg } = await drawChart(emptied(chart), SIZE, "empty");
    expect(svg).toContain(">No data</text>");
  });
});

/** The chart without what it shows. */
function emptied(chart: Chart): Chart {
  const none = (value: unknown): unknown =>
    typeof value === "number" ? 0 : Array.isArray(value) ? value.map(none) : value;
  if (chart.kind === "heatmap") return { ...chart, cells: none(chart.cells) as number[][] };
  if (chart.kind === "stacked")
    return { ...chart, parts: chart.parts.map((part) => ({ ...part, values: part.values.map(() => 0) })) };
  if (chart.kind === "line") return { ...chart, days: [], panels: [] };
  const rows = { bars: [], rows: [], points: [], groups: [] };
  return Object.fromEntries(
    Object.entries({ ...chart }).map(([key, value]) => [key, key in rows ? [] : value]),
  ) as unknown as Chart;
}

describe("every text", () => {
  it.each(
    [...KINDS.map((kind) => GALLERY[kind]), ...HARD].map(
      (chart, at) => [`${chart.kind} ${at}`, chart] as const,
    ),
  )("lies within the picture: %s", async (_, chart) => {
    const { svg } = await drawChart(chart, SIZE, "inside");
    const texts = extents(svg);
    expect(texts.length).toBeGreaterThan(8);
    const outside = texts.filter(({ corners }) =>
      corners.some(([x, y]) => x < 4 || x > SIZE.width - 4 || y < 8 || y > SIZE.height - 8),
    );
    expect(outside).toEqual([]);
  });

  it("is text, never markup", async () => {
    for (const chart of HARD) {
      const { svg } = await drawChart(chart, SIZE, "hard");
      expect(svg).not.toMatch(/<script|<b>|\p{Cs}/u);
      expect(svg).toContain("&lt;script&gt;");
    }
  });

  it("is in a typeface of the package, or the picture says what it lacks", async () => {
    const named = (name: string) => ({ ...GALLERY.bars, bars: [{ name, value: 0.5 }] });
    expect((await drawChart(named(NAMES.join(" ")), SIZE, "x")).missing).toEqual([]);
    expect((await drawChart(named("決済 🏦"), SIZE, "x")).missing).toEqual(["決", "済", "🏦"]);
  });
});

describe("a chart that cannot be drawn", () => {
  it.each<[string, Chart, RegExp]>([
    [
      "a share that is none",
      { ...GALLERY.bars, bars: [{ name: "a", value: 0 / 0 }] },
      /bars\[0\]\.value is NaN/,
    ],
    ["no title", { ...GALLERY.bars, title: "" }, /it has no title/],
    ["too few cells", { ...GALLERY.heatmap, cells: [] }, /cells has 0 values, not 6/],
    ["too few days", { ...GALLERY.line, days: ["2026-01-01"] }, /series "Day" has 120 values, not 1/],
    ["too few parts", { ...GALLERY.stacked, labels: ["a"] }, /part "Standard" has 4 values, not 1/],
    ["an unknown kind", { ...GALLERY.bars, kind: "pie" } as unknown as Chart, /no kind "pie", only bars, /],
  ])("is refused: %s", async (_, chart, message) => {
    await expect(drawChart(chart, SIZE, "bad")).rejects.toThrow(message);
  });

  it("is refused when it is to be drawn on a stamp", async () => {
    await expect(drawChart(GALLERY.bars, { width: 20, height: 20 }, "bad")).rejects.toThrow(/20 × 20/);
  });

  it("is shortened, and says so, when it has more rows than room", async () => {
    const rows = Array.from({ length: 60 }, (_, at) => ({
      name: `Row ${at}`,
      bar: 60 - at,
      dot: 1,
      end: 70,
      n: 5,
    }));
    const { svg } = await drawChart({ ...GALLERY.whisker, rows }, SIZE, "many");
    expect(svg).toContain(">Row 0</text>");
    expect(svg).not.toContain(">Row 59</text>");
    expect(svg).toMatch(/ · \d+ more not shown<\/text>/);
  });
});

describe("the palette", () => {
  it("is read on both pages: text 4.5 : 1, marks 3 : 1", () => {
    const { page, text, quietText, tones, parts } = PALETTE;
    for (const side of ["light", "dark"] as const) {
      for (const shade of [text, quietText])
        expect(contrast(shade[side], page[side])).toBeGreaterThanOrEqual(4.5);
      for (const tone of ["good", "caution", "bad", "neutral"] as const)
        expect(contrast(tones[tone][side], page[side]), tone).toBeGreaterThanOrEqual(4.5);
      for (const shade of [...Object.values(tones), ...parts])
        expect(contrast(shade[side], page[side]), shade[side]).toBeGreaterThanOrEqual(3);
    }
  });

  it("has numbers that are read on every field, and fields that grow darker on white and lighter on black", () => {
    for (const side of ["light", "dark"] as const) {
      const onPage = PALETTE.ramp.map((shade) => contrast(shade[side], PALETTE.page[side]));
      expect(onPage).toEqual([...onPage].sort((a, b) => a - b));
      for (const shade of [...PALETTE.ramp, ...PALETTE.parts])
        expect(contrast(inkOn(shade[side]), shade[side]), shade[side]).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("turns every colour of a picture into that of a dark page", async () => {
    const known = new Set(
      shades()
        .filter(({ light, dark }) => light !== dark)
        .map(({ light }) => light),
    );
    for (const kind of KINDS) {
      const { svg } = await drawChart(GALLERY[kind], SIZE, "dark");
      const rules = /<style>(.*)<\/style>/.exec(svg)![1]!;
      for (const [, property, colour] of svg
        .replace(/<style>.*<\/style>/, "")
        .matchAll(/(fill|stroke)="(#[0-9a-f]{6})"/g)) {
        if (!known.has(colour!)) continue; // a twin, which has a rule of its own
        expect(rules, `${kind} ${property} ${colour}`).toContain(`[${property}="${colour}"]`);
      }
    }
  });
});

it("no chance is in the drawing", () => {
  const folder = join(import.meta.dirname, "..", "..", "..", "src", "reports", "charts");
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  ))
    expect(readFileSync(join(folder, file), "utf8"), file).not.toMatch(/Math\.random|Date\.now|jitter/);
});
