import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { LoadedSources, PreviousState } from "../../src/graph/index.js";
import type { Manifest, RunResults } from "../../src/manifest/index.js";
import { list, names, parseShop, SHOP, warningsOf } from "./shop-graph.js";

const EMPTY: PreviousState = {
  folder: "state",
  manifest: null,
  results: null,
  sources: null,
  currentSources: null,
};

function edited(path: string, from: string | RegExp, to: string): Record<string, string> {
  const text = SHOP[path]!.replace(from, to);
  if (text === SHOP[path]) throw new Error(`${path} has no ${from}`);
  return { [path]: text };
}

/** What a manifest is when it comes back from its file. */
function stored(manifest: Manifest): Manifest {
  return JSON.parse(JSON.stringify(manifest)) as Manifest;
}

const ORDERS = "models/marts/orders.sql";
const MARTS = "models/marts/marts.yml";
const PROJECT = "project.yml";

/** What was changed, and what each of the states then selects (tests that ride along are left out). */
interface Change {
  what: string;
  files: Record<string, string | null>;
  /** By the value of `state:`; what is not named selects nothing. */
  selects: Record<string, string>;
}

const without = (all: string, some: string): string =>
  list(all)
    .filter((name) => !list(some).includes(name))
    .join(" ");

const STATES = [
  "new",
  "modified",
  "modified.body",
  "modified.configs",
  "modified.relation",
  "modified.persisted_descriptions",
  "modified.macros",
  "modified.contract",
];

const CHANGES: Change[] = [
  { what: "nothing", files: {}, selects: {} },
  {
    what: "the SQL of a model",
    files: edited(ORDERS, "SELECT", "select"),
    selects: { modified: "orders", "modified.body": "orders" },
  },
  {
    what: "the SQL of a singular test",
    files: edited("tests/finance/t_rev.sql", "SELECT *", "SELECT 1 AS one"),
    selects: { modified: "t_rev", "modified.body": "t_rev" },
  },
  {
    what: "rows of a seed",
    files: edited("seeds/raw_rates.csv", "EUR,1", "EUR,2"),
    selects: { modified: "raw_rates", "modified.body": "raw_rates" },
  },
  {
    what: "the materialization",
    files: edited(ORDERS, 'materialized="table"', 'materialized="view"'),
    // What stands in the file is its body, too.
    selects: { modified: "orders", "modified.body": "orders", "modified.configs": "orders" },
  },
  {
    what: "meta",
    files: edited(MARTS, "ann", "bob"),
    selects: { modified: "orders", "modified.configs": "orders" },
  },
  {
    what: "tags",
    files: edited(ORDERS, "nightly,core", "hourly"),
    selects: { modified: "orders", "modified.body": "orders" },
  },
  { what: "tags in project.yml", files: edited(PROJECT, "- staging", "- stage"), selects: {} },
  {
    what: "the schema of a folder",
    files: edited(PROJECT, "+schema: staging", "+schema: stage"),
    selects: {
      modified: "stg_orders stg_payments stg_customers",
      "modified.relation": "stg_orders stg_payments stg_customers",
    },
  },
  {
    what: "the description of a table",
    files: edited(MARTS, "All orders", "Every order"),
    selects: { modified: "orders", "modified.persisted_descriptions": "orders" },
  },
  {
    what: "the description of a column of a table",
    files: edited(MARTS, "description: Key", "description: The key"),
    selects: { modified: "orders", "modified.persisted_descriptions": "orders" },
  },
  {
    what: "the description of a view, which cannot keep it",
    files: edited(
      "models/staging/staging.yml",
      "- name: stg_orders\n",
      "- name: stg_orders\n    description: x\n",
    ),
    selects: {},
  },
  {
    what: "a macro that a model calls",
    files: edited("macros/money.sql", "* 1{{", "* 2{{"),
    selects: { modified: "orders", "modified.macros": "orders" },
  },
  {
    what: "a macro behind that macro",
    files: edited("macros/money.sql", "* 100", "* 1000"),
    selects: { modified: "orders", "modified.macros": "orders" },
  },
  {
    what: "a macro that nobody calls",
    files: edited("macros/money.sql", "{{x}}{{/macro}}\n", "{{x}} {{/macro}}\n"),
    selects: {},
  },
  {
    what: "the folder of a model",
    files: { [ORDERS]: null, "models/core/orders.sql": SHOP[ORDERS]! },
    selects: { modified: "orders" },
  },
  {
    what: "a new model",
    files: { "models/extra.sql": "SELECT 1 AS one\n" },
    selects: {
      new: "extra",
      modified: "extra",
      "modified.body": "extra",
      "modified.configs": "extra",
      "modified.relation": "extra",
      "modified.persisted_descriptions": "extra",
      "modified.contract": "extra",
    },
  },
  {
    what: "a removed test",
    files: { "tests/finance/t_rev.sql": null },
    selects: {},
  },
  {
    what: "the severity of a generic test",
    files: edited("models/staging/staging.yml", "severity: warn", "severity: error"),
    selects: { modified: "t_stg_orders_nn", "modified.configs": "t_stg_orders_nn" },
  },
  {
    what: "the tags of a generic test",
    files: edited("models/staging/staging.yml", "- audit", "- check"),
    selects: {},
  },
  {
    what: "the tags of a source",
    files: edited("models/staging/staging.yml", "- crm", "- customer"),
    selects: {},
  },
  {
    what: "the schema of a source",
    files: edited("models/staging/staging.yml", "- name: erp\n", "- name: erp\n    schema: erp2\n"),
    selects: { modified: "erp.items", "modified.relation": "erp.items" },
  },
  {
    what: "how old the data of a source may be",
    files: edited(
      "models/staging/staging.yml",
      "- name: erp\n",
      "- name: erp\n    freshness: {warn_after: {count: 1, period: day}}\n    loaded_at_field: at\n",
    ),
    selects: { modified: "erp.items" },
  },
  {
    what: "a unit test",
    files: {
      "models/units.yml": dump({
        unit_tests: [
          {
            name: "t_unit",
            model: "stg_orders",
            given: [{ input: "ref('raw_orders')", rows: [{ id: 1 }] }],
            expect: { rows: [{ id: 1 }] },
          },
        ],
      }),
    },
    selects: Object.fromEntries(
      STATES.filter((state) => state !== "modified.macros").map((state) => [state, "t_unit"]),
    ),
  },
  {
    what: "the declared type of a column",
    files: edited(MARTS, "description: Key", "description: Key\n        data_type: bigint"),
    selects: { modified: "orders", "modified.body": "orders" },
  },
];

