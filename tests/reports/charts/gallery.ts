import type { Chart } from "../../../src/manifest/index.js";

const SHOPS = ["Harbour", "Old Town", "Station", "Airport", "University", "Riverside", "Market Hall"];
const SALES = [4120, 2210, 1180, 640, 410, 260, 180];
const TOTAL = SALES.reduce((sum, value) => sum + value, 0);
const DAYS = Array.from({ length: 120 }, (_, day) =>
  new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10),
);
const ORDERS = DAYS.map((_, day) =>
  Math.round(40 + day / 6 + 12 * Math.sin((day * 2 * Math.PI) / 7) + ((day * 37) % 11)),
);
const STOCK = DAYS.map((_, day) => Math.round(900 - 3 * day + 160 * Math.cos(day / 9)));
const mean = (values: readonly number[]) =>
  values.map((_, at) =>
    at < 6 ? null : values.slice(at - 6, at + 1).reduce((sum, value) => sum + value, 0) / 7,
  );
const frame = (title: string, n: string) => ({
  title,
  subtitle: `1 March to 28 June 2026, n = ${n}`,
  source: "Source: marts.orders",
});

/** One chart of each kind, of a shop: what the guide shows. */
export const GALLERY: { [Kind in Chart["kind"]]: Extract<Chart, { kind: Kind }> } = {
  pareto: {
    kind: "pareto",
    ...frame("3 of 7 shops take 83.4 % of the orders", "9,000 orders"),
    description: "Orders by shop in falling order with the cumulative share.",
    category: "Shop",
    value: { name: "Orders" },
    bars: SHOPS.map((name, at) => ({
      name,
      value: SALES[at]!,
      share: SALES[at]! / TOTAL,
      cumulative: SALES.slice(0, at + 1).reduce((sum, value) => sum + value, 0) / TOTAL,
    })),
    mark: { share: 0.8, bars: 3, text: "80 % reached with 3 shops" },
  },
  heatmap: {
    kind: "heatmap",
    ...frame("Orders come in at noon and in the evening", "9,000 orders"),
    description: "Orders by weekday and hour.",
    x: {
      name: "Hour",
      labels: ["08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"],
    },
    y: { name: "Weekday", labels: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] },
    value: { name: "Orders" },
    cells: [1, 1.1, 1.05, 1.2, 1.5, 0.6].map((weight) =>
      [0, 12, 26, 44, 92, 71, 40, 33, 38, 57, 101, 88, 42].map((orders) => Math.round(orders * weight)),
    ),
  },
  line: {
    kind: "line",
    ...frame("Orders rise, the stock falls", "120 days"),
    description: "Orders per day with their weekly mean, and the stock below.",
    days: DAYS,
    panels: [
      {
        value: { name: "Orders per day" },
        series: [
          { name: "Day", values: ORDERS, tone: "muted", weight: "thin" },
          { name: "Mean of 7 days", values: mean(ORDERS), tone: "accent" },
        ],
      },
      {
        value: { name: "Pieces in stock" },
        series: [{ name: "Stock", values: STOCK, tone: "caution", weight: "area" }],
      },
    ],
    unfinishedFrom: DAYS[117]!,
  },
  whisker: {
    kind: "whisker",
    ...frame("Airport delivers in 31.0 h on average, Market Hall in 9.2 h", "8,800 deliveries"),
    description: "Mean, median and 90th percentile of the hours to deliver by shop.",
    category: "Shop",
    value: { name: "Hours to deliver", format: { decimals: 1, unit: "h" } },
    names: { bar: "Mean", dot: "Median", end: "90th percentile (p90)", short: "p90" },
    rows: [
      { name: "Airport", bar: 31, dot: 18.2, end: 74.5, n: 640 },
      { name: "Harbour", bar: 24.3, dot: 15.1, end: 55.9, n: 4061 },
      { name: "Station", bar: 19.8, dot: 14.4, end: 38.2, n: 1150 },
      { name: "Old Town", bar: 14.6, dot: 11.3, end: 29.4, n: 2180 },
      { name: "Market Hall", bar: 9.2, dot: 7.9, end: 16.6, n: 769 },
    ],
    reference: { value: 20.4, text: "all shops: 20.4 h" },
  },
  bars: {
    kind: "bars",
    ...frame("Two shops miss the target for returns", "9,000 orders"),
    description: "Share of returned orders by shop with the target.",
    category: "Shop",
    value: { name: "Returned orders", format: { percent: true, decimals: 1 } },
    bars: [
      { name: "Airport", value: 0.092, tone: "bad", note: "59 of 640" },
      { name: "Station", value: 0.071, tone: "bad", note: "84 of 1,180" },
      { name: "Harbour", value: 0.046, tone: "muted", note: "190 of 4,120" },
      { name: "Old Town", value: 0.031, tone: "muted", note: "69 of 2,210" },
      { name: "University", value: 0.012, tone: "muted", note: "5 of 410" },
    ],
    reference: { value: 0.05, text: "target 5 %" },
  },
  scatter: {
    kind: "scatter",
    ...frame("Packers who pack more are not slower", "24 packers"),
    description: "Median minutes per parcel by parcels per packer, with the medians of all.",
    x: { name: "Parcels" },
    y: { name: "Median minutes per parcel" },
    points: Array.from({ length: 24 }, (_, at) => ({
      name: `Packer ${String(at + 1).padStart(2, "0")}`,
      x: 120 + ((at * 97) % 480),
      y: 6 + ((at * 53) % 71) / 10,
      labelled: at % 8 === 3,
    })),
    references: [
      { axis: "x", value: 350, text: "median 350" },
      { axis: "y", value: 9.4, text: "median 9.4 min" },
    ],
  },
  stacked: {
    kind: "stacked",
    ...frame("Express takes a growing part", "9,000 orders"),
    description: "Share of the ways of delivery by month.",
    category: "Month",
    labels: ["Mar 2026", "Apr 2026", "May 2026", "Jun 2026"],
    value: { name: "Orders" },
    parts: [
      { name: "Standard", values: [1480, 1400, 1310, 1190] },
      { name: "Express", values: [410, 560, 700, 830] },
      { name: "Pick-up", values: [290, 280, 280, 270] },
    ],
  },
  calibration: {
    kind: "calibration",
    ...frame("Predicted returns come true", "2,400 orders of May and June"),
    description: "Observed against predicted shares of returns in ten groups.",
    predicted: { name: "Predicted share of returns", format: { percent: true } },
    observed: { name: "Observed share", format: { percent: true } },
    groups: Array.from({ length: 10 }, (_, at) => {
      const predicted = 0.02 + 0.055 * at;
      const observed =
        predicted + [0.004, -0.006, 0.01, 0.012, -0.015, 0.004, 0.021, -0.012, -0.02, 0.03][at]!;
      return { predicted, observed, n: 240, low: Math.max(0, observed - 0.04), high: observed + 0.04 };
    }),
  },
};
