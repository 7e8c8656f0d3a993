import { describe, expect, it } from "vitest";
import { list, names, type ParsedShop, parseShop, warningsOf } from "./shop-graph.js";

let shop: ParsedShop;

const STAGING = "stg_orders stg_payments stg_customers";
const MODELS = `${STAGING} eph_rates orders customers revenue`;
const SEEDS = "raw_orders raw_payments raw_rates";
const SOURCES = "crm.customers crm.visits erp.items";
const TESTS = "t_orders_unique t_orders_customer t_stg_orders_nn t_source_nn t_seed_values t_rev";

describe("the selector grammar, tests left out", () => {
  /** `--select`, what it selects among models, seeds and sources, and `--exclude`. */
  const CASES: [select: string, expected: string, exclude?: string][] = [
    // names
    ["orders", "orders"],
    ["raw_orders", "raw_orders"],
    ["stg_orders", "stg_orders"],
    ["shop.marts.orders", "orders"],
    ["marts.orders", "orders"],
    ["fqn:orders", "orders"],
    ["fqn:marts.orders", "orders"],
    ["marts", "orders customers revenue"],
    ["marts.finance", "revenue"],
    ["shop.marts", "orders customers revenue"],
    ["finance", ""],
    ["shop", `${MODELS} ${SEEDS}`],
    ["staging", STAGING],
    ["staging.*", STAGING],
    ["stg_*", ""],
    ["staging.stg_*", STAGING],
    ["*.stg_orders", "stg_orders"],
    ["*", `${MODELS} ${SEEDS}`],
    ["fqn:*", `${MODELS} ${SEEDS}`],
    ["marts.*", "orders customers revenue"],
    ["marts.*.revenue", "revenue"],
    ["marts.fin*", "revenue"],
    ["marts.order?", "orders"],
    ["marts.[oc]*", "orders customers"],
    ["marts.[!o]*", "customers revenue"],
    ["raw_*", SEEDS],
    ["ORDERS", ""],
    ["order", ""],
    ["crm", ""],
    // ancestors and descendants
    ["+orders", "orders stg_orders stg_payments raw_orders raw_payments"],
    ["1+orders", "orders stg_orders stg_payments"],
    ["2+orders", "orders stg_orders stg_payments raw_orders raw_payments"],
    ["0+orders", "orders"],
    ["orders+", "orders customers revenue"],
    ["orders+1", "orders customers revenue"],
    ["stg_orders+1", "stg_orders orders"],
    ["stg_orders+2", "stg_orders orders customers revenue"],
    ["orders+0", "orders"],
    ["+orders+", "orders stg_orders stg_payments raw_orders raw_payments customers revenue"],
    ["1+orders+1", "orders stg_orders stg_payments customers revenue"],
    ["+raw_orders", "raw_orders"],
    ["revenue+", "revenue"],
    ["+revenue", "revenue orders eph_rates raw_rates stg_orders stg_payments raw_orders raw_payments"],
    ["1+revenue", "revenue orders eph_rates"],
    ["+stg_customers", "stg_customers crm.customers"],
    ["@revenue", "revenue orders eph_rates raw_rates stg_orders stg_payments raw_orders raw_payments"],
    [
      "@stg_orders",
      "stg_orders orders customers revenue stg_payments stg_customers eph_rates raw_orders raw_payments raw_rates crm.customers",
    ],
    ["@crm", ""],
    ["+tag:nightly", "orders revenue eph_rates raw_rates stg_orders stg_payments raw_orders raw_payments"],
    ["tag:core+", "orders customers revenue"],
    ["1+tag:core", "orders stg_orders stg_payments"],
    ["source:crm+", "crm.customers crm.visits stg_customers customers"],
    ["source:crm+1", "crm.customers crm.visits stg_customers"],
    ["staging+1", `${STAGING} orders customers`],
    // union, intersection, exclude
    ["orders customers", "orders customers"],
    ["orders  customers", "orders customers"],
    ["orders,customers", ""],
    ["marts,tag:nightly", "orders revenue"],
    ["marts,tag:nightly customers", "orders revenue customers"],
    ["+orders,staging", "stg_orders stg_payments"],
    ["+orders,staging,stg_orders+", "stg_orders"],
    ["+orders,resource_type:seed", "raw_orders raw_payments"],
    ["marts", "orders revenue", "customers"],
    ["marts", "customers", "tag:nightly"],
    ["+orders", "orders", "staging raw_*"],
    ["marts", "orders customers", "marts,finance.revenue marts.finance"],
    ["marts", "", "marts"],
    ["orders+", "orders", "orders+1,resource_type:model,customers revenue"],
    ["", `${STAGING} eph_rates ${SEEDS} ${SOURCES}`, "marts"],
    ["", `${MODELS} ${SEEDS}`, "source:*"],
    // tag
    ["tag:nightly", "orders revenue"],
    ["tag:core", "orders"],
    ["tag:staging", STAGING],
    ["tag:raw", SEEDS],
    ["tag:crm", "crm.customers"],
    ["tag:n*", "orders revenue"],
    ["tag:Nightly", ""],
    ["tag:nightly,tag:core", "orders"],
    ["tag:nightly", "revenue", "tag:core"],
    // source
    ["source:crm", "crm.customers crm.visits"],
    ["source:crm.customers", "crm.customers"],
    ["source:shop.crm.customers", "crm.customers"],
    ["source:this.crm.visits", "crm.visits"],
    ["source:*", SOURCES],
    ["source:*.items", "erp.items"],
    ["source:crm.v*", "crm.visits"],
    ["source:other.crm.customers", ""],
    // path, file
    ["path:models/staging", `${STAGING} ${SOURCES}`],
    ["path:models/staging/", `${STAGING} ${SOURCES}`],
    ["path:models/staging/stg_orders.sql", "stg_orders"],
    ["models/staging/stg_orders.sql", "stg_orders"],
    ["models/marts", "orders customers revenue"],
    ["path:models/marts/*", "orders customers revenue"],
    ["path:models/marts/*.sql", "orders customers"],
    ["path:models/**/revenue.sql", "revenue"],
    ["path:models", `${MODELS} ${SOURCES}`],
    ["path:models/marts/marts.yml", "orders customers"],
    ["path:models/staging/staging.yml", `stg_orders ${SOURCES}`],
    ["path:seeds", SEEDS],
    ["seeds/raw_orders.csv", "raw_orders"],
    ["path:marts", ""],
    ["file:orders.sql", "orders"],
    ["orders.sql", "orders"],
    ["ORDERS.SQL", ""],
    ["raw_orders.csv", "raw_orders"],
    ["file:orders", "orders"],
    ["file:*.csv", SEEDS],
    ["file:stg_*", STAGING],
    ["+orders.sql", "orders stg_orders stg_payments raw_orders raw_payments"],
    // package
    ["package:shop", `${MODELS} ${SEEDS} ${SOURCES}`],
    ["package:this", `${MODELS} ${SEEDS} ${SOURCES}`],
    ["package:sh*", `${MODELS} ${SEEDS} ${SOURCES}`],
    ["package:other", ""],
    // config
    ["config.materialized:table", "orders customers"],
    ["config.materialized:view", `${STAGING} revenue`],
    ["config.materialized:ephemeral", "eph_rates"],
    ["config.materialized:seed", SEEDS],
    ["config.schema:staging", STAGING],
    ["config.tags:nightly", "orders revenue"],
    ["config.meta.owner:ann", "orders"],
    ["config.meta.owner:Ann", ""],
    ["config.meta.pii:true", "orders"],
    ["config.meta.pii:True", "orders"],
    ["config.meta.pii:false", "customers"],
    ["config.meta.teams:ops", "orders"],
    ["config.meta.teams:op", ""],
    ["config.meta:owner", "orders"],
    ["config.meta.nothing:1", ""],
    ["config.nothing:1", ""],
    ["config.enabled:true", `${MODELS} ${SEEDS} ${SOURCES}`],
    ["config.materialized:table+", "orders customers revenue"],
    // resource_type, access, version and kinds of nodes that this project has none of
    ["resource_type:model", MODELS],
    ["resource_type:seed", SEEDS],
    ["resource_type:snapshot", ""],
    ["resource_type:exposure", ""],
    ["access:protected", MODELS],
    ["access:public", ""],
    ["version:none", MODELS],
    ["version:latest", ""],
    ["version:old", ""],
    ["version:prerelease", ""],
    ["group:finance", ""],
    ["exposure:*", ""],
    ["+exposure:weekly", ""],
    ["metric:revenue", ""],
    ["semantic_model:x", ""],
    ["saved_query:x", ""],
    ["unit_test:x", ""],
  ];

  it.each(CASES)("--select %j selects %j", async (select, expected, exclude) => {
    shop ??= await parseShop();
    const options = {
      select: [select],
      exclude: exclude === undefined ? [] : [exclude],
      resourceTypes: ["model", "seed", "source"] as const,
    };
    expect(names(shop, options)).toEqual(list(expected));
  });

  it.each<[string[], string]>([
    [["orders", "customers"], "orders customers"],
    [["orders customers", "tag:core"], "orders customers"],
    [[], `${MODELS} ${SEEDS} ${SOURCES}`],
    [[""], `${MODELS} ${SEEDS} ${SOURCES}`],
  ])("--select given as %j", async (select, expected) => {
    shop ??= await parseShop();
    expect(names(shop, { select, resourceTypes: ["model", "seed", "source"] })).toEqual(list(expected));
  });
});

