import { describe, expect, it } from "vitest";
import type { Dashboard, MetricNode, Sheet } from "../../src/manifest/index.js";
import { buckets, grainFor } from "../../src/reports/dashboards/days.js";
import { percentile } from "../../src/reports/dashboards/evaluate.js";
import {
  chartOf,
  choices,
  type DashboardData,
  type DashboardSpec,
  type DashboardState,
  dayNumber,
  dayText,
  defaultState,
  figureText,
  numberText,
  view,
} from "../../src/reports/index.js";

const DAYS = ["2026-01-05", "2026-01-05", "2026-01-06", "2026-02-02", "2026-02-03", "2026-02-03"];
/** Six orders of two towns; the fifth has no amount. */
const DATA: DashboardData = {
  tables: {
    orders: {
      model: "orders",
      length: 6,
      columns: {
        day: { kind: "day", values: DAYS.map(dayNumber) },
        town: { kind: "text", dictionary: ["Rome", "Oslo"], codes: [0, 1, 0, 0, 1, -1] },
        item: { kind: "text", dictionary: ["Pen", "Cup"], codes: [0, 0, 1, 1, 1, 0] },
        amount: { kind: "number", values: [10, 20, 30, 40, null, 60] },
        late: { kind: "number", values: [1, 0, 0, 1, 0, 0] },
      },
    },
    stock: {
      model: "stock",
      length: 4,
      columns: {
        on_day: {
          kind: "day",
          values: ["2026-01-05", "2026-01-06", "2026-02-02", "2026-02-03"].map(dayNumber),
        },
        items: { kind: "number", values: [5, 7, 3, 4] },
      },
    },
  },
};

const metric = (name: string, given: Partial<MetricNode>): MetricNode =>
  ({
    name,
    label: name,
    description: "",
    model: "model.shop.orders",
    model_name: "orders",
    denominator: null,
    where: [],
    date: "day",
    over_time: "sum",
    format: { kind: "number", decimals: 0 },
    good: "neutral",
    target: null,
    ...given,
  }) as MetricNode;
const sum = (column: string) => ({
  sql: "",
  terms: [{ factor: 1, aggregate: { of: "sum" as const, column } }],
});
const rows = { sql: "", terms: [{ factor: 1, aggregate: { of: "rows" as const } }] };

const METRICS: Record<string, MetricNode> = Object.fromEntries(
  [
    metric("orders", { numerator: rows }),
    metric("revenue", { numerator: sum("amount"), good: "up", target: 100 }),
    metric("late_rate", {
      numerator: sum("late"),
      denominator: rows,
      format: { kind: "percent", decimals: 1 },
      good: "down",
    }),
    metric("cups", { numerator: rows, where: [{ column: "item", values: ["Cup"] }] }),
    metric("median", {
      numerator: {
        sql: "",
        terms: [{ factor: 1, aggregate: { of: "percentile", column: "amount", fraction: 0.5 } }],
      },
    }),
    metric("stock", {
      numerator: sum("items"),
      model: "model.shop.stock",
      model_name: "stock",
      date: "on_day",
      over_time: "last",
    }),
  ].map((each) => [each.name, each]),
);

const sheet = (given: Partial<Sheet>): Sheet => ({
  name: "sheet",
  title: "Sheet",
  description: "",
  kind: "bar",
  model: "model.shop.orders",
  model_name: "orders",
  date: "day",
  metrics: ["orders"],
  below: [],
  label_metric: null,
  dimensions: [],
  date_grain: null,
  where: [],
  sort: null,
  top: null,
  rest: false,
  n_min: 0,
  reference_lines: [],
  columns: [],
  ...given,
});

const spec = (sheets: Partial<Sheet>[], more: Partial<Dashboard> = {}): DashboardSpec => ({
  metrics: METRICS,
  dashboard: {
    unique_id: "exposure.shop.sales",
    name: "sales",
    title: "Sales",
    question: "",
    description: "",
    filters: [
      { kind: "date_range", label: "Period", default: "all" },
      { kind: "choice", label: "Town", field: "town" },
    ],
    kpis: Object.keys(METRICS).map((name) => ({ metric: name, beside: [] })),
    sheets: sheets.map(sheet),
    layout: [],
    ...more,
  },
});