describe("state:", () => {
  it.each(CHANGES)("after a change of $what", async ({ files, selects }) => {
    const before = stored((await parseShop()).manifest);
    const shop = await parseShop(files);
    const state = { ...EMPTY, manifest: before };
    const found = (value: string): string =>
      names(shop, { select: [`state:${value}`], state, indirect: "empty" }).join(" ");
    const all = names(shop, {}).join(" ");
    for (const value of STATES)
      expect(`${value}: ${found(value)}`).toBe(`${value}: ${list(selects[value] ?? "").join(" ")}`);
    expect(list(found("old"))).toEqual(list(without(all, selects.new ?? "")));
    expect(list(found("unmodified"))).toEqual(
      list(without(all, `${selects.new ?? ""} ${selects.modified ?? ""}`)),
    );
  });

  it("nothing has changed when only the target and a variable have", async () => {
    const files = {
      [ORDERS]: SHOP[ORDERS]!.replace('materialized="table"', 'materialized=(var "kind") alias=target.name'),
    };
    const target = (name: string) => ({ target: name, vars: { kind: name === "local" ? "table" : "view" } });
    const before = stored((await parseShop(files, target("local"))).manifest);
    const other = {
      ...files,
      "project.yml": `${SHOP["project.yml"]}targets:\n  prod: {type: duckdb, path: prod.duckdb, schema: live}\n`,
    };
    const shop = await parseShop(other, target("prod"));
    expect(shop.manifest.nodes["model.shop.orders"]!.config).toMatchObject({
      materialized: "view",
      alias: "prod",
    });
    expect(names(shop, { select: ["state:modified"], state: { ...EMPTY, manifest: before } })).toEqual([]);
    const literal = { [ORDERS]: SHOP[ORDERS]!.replace('"table"', '"view"') };
    const changed = await parseShop(literal);
    expect(
      names(changed, {
        select: ["state:modified.configs"],
        state: { ...EMPTY, manifest: before },
        indirect: "empty",
      }),
    ).toEqual(["orders"]);
  });

  it("goes with operators and other methods", async () => {
    const before = stored((await parseShop()).manifest);
    const shop = await parseShop(edited(ORDERS, "SELECT", "select"));
    const state = { ...EMPTY, manifest: before };
    const found = (select: string) => names(shop, { select: [select], state, resourceTypes: ["model"] });
    expect(found("state:modified+")).toEqual(list("orders customers revenue"));
    expect(found("1+state:modified")).toEqual(list("orders stg_orders stg_payments"));
    expect(found("state:modified+,tag:nightly")).toEqual(list("orders revenue"));
  });

  it("a contract counts once it is enforced", async () => {
    const shop = await parseShop();
    const enforced = (types: Record<string, string>): Manifest => {
      const manifest = stored(shop.manifest);
      const orders = manifest.nodes["model.shop.orders"]!;
      Object.assign(orders.config, { contract: { enforced: true } });
      for (const [column, type] of Object.entries(types)) orders.columns[column]!.data_type = type;
      return manifest;
    };
    const changed = (before: Manifest, after: Manifest): string[] =>
      names(
        { ...shop, manifest: after },
        {
          select: ["state:modified.contract"],
          state: { ...EMPTY, manifest: before },
          indirect: "empty",
        },
      );
    expect(changed(shop.manifest, enforced({}))).toEqual(["orders"]);
    expect(changed(enforced({}), shop.manifest)).toEqual(["orders"]);
    expect(changed(enforced({ id: "int" }), enforced({ id: "int" }))).toEqual([]);
    expect(changed(enforced({ id: "int" }), enforced({ id: "bigint" }))).toEqual(["orders"]);

    const broken = (before: Manifest, after: Manifest): string[] =>
      warningsOf(
        { ...shop, manifest: after },
        { select: ["state:modified", "orders"], state: { ...EMPTY, manifest: before } },
      ).filter((warning) => warning.includes("contract"));
    expect(broken(enforced({ id: "int" }), enforced({ id: "int" }))).toEqual([]);
    expect(broken(enforced({ id: "int" }), enforced({ id: "bigint" }))).toEqual([
      '"orders" breaks the contract that it had in --state: column id is bigint, was int.',
    ]);
    expect(broken(enforced({}), shop.manifest)).toEqual([
      '"orders" breaks the contract that it had in --state: its contract is not enforced any more.',
    ]);
    const narrower = enforced({});
    delete narrower.nodes["model.shop.orders"]!.columns.customer_id;
    expect(broken(enforced({}), narrower)).toEqual([
      '"orders" breaks the contract that it had in --state: column customer_id is removed.',
    ]);
  });
});