describe("tests by their own methods", () => {
  it.each<[select: string, expected: string]>([
    ["test_type:generic", "t_orders_unique t_orders_customer t_stg_orders_nn t_source_nn t_seed_values"],
    ["test_type:schema", "t_orders_unique t_orders_customer t_stg_orders_nn t_source_nn t_seed_values"],
    ["test_type:singular", "t_rev"],
    ["test_type:data", TESTS],
    ["test_type:unit", ""],
    ["test_name:unique", "t_orders_unique"],
    ["test_name:*_null", "t_stg_orders_nn t_source_nn"],
    ["test_name:relationships", "t_orders_customer"],
    ["test_name:t_rev", ""],
    ["resource_type:test", TESTS],
    ["t_rev", "t_rev"],
    ["t_orders_unique", "t_orders_unique"],
    ["tag:audit", "t_stg_orders_nn"],
    ["config.severity:warn", "t_stg_orders_nn"],
    ["config.severity:WARN", "t_stg_orders_nn"],
    ["tests/finance/t_rev.sql", "t_rev"],
    ["path:tests", "t_rev"],
    ["test_type:generic,orders+1", "t_orders_unique t_orders_customer"],
    ["orders,test_type:generic", "t_orders_unique t_orders_customer"],
    ["marts,test_name:unique", "t_orders_unique"],
  ])("--select %j selects the tests %j", async (select, expected) => {
    shop ??= await parseShop();
    expect(names(shop, { select: [select], resourceTypes: ["test"] })).toEqual(list(expected));
  });
});