const ALL: DashboardState = { from: null, to: null, filters: {}, selections: [] };
const FEBRUARY: DashboardState = { ...ALL, from: dayNumber("2026-02-01"), to: dayNumber("2026-02-28") };
const table = (given: Partial<Sheet>, state = ALL) => view(spec([given]), state, DATA).sheets[0]!.table.rows;
const kpis = (state: DashboardState) =>
  Object.fromEntries(view(spec([]), state, DATA).kpis.map((kpi) => [kpi.metric, kpi]));

describe("cards", () => {
  it("sums, quotients with what they are made of, percentiles, and stock at the end", () => {
    const all = kpis(ALL);
    expect(all.orders).toMatchObject({ value: 6, numerator: 6, denominator: null, n: 6 });
    expect(all.revenue).toMatchObject({ value: 160, status: "met" });
    expect(all.late_rate).toMatchObject({ value: 2 / 6, numerator: 2, denominator: 6, n: 6, thin: true });
    expect(all.cups).toMatchObject({ value: 3 });
    expect(all.median).toMatchObject({ value: 30, n: 5 });
    expect(all.stock).toMatchObject({ value: 4 });
  });

  it("go by the period, and change against the one before", () => {
    const state = { ...ALL, from: dayNumber("2026-01-30"), to: dayNumber("2026-02-27") };
    const { revenue, stock, late_rate } = kpis(state);
    expect(revenue).toMatchObject({ value: 100, previous: null, delta: null, trend: null });
    const later = { ...ALL, from: dayNumber("2026-02-02"), to: dayNumber("2026-02-05") };
    expect(kpis({ ...later, from: dayNumber("2026-02-03"), to: dayNumber("2026-02-03") })).toMatchObject({
      revenue: { value: 60, previous: { value: 40 }, delta: 20, trend: "better", status: "missed" },
      late_rate: { value: 0, previous: { value: 1 }, delta: -1, trend: "better" },
      orders: { delta: 1, trend: "changed" },
      stock: { value: 4, previous: { value: 3 }, delta: 1 },
    });
    expect([stock!.value, late_rate!.value]).toEqual([4, 1 / 3]);
  });

  it("an empty selection has no figure, not even zero", () => {
    const { orders, revenue, late_rate, median, stock } = kpis({ ...ALL, filters: { town: ["Bern"] } });
    for (const kpi of [orders, revenue, late_rate, median]) expect(kpi!.value).toBeNull();
    expect(stock).toMatchObject({ value: 4, unfiltered: ["town"] });
    expect(kpis({ ...FEBRUARY, filters: { town: ["Rome"] } }).orders!.value).toBe(1);
  });

  it("the sparkline has a point a day up to ninety days, and none that counts a day twice", () => {
    const { sparkline } = kpis(ALL).orders!;
    expect(sparkline.length).toBe(30);
    expect(sparkline.reduce((total, { value }) => total + value!, 0)).toBe(6);
    const long = { ...ALL, from: dayNumber("2025-01-01"), to: dayNumber("2026-02-28") };
    const points = kpis(long).orders!.sparkline;
    expect(points.length).toBeLessThanOrEqual(90);
    expect(points.reduce((total, { value }) => total + value!, 0)).toBe(6);
    expect(kpis(long).stock!.sparkline.at(-6)!.value).toBe(4);
  });
});

