import { describe, expect, it } from "vitest";
import { readExpression } from "../../src/compile/metric-expression.js";
import { Graph, select } from "../../src/graph/index.js";
import { errorsOf, type ProjectFiles, parseProject, summaries } from "../harness/project.js";

const SHOP: ProjectFiles = {
  "models/orders.sql":
    "SELECT 1 AS id, 2.5 AS amount, 'Rome' AS city, DATE '2026-01-01' AS ordered_on, 1 AS is_paid\n",
  "models/refunds.sql": "SELECT 1 AS id, 'Rome' AS city\n",
  "models/shop.yml": `models:
  - name: orders
    config: { materialized: table, event_time: ordered_on }
    columns: [{ name: id }, { name: amount }, { name: city }, { name: ordered_on }, { name: is_paid }]
  - name: refunds
    columns: [{ name: id }, { name: city }]
`,
};

const METRICS = `metrics:
  - name: revenue
    label: Revenue
    description: What was paid.
    model: ref('orders')
    numerator: SUM(amount) / 100
    filter: { is_paid: 1 }
    format: currency
    currency: EUR
    good: up
    target: 10
    dimensions: [city]
    tags: [money]
  - name: mean_order
    model: orders
    numerator: SUM(amount)
    denominator: COUNT(amount)
  - name: refunds
    model: ref('refunds')
    numerator: COUNT(*)
`;

const DASHBOARD = `dashboards:
  - name: sales
    title: Sales
    question: How much?
    owner: { name: Ada, email: ada@shop.example }
    maturity: high
    filters: [{ field: date, default: 30 days }, { field: city, label: Town }]
    kpis: [revenue, { metric: mean_order, beside: [revenue] }]
    sheets:
      - name: by_city
        kind: bar
        metrics: [revenue]
        dimensions: [city]
        sort: { by: revenue, direction: desc }
        top: 5
      - { name: over_time, kind: line, metrics: [revenue], below: [mean_order] }
    layout: [[{ sheet: over_time, width: 12 }]]
`;

const shop = (metrics: string, more: ProjectFiles = {}) => ({
  ...SHOP,
  "models/metrics.yml": metrics,
  ...more,
});

describe("expressions of metrics", () => {
  it.each([
    ["SUM(amount)", [[1, { of: "sum", column: "amount" }]]],
    ["count(*)", [[1, { of: "rows" }]]],
    [
      "SUM(a) - SUM(b)",
      [
        [1, { of: "sum", column: "a" }],
        [-1, { of: "sum", column: "b" }],
      ],
    ],
    ["SUM(minutes) / 60", [[1 / 60, { of: "sum", column: "minutes" }]]],
    [
      "2 * COUNT(a) + SUM(b) * 3",
      [
        [2, { of: "count", column: "a" }],
        [3, { of: "sum", column: "b" }],
      ],
    ],
    ["MEDIAN(h)", [[1, { of: "percentile", column: "h", fraction: 0.5 }]]],
    ["PERCENTILE(h, 0.9)", [[1, { of: "percentile", column: "h", fraction: 0.9 }]]],
  ])("%s", (text, terms) => {
    expect(readExpression(text)).toEqual({
      sql: text,
      terms: terms.map(([factor, aggregate]) => ({ factor, aggregate })),
    });
  });

  it.each([
    ["AVG(amount)", "means are quotients of sums"],
    ["SUMM(amount)", 'there is no aggregate "SUMM"'],
    ["SUM(*)", "SUM is called in a way that it does not know"],
    ["PERCENTILE(h)", "PERCENTILE is called in a way that it does not know"],
    ["PERCENTILE(h, 90)", "PERCENTILE is called in a way that it does not know"],
    ["SUM(a) SUM(b)", '"SUM(a) SUM(b)" is not understood'],
    ["SUM(CASE WHEN a THEN 1 END)", '"SUM(CASE WHEN a THEN 1 END)" is not understood'],
    ["SUM(a); DROP TABLE x", '"SUM(a); DROP TABLE x" is not understood'],
    ["SUM(a) / 0", "it divides by zero"],
    ["MAX(a) + SUM(b)", "only sums and counts can be added up"],
    ["", "it is empty"],
  ])("%s is refused", (text, message) => {
    expect(readExpression(text)).toMatchObject({ message });
  });
});