describe("unit tests", () => {
  const files = {
    "models/units.yml":
      "unit_tests:\n  - name: t_unit\n    model: stg_orders\n    given: [{input: ref('raw_orders'), rows: [{id: 1}]}]\n    expect: {rows: [{id: 1}]}\n",
  };
  it.each<[select: string, expected: string]>([
    ["unit_test:t_unit", "t_unit"],
    ["unit_test:t_*", "t_unit"],
    ["unit_test:shop.t_unit", "t_unit"],
    ["unit_test:other.t_unit", ""],
    ["test_type:unit", "t_unit"],
    ["test_type:data", TESTS],
    ["resource_type:unit_test", "t_unit"],
    ["resource_type:test", TESTS],
    ["stg_orders,test_type:unit", "t_unit"],
    ["stg_orders", "stg_orders t_stg_orders_nn t_unit"],
    ["t_unit", "t_unit"],
    ["stg_orders+1,resource_type:unit_test", "t_unit"],
  ])("--select %j selects %j", async (select, expected) => {
    expect(names(await parseShop(files), { select: [select] })).toEqual(list(expected));
  });
});

describe("tests that ride along", () => {
  type Case = [
    mode: "eager" | "cautious" | "buildable" | "empty",
    select: string,
    tests: string,
    exclude?: string,
  ];
  const CASES: Case[] = [
    ["eager", "orders", "t_orders_unique t_orders_customer"],
    ["cautious", "orders", "t_orders_unique"],
    ["buildable", "orders", "t_orders_unique"],
    ["empty", "orders", ""],
    ["eager", "customers", "t_orders_customer"],
    ["cautious", "customers", ""],
    ["buildable", "customers", "t_orders_customer"],
    ["empty", "customers", ""],
    ["cautious", "orders customers", "t_orders_unique t_orders_customer"],
    ["buildable", "orders customers", "t_orders_unique t_orders_customer"],
    ["empty", "orders customers", ""],
    ["eager", "revenue", "t_rev"],
    ["cautious", "revenue", ""],
    ["buildable", "revenue", "t_rev"],
    ["eager", "stg_payments", "t_rev"],
    ["cautious", "stg_payments", ""],
    ["buildable", "stg_payments", ""],
    ["cautious", "stg_payments revenue", "t_rev"],
    ["cautious", "1+revenue", "t_orders_unique"],
    ["cautious", "+revenue", "t_orders_unique t_stg_orders_nn t_seed_values t_rev"],
    ["eager", "stg_orders", "t_stg_orders_nn"],
    ["eager", "source:crm", "t_source_nn"],
    ["cautious", "source:crm", "t_source_nn"],
    ["empty", "source:crm", ""],
    ["eager", "marts,tag:nightly", "t_orders_unique t_orders_customer t_rev"],
    ["cautious", "marts,tag:nightly", "t_orders_unique"],
    ["cautious", "marts,config.materialized:table", "t_orders_unique t_orders_customer"],
    ["eager", "orders", "t_orders_unique", "customers"],
    ["eager", "orders", "", "test_type:generic"],
    // What is excluded brings its tests along by the same mode: cautiously, one parent is not enough.
    ["cautious", "marts", "t_orders_unique t_orders_customer", "customers"],
    ["cautious", "orders customers", "t_orders_customer", "t_orders_unique"],
    ["empty", "t_orders_unique", "t_orders_unique"],
    // Descendants and what a method names are selected themselves, in every mode.
    ["empty", "orders+", "t_orders_unique t_orders_customer t_rev"],
    ["empty", "test_type:singular", "t_rev"],
    ["cautious", "test_type:data", TESTS],
    ["eager", "", "t_stg_orders_nn t_source_nn t_seed_values", "marts"],
  ];
  it.each(CASES)("%s: --select %j brings %j", async (indirect, select, expected, exclude) => {
    shop ??= await parseShop();
    const options = {
      select: [select],
      exclude: exclude === undefined ? [] : [exclude],
      indirect,
      resourceTypes: ["test"] as const,
    };
    expect(names(shop, options)).toEqual(list(expected));
  });
});