describe("result:", () => {
  const results = {
    results: [
      { unique_id: "model.shop.orders", status: "error" },
      { unique_id: "model.shop.revenue", status: "skipped" },
      { unique_id: "model.shop.stg_orders", status: "success" },
      { unique_id: "test.shop.t_rev", status: "warn" },
      { unique_id: "model.shop.gone", status: "error" },
    ],
  } as unknown as RunResults;
  it.each([
    ["result:error", "orders t_orders_unique t_orders_customer"],
    ["result:skipped", "revenue t_rev"],
    ["result:success", "stg_orders t_stg_orders_nn"],
    ["result:warn", "t_rev"],
    ["result:fail", ""],
    ["result:error+", "orders customers revenue t_orders_unique t_orders_customer t_rev"],
    ["result:error result:warn", "orders t_orders_unique t_orders_customer t_rev"],
  ])("%s", async (select, expected) => {
    const shop = await parseShop();
    const found = names(shop, { select: [select], state: { ...EMPTY, results } });
    expect(found).toEqual(list(expected));
  });

  it("needs the file", async () => {
    const shop = await parseShop();
    expect(() => names(shop, { select: ["result:error"], state: EMPTY })).toThrow(
      '"result:error" is no valid selector: there is no run_results.json in state (--state)',
    );
  });
});

describe("source_status:", () => {
  const at = (loaded: Record<string, string | null>): LoadedSources => ({
    results: Object.entries(loaded).map(([name, max_loaded_at]) => ({
      unique_id: `source.shop.${name}`,
      max_loaded_at,
    })),
  });
  const sources = at({ "crm.customers": "2026-01-01T00:00:00Z", "crm.visits": "2026-01-01T00:00:00Z" });
  it.each<[current: Record<string, string | null>, expected: string]>([
    [{ "crm.customers": "2026-01-02T00:00:00Z", "crm.visits": "2026-01-01T00:00:00Z" }, "crm.customers"],
    [{ "crm.customers": "2025-12-31T00:00:00Z" }, ""],
    [{ "erp.items": "2020-01-01T00:00:00Z" }, "erp.items"],
    [{ "crm.customers": null }, ""],
  ])("%j", async (current, expected) => {
    const shop = await parseShop();
    const state = { ...EMPTY, sources, currentSources: at(current) };
    expect(names(shop, { select: ["source_status:fresher"], state, resourceTypes: ["source"] })).toEqual(
      list(expected),
    );
  });
});