describe("metrics, exposures and dashboards in the manifest", () => {
  it("a metric says what it is computed from", async () => {
    const { manifest } = await parseProject(shop(METRICS));
    expect(manifest.metrics["metric.shop.revenue"]).toMatchObject({
      resource_type: "metric",
      label: "Revenue",
      model: "model.shop.orders",
      model_name: "orders",
      numerator: { sql: "SUM(amount) / 100" },
      denominator: null,
      where: [{ column: "is_paid", values: [1] }],
      date: "ordered_on",
      over_time: "sum",
      format: { kind: "currency", decimals: 0, currency: "EUR" },
      good: "up",
      target: 10,
      dimensions: ["city"],
      tags: ["money"],
      depends_on: { nodes: ["model.shop.orders"] },
    });
    expect(manifest.metrics["metric.shop.mean_order"]!.label).toBe("mean_order");
    expect(manifest.metrics["metric.shop.refunds"]!.date).toBeNull();
    expect(manifest.child_map["model.shop.orders"]).toEqual([
      "metric.shop.mean_order",
      "metric.shop.revenue",
    ]);
  });

  it("a dashboard is an exposure, in which lineage ends", async () => {
    const { manifest } = await parseProject(shop(METRICS + DASHBOARD));
    const id = "exposure.shop.sales";
    expect(manifest.exposures[id]).toMatchObject({
      type: "dashboard",
      label: "Sales",
      maturity: "high",
      owner: { name: "Ada", email: "ada@shop.example" },
      depends_on: { nodes: ["model.shop.orders", "metric.shop.revenue", "metric.shop.mean_order"] },
    });
    expect(manifest.dashboards[id]).toMatchObject({
      title: "Sales",
      filters: [
        { kind: "date_range", label: "Period", default: { days: 30 } },
        { kind: "choice", label: "Town", field: "city" },
      ],
      kpis: [
        { metric: "revenue", beside: [] },
        { metric: "mean_order", beside: ["revenue"] },
      ],
      layout: [[{ sheet: "over_time", width: 12 }], [{ sheet: "by_city", width: 12 }]],
    });
    const sheets = manifest.dashboards[id]!.sheets;
    expect(sheets.map(({ name, date_grain, model, date }) => [name, date_grain, model, date])).toEqual([
      ["by_city", null, "model.shop.orders", "ordered_on"],
      ["over_time", "auto", "model.shop.orders", "ordered_on"],
    ]);
  });

  it("exposures are dbt's", async () => {
    const { manifest } = await parseProject(
      shop(`${METRICS}exposures:
  - name: churn
    type: ml
    maturity: low
    url: https://models.example/churn
    owner: { email: ada@shop.example }
    depends_on: [ref('orders'), metric('refunds')]
`),
    );
    expect(manifest.exposures["exposure.shop.churn"]).toMatchObject({
      type: "ml",
      url: "https://models.example/churn",
      owner: { name: null, email: "ada@shop.example" },
      depends_on: { nodes: ["model.shop.orders", "metric.shop.refunds"] },
    });
  });

  it.each([
    [
      ["+exposure:sales"],
      ["model.shop.orders", "metric.shop.mean_order", "metric.shop.revenue", "exposure.shop.sales"],
    ],
    [["metric:re*"], ["metric.shop.refunds", "metric.shop.revenue"]],
    [["exposure:shop.sales"], ["exposure.shop.sales"]],
    [
      ["orders+1"],
      ["model.shop.orders", "metric.shop.mean_order", "metric.shop.revenue", "exposure.shop.sales"],
    ],
    [["tag:money"], ["metric.shop.revenue"]],
    [["sales"], []],
    [["resource_type:metric"], ["metric.shop.mean_order", "metric.shop.refunds", "metric.shop.revenue"]],
  ])("%s selects %s", async (selection, expected) => {
    const { manifest } = await parseProject(shop(METRICS + DASHBOARD));
    const { ids } = select(manifest, Graph.of(manifest), { select: selection });
    expect([...ids].sort()).toEqual([...expected].sort());
  });

  it("what is turned off is not there", async () => {
    const { manifest } = await parseProject(
      shop(METRICS.replace("  - name: refunds\n", "  - name: refunds\n    config: { enabled: false }\n")),
    );
    expect(Object.keys(manifest.metrics)).toEqual(["metric.shop.mean_order", "metric.shop.revenue"]);
  });

  it("state: finds a metric whose definition has changed, and no model", async () => {
    const before = (await parseProject(shop(METRICS + DASHBOARD))).manifest;
    const { manifest } = await parseProject(shop(METRICS.replace("target: 10", "target: 11") + DASHBOARD));
    const state = { folder: "x", manifest: before, results: null, sources: null, currentSources: null };
    const { ids } = select(manifest, Graph.of(manifest), { select: ["state:modified"], state });
    expect(ids).toEqual(["metric.shop.revenue"]);
  });
});