describe("what is wrong", () => {
  it.each<[select: string, message: string]>([
    ["@orders+", '"@orders+" is no valid selector: "@" before and "+" after cannot stand together'],
    ["@orders+2", '"@orders+2" is no valid selector: "@" before and "+" after cannot stand together'],
    ["orders,", '"" is no valid selector: it names nothing'],
    ["+", '"+" is no valid selector: it names nothing'],
    ["tag:", '"tag:" is no valid selector: it names nothing'],
    [
      "source:a.b.c.d",
      '"source:a.b.c.d" is no valid selector: a source is named source, source.table or package.source.table',
    ],
    ["exposure:a.b.c", '"exposure:a.b.c" is no valid selector: exposures are named name or package.name'],
    [
      "resource_type:models",
      '"resource_type:models" is no valid selector: there is no resource type "models"',
    ],
    ["test_type:custom", '"test_type:custom" is no valid selector: there is no test type "custom"'],
    ["version:newest", '"version:newest" is no valid selector: there is no version "newest"'],
    ["access:open", '"access:open" is no valid selector: there is no access "open"'],
    [
      "state:modified",
      '"state:modified" is no valid selector: it compares with an earlier run, and --state is not given',
    ],
    [
      "result:error",
      '"result:error" is no valid selector: it compares with an earlier run, and --state is not given',
    ],
    ["state:changed", '"state:changed" is no valid selector: there is no state "changed"'],
    ["selector:nightly", '"selector:nightly" is no valid selector: there is no selector "nightly"'],
  ])("--select %j is refused", async (select, message) => {
    shop ??= await parseShop();
    expect(() => names(shop, { select: [select] })).toThrow(message);
  });

  it.each<[select: string[], exclude: string[], warnings: string[]]>([
    [["orders"], [], []],
    [["oders"], [], ['The selection criterion "oders" does not match any node.']],
    [["orders oders"], [], ['The selection criterion "oders" does not match any node.']],
    [
      ["stg_orders,stg_customers"],
      [],
      ['The selection criterion "stg_orders,stg_customers" does not match any node.'],
    ],
    // The test that both bring along is what they have in common.
    [["orders,customers"], [], []],
    [["orders"], ["tag:x"], ['The selection criterion "tag:x" does not match any node.']],
    [[], ["nothing"], ['The selection criterion "nothing" does not match any node.']],
    [["exposure:x+"], [], ['The selection criterion "exposure:x+" does not match any node.']],
  ])("--select %j --exclude %j warns %j", async (select, exclude, warnings) => {
    shop ??= await parseShop();
    expect(warningsOf(shop, { select, exclude })).toEqual(warnings);
  });

  it("an unknown method is a warning that names the nearest, and selects nothing", async () => {
    shop ??= await parseShop();
    const options = { select: ["tags:nightly"] };
    expect(names(shop, options)).toEqual([]);
    expect(warningsOf(shop, options)[0]).toBe(
      '"tags:nightly" uses the unknown selector method "tags" and selects nothing. Did you mean "tag"?',
    );
  });
});