describe("sheets", () => {
  it("bars are sorted, cut, and the others come together", () => {
    const bars = {
      dimensions: ["town"],
      sort: { by: "orders", direction: "desc" as const },
      label_metric: "revenue",
    };
    expect(table(bars)).toEqual([
      ["Rome", 3, 80],
      ["Oslo", 2, 20],
      ["–", 1, 60],
    ]);
    expect(table({ ...bars, top: 1, rest: true })).toEqual([
      ["Rome", 3, 80],
      ["Other", 3, 80],
    ]);
    expect(table({ ...bars, top: 1 })).toEqual([["Rome", 3, 80]]);
    expect(table({ ...bars, n_min: 2 })).toEqual([
      ["Rome", 3, 80],
      ["Oslo", 2, 20],
    ]);
    expect(table({ ...bars, sort: { by: "amount", direction: "asc" } })[0]).toEqual(["Rome", 3, 80]);
    expect(table({ ...bars, where: [{ column: "town", values: [null] }] })).toEqual([["–", 1, 60]]);
  });

  it("a share of the others is a quotient of sums, not a mean of shares", () => {
    const rates = {
      metrics: ["late_rate"],
      dimensions: ["item"],
      sort: { by: "item", direction: "desc" as const },
      top: 1,
      rest: true,
    };
    expect(table(rates)).toEqual([
      ["Pen", 1 / 3],
      ["Other", 1 / 3],
    ]);
  });

  it("lines have all spans, stock counts at the end of each", () => {
    expect(table({ kind: "line", date_grain: "month", metrics: ["orders", "late_rate"] })).toEqual([
      ["2026-01", 3, 1 / 3],
      ["2026-02", 3, 1 / 3],
    ]);
    const stock = { kind: "line" as const, metrics: ["stock"], model_name: "stock", date: "on_day" };
    expect(table({ ...stock, date_grain: "month" })).toEqual([
      ["2026-01", 7],
      ["2026-02", 4],
    ]);
    const weeks = view(spec([{ kind: "line", date_grain: "week", metrics: ["orders"] }]), ALL, DATA)
      .sheets[0]!;
    expect(weeks.table.rows.map(([, value]) => value)).toEqual([3, 0, 0, 0, 3]);
    expect(weeks.picture).toMatchObject({
      spans: [{ label: "2026-01-05", partial: false }, {}, {}, {}, { partial: true }],
    });
    expect(table({ kind: "line", date_grain: "month", metrics: ["orders"], dimensions: ["town"] })).toEqual([
      ["2026-01", 0, 1, 2],
      ["2026-02", 1, 1, 1],
    ]);
  });

  it("stacked parts have shares of their whole, or none of nothing", () => {
    const { picture } = view(spec([{ kind: "stacked", date_grain: "week", dimensions: ["item"] }]), ALL, DATA)
      .sheets[0]!;
    expect(picture).toMatchObject({
      labels: ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02"],
      parts: [
        { name: "Cup", amounts: [1, 0, 0, 0, 2], shares: [1 / 3, null, null, null, 2 / 3] },
        { name: "Pen", amounts: [2, 0, 0, 0, 1], shares: [2 / 3, null, null, null, 1 / 3] },
      ],
    });
  });

  it("a heat map is blank where there are no rows", () => {
    const grid = {
      kind: "heatmap" as const,
      dimensions: ["town", "item"],
      sort: { by: "orders", direction: "desc" as const },
    };
    expect(table(grid)).toEqual([
      ["Rome", 2, 1],
      ["Oslo", 1, 1],
      ["–", null, 1],
    ]);
  });

  it("points without a figure have no place", () => {
    const { picture } = view(
      spec([
        {
          kind: "scatter",
          metrics: ["orders", "median"],
          dimensions: ["town"],
          reference_lines: [
            { metric: "median", at: "median", label: "middle" },
            { metric: "orders", at: 4, label: "four" },
          ],
        },
      ]),
      FEBRUARY,
      DATA,
    ).sheets[0]!;
    expect(picture).toMatchObject({
      points: [
        { name: "–", x: 1, y: 60 },
        { name: "Rome", x: 1, y: 40 },
      ],
      references: [
        { axis: "y", value: 50, label: "middle" },
        { axis: "x", value: 4, label: "four" },
      ],
    });
  });

  it("rows come as they are", () => {
    const list = {
      kind: "rows" as const,
      metrics: [],
      columns: [
        { name: "town", label: "Town" },
        { name: "amount", label: "Amount" },
      ],
      sort: { by: "amount", direction: "desc" as const },
      top: 2,
    };
    expect(table(list)).toEqual([
      [null, 60],
      ["Rome", 40],
    ]);
    expect(view(spec([list]), ALL, DATA).sheets[0]!.caption).toBe("The first 2 of 6 rows.");
  });

  it("a choice in one sheet restricts the others and not itself", () => {
    const both = [
      { name: "towns", dimensions: ["town"] },
      { name: "items", dimensions: ["item"] },
    ];
    const state = { ...ALL, selections: [{ sheet: "towns", values: { town: ["Rome"] } }] };
    const [towns, items] = view(spec(both), state, DATA).sheets;
    expect(towns!.table.rows.length).toBe(3);
    expect(towns!.picture).toMatchObject({
      bars: [{ selected: false }, { name: "Oslo", selected: false }, { name: "Rome", selected: true }],
    });
    expect(items!.table.rows).toEqual([
      ["Cup", 2],
      ["Pen", 1],
    ]);
    expect(items!.picture).toMatchObject({ bars: [{ selected: null }, { selected: null }] });
    const figures = view(spec(both), state, DATA);
    expect(figures.kpis[0]!.value).toBe(3);
    expect(figures.applied).toBe("5 Jan 2026 to 3 Feb 2026 (30 days); Town: Rome");
  });

  it("no data at all is no error", () => {
    const empty = view(spec([{ dimensions: ["town"] }, { kind: "line", date_grain: "auto" }]), ALL, {
      tables: {},
    });
    expect(empty.period).toBeNull();
    expect(empty.kpis.map(({ value }) => value)).toEqual(empty.kpis.map(() => null));
    expect(empty.sheets.map(({ table: found }) => found.rows)).toEqual([[], []]);
  });
});