describe("what is wrong is said with its place and the nearest name", () => {
  const wrong: [string, string, string, Record<string, string>][] = [
    [
      "a model",
      METRICS,
      "ref('orders')\n    numerator: SUM(amount) / 100",
      {
        with: "ref('ordres')\n    numerator: SUM(amount)",
        code: "SLA203",
        message: 'the metric "revenue" reads ref "ordres", which does not exist',
        hint: 'Did you mean "orders"?',
        at: "models/metrics.yml:5:12",
      },
    ],
    [
      "a column",
      METRICS,
      "SUM(amount) / 100",
      {
        with: "SUM(amuont)",
        code: "SLA104",
        message: 'the metric "revenue" names the column "amuont", which "orders" does not declare',
        hint: 'Did you mean "amount"?',
        at: "models/metrics.yml:6:16",
      },
    ],
    [
      "a filter",
      METRICS,
      "is_paid: 1",
      {
        with: "is_payd: 1",
        code: "SLA104",
        message: 'the metric "revenue" names the column "is_payd", which "orders" does not declare',
        hint: 'Did you mean "is_paid"?',
        at: "models/metrics.yml:7:24",
      },
    ],
    [
      "an aggregate",
      METRICS,
      "SUM(amount) / 100",
      {
        with: "SUMM(amount)",
        code: "SLA104",
        message: 'the numerator of "revenue": there is no aggregate "SUMM"',
        hint: 'Did you mean "SUM"?',
        at: "models/metrics.yml:6:16",
      },
    ],
    [
      "a key",
      METRICS,
      "good: up",
      {
        with: "goood: up",
        code: "SLA103",
        message: 'unknown key "goood" in metrics[0]',
        hint: 'Did you mean "good"?',
        at: "models/metrics.yml:10:5",
      },
    ],
    [
      "a metric of a card",
      METRICS + DASHBOARD,
      "kpis: [revenue,",
      {
        with: "kpis: [revenu,",
        code: "SLA203",
        message: 'the dashboard "sales" shows the metric "revenu", which does not exist',
        hint: 'Did you mean "revenue"?',
        at: "models/metrics.yml:28:12",
      },
    ],
    [
      "a dimension",
      METRICS + DASHBOARD,
      "dimensions: [city]\n        sort",
      {
        with: "dimensions: [citi]\n        sort",
        code: "SLA104",
        message: 'the sheet "by_city" names the column "citi", which "orders" does not declare',
        hint: 'Did you mean "city"?',
        at: "models/metrics.yml:33:22",
      },
    ],
    [
      "a sort",
      METRICS + DASHBOARD,
      "by: revenue",
      {
        with: "by: revnue",
        code: "SLA104",
        message:
          'the sheet "by_city" is sorted by "revnue", which is neither a metric of its own nor a column',
        hint: 'Did you mean "revenue"?',
        at: "models/metrics.yml:34:21",
      },
    ],
    [
      "a filter of the page",
      METRICS + DASHBOARD,
      "field: city",
      {
        with: "field: town",
        code: "SLA104",
        message: 'the dashboard "sales" filters by "town", which is a column of none of its models',
        at: "models/metrics.yml:27:59",
      },
    ],
    [
      "a sheet of the layout",
      METRICS + DASHBOARD,
      "sheet: over_time",
      {
        with: "sheet: over_tim",
        code: "SLA104",
        message: 'the layout of "sales" names the sheet "over_tim", which it does not have',
        hint: 'Did you mean "over_time"?',
        at: "models/metrics.yml:37:24",
      },
    ],
    [
      "metrics of two models",
      METRICS + DASHBOARD,
      "below: [mean_order]",
      {
        with: "below: [refunds]",
        code: "SLA104",
        message: 'the sheet "over_time" mixes metrics of "orders" and of "refunds"',
        hint: "A sheet reads one model: make two sheets of it.",
      },
    ],
    [
      "too wide a row",
      METRICS + DASHBOARD,
      "width: 12 }]",
      {
        with: "width: 9 }, { sheet: by_city, width: 4 }]",
        code: "SLA104",
        message: "a row of the page has 12 columns, this one 13",
      },
    ],
    [
      "a bar chart of nothing",
      METRICS + DASHBOARD,
      "dimensions: [city]\n        sort",
      {
        with: "sort",
        code: "SLA104",
        message: 'the sheet "by_city" is a bar chart of nothing: it needs a dimension or a date_grain',
      },
    ],
  ];
  it.each(wrong)("%s", async (_, text, part, { with: other, ...expected }) => {
    expect(text).toContain(part);
    const errors = summaries(await errorsOf(shop(text.replace(part, other!))));
    expect(errors).toContainEqual(expect.objectContaining(expected));
  });

  it("a dashboard and an exposure of one name", async () => {
    const more = "exposures:\n  - { name: sales, type: notebook }\n";
    const errors = await errorsOf(shop(METRICS + DASHBOARD + more));
    expect(errors.map(({ message }) => message)).toContain(
      'the dashboard "sales" and an exposure in models/metrics.yml have one name',
    );
  });

  it("two metrics of one name", async () => {
    const errors = await errorsOf(shop(METRICS, { "models/more.yml": METRICS }));
    expect(errors.map(({ code }) => code)).toContain("SLA105");
  });
});