describe("charts", () => {
  it("a sheet becomes a chart that can be drawn; a table and an empty sheet do not", () => {
    const words = { subtitle: "All" };
    const [bars, list, nothing] = view(
      spec([
        { dimensions: ["town"], label_metric: "late_rate" },
        { kind: "table", dimensions: ["town"] },
        { dimensions: ["town"], where: [{ column: "town", values: ["Bern"] }] },
      ]),
      ALL,
      DATA,
    ).sheets;
    expect(chartOf(bars!, words)).toMatchObject({
      kind: "bars",
      category: "Town",
      bars: [
        { name: "–", value: 1, note: "late_rate: 0.0 %" },
        { name: "Oslo", value: 2 },
        { name: "Rome", value: 3, note: "late_rate: 66.7 %" },
      ],
    });
    expect(chartOf(list!, words)).toBeNull();
    expect(chartOf(nothing!, words)).toBeNull();
  });
});

describe("what a reader starts with", () => {
  it("the period that the dashboard says, within the data", () => {
    const start = (value: "all" | "year_to_date" | { days: number }) => {
      const { from, to } = defaultState(
        spec([], { filters: [{ kind: "date_range", label: "", default: value }] }),
        DATA,
      );
      return [from === null ? null : dayText(from), to === null ? null : dayText(to)];
    };
    expect(start("all")).toEqual([null, null]);
    expect(start({ days: 7 })).toEqual(["2026-01-28", "2026-02-03"]);
    expect(start({ days: 700 })).toEqual(["2026-01-05", "2026-02-03"]);
    expect(start("year_to_date")).toEqual(["2026-01-05", "2026-02-03"]);
    expect(choices("town", DATA)).toEqual(["Oslo", "Rome"]);
  });
});

describe("days, spans and numbers", () => {
  it("spans begin on Mondays, firsts of months and quarters", () => {
    const labels = (grain: Parameters<typeof buckets>[0], from: string, to: string) =>
      buckets(grain, dayNumber(from), dayNumber(to)).map(
        ({ label, partial }) => `${label}${partial ? "*" : ""}`,
      );
    expect(labels("week", "2025-12-31", "2026-01-11")).toEqual(["2025-12-29*", "2026-01-05"]);
    expect(labels("month", "2024-02-01", "2024-03-30")).toEqual(["2024-02", "2024-03*"]);
    expect(labels("quarter", "2025-11-15", "2026-03-31")).toEqual(["2025 Q4*", "2026 Q1"]);
    expect(labels("year", "2024-01-01", "2024-12-31")).toEqual(["2024"]);
    expect(labels("day", "2024-02-28", "2024-03-01")).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
    expect(labels("week", "1969-12-29", "1970-01-04")).toEqual(["1969-12-29"]);
    expect([grainFor(0, 34), grainFor(0, 35), grainFor(0, 190)]).toEqual(["day", "week", "month"]);
  });

  it("percentiles lie on the line between neighbours", () => {
    const of = (values: number[], fraction: number) =>
      percentile(
        values.map((value) => ({ value, weight: 1 })),
        fraction,
      );
    expect(of([4, 1], 0.5)).toBe(2.5);
    expect(of([1, 4], 0.9)).toBeCloseTo(3.7, 12);
    expect(of([5], 0.9)).toBe(5);
    expect(of([], 0.5)).toBeNull();
    expect(
      percentile(
        [
          { value: 1, weight: 3 },
          { value: 9, weight: 1 },
        ],
        0.9,
      ),
    ).toBeCloseTo(6.6, 12);
  });

  it("numbers are written alike everywhere", () => {
    expect(numberText(-1234.56, 1)).toBe("−1,234.6");
    expect(numberText(-0.04, 1)).toBe("0.0");
    expect(numberText(1234567, 0)).toBe("1,234,567");
    expect(figureText(0.9991, { kind: "percent", decimals: 3 })).toBe("99.910 %");
    expect(figureText(1.25, { kind: "currency", decimals: 2, currency: "GBP" })).toBe("1.25 GBP");
    expect(figureText(null, { kind: "hours", decimals: 1 })).toBe("–");
  });
});
