import { describe, expect, it } from "vitest";
import { ENGINES } from "../harness/engines.js";
import { errorsOf, summaries } from "../harness/project.js";
import { projectOn } from "./on-engine.js";

const FILES = {
  "seeds/orders.csv": "id,amount,city,placed_on\n1,10.50,Rome,2026-01-01\n",
  "models/by_city.sql": `{{config materialized="table"}}
WITH orders AS (SELECT * FROM {{ref "orders"}})
SELECT UPPER(city) AS town, COUNT(*) AS n, SUM(amount) AS total, MAX(placed_on) AS last_on, {{factor}} * {{literal (var "rate")}} AS rate,
  {{run_started_at}} AS made_at
FROM orders
GROUP BY city
`,
  "models/grown.sql": `SELECT o.id, o.amount
FROM {{ref "orders"}} AS o
{{#if is_incremental}}WHERE o.id > (SELECT MAX(id) FROM {{this}}){{/if}}
`,
  "models/behind.sql": 'SELECT town, n FROM {{ref "by_city"}} WHERE by_city.n > 1\n',
  "macros/factor.sql": "{{#macro factor}}2{{/macro}}\n",
  "project.yml": "vars: {rate: 3}\n",
  "tests/fixtures/many_orders.csv": "id,amount,city\n1,1,Oslo\n2,2,Oslo\n",
};

const UNIT_TESTS = `
unit_tests:
  - name: sums
    model: by_city
    given:
      - input: ref('orders')
        rows:
          - {id: 1, amount: 10.5, city: Rome, placed_on: 2026-01-02}
          - {id: 2, amount: 0.25, city: Rome, placed_on: 2026-01-01}
          - {id: 3, amount: 7, city: Oslo}
    expect:
      rows:
        - {town: OSLO, n: 1, total: 7, last_on: null}
        - {town: ROME, n: 2, total: 10.75, last_on: 2026-01-02}
  - name: fails
    model: by_city
    given:
      - input: ref('orders')
        format: csv
        rows: |
          id,city,amount
          1,Rome,5
          2,,6
    expect:
      format: csv
      rows: |
        town,n,total
        ROME,1,5
        ROME,1,5
  - name: overrides
    model: by_city
    given:
      - input: ref('orders')
        fixture: many_orders
    overrides:
      vars: {rate: 10}
      macros: {factor: 7}
      run_started_at: 2026-05-04 03:02:01
    expect:
      rows:
        - {n: 2, rate: 70, made_at: 2026-05-04 03:02:01}
  - name: sql_rows
    model: by_city
    given:
      - input: ref('orders')
        format: sql
        rows: SELECT 1 AS id, CAST('x' AS CHAR) AS city, 2 AS amount, CAST(NULL AS DATE) AS placed_on
    expect:
      format: sql
      rows: SELECT 'X' AS town, 6 AS rate
  - name: nothing
    model: by_city
    given:
      - input: ref('orders')
        rows: []
    expect: {rows: []}
  - name: grows
    model: grown
    config: {tags: [fast]}
    overrides: {macros: {is_incremental: true}}
    given:
      - input: ref('orders')
        rows: [{id: 1, amount: 1}, {id: 2, amount: 2}]
      - input: this
        rows: [{id: 1}]
    expect:
      rows: [{id: 2, amount: 2}]
  - name: full
    model: grown
    given:
      - input: ref('orders')
        rows: [{id: 1, amount: 1}]
    expect:
      rows: [{id: 1, amount: 1}]
  - name: not_yet_built
    model: behind
    given:
      - input: ref('by_city')
        rows: [{town: A, n: 1}, {town: B, n: 2}]
    expect:
      rows: [{town: B, n: 2}]
`;

describe.each(ENGINES)("unit tests on $name", (engine) => {
  it("run a model on given rows, before it or anything is built", async () => {
    const project = projectOn(engine, { ...FILES, "models/unit.yml": UNIT_TESTS });
    const check = async (): Promise<void> => {
      const { results, errors } = await project.run("test", { select: ["test_type:unit"] });
      expect(errors).toEqual([]);
      const found = Object.fromEntries(
        results.map(({ unique_id, status, failures }) => [unique_id, `${status} ${failures}`]),
      );
      expect(found).toEqual({
        "unit_test.shop.by_city.sums": "pass 0",
        "unit_test.shop.by_city.fails": "fail 2",
        "unit_test.shop.by_city.overrides": "pass 0",
        "unit_test.shop.by_city.sql_rows": "pass 0",
        "unit_test.shop.by_city.nothing": "pass 0",
        "unit_test.shop.grown.grows": "pass 0",
        "unit_test.shop.grown.full": "pass 0",
        "unit_test.shop.behind.not_yet_built": "pass 0",
      });
      expect(results.find(({ unique_id }) => unique_id.endsWith("fails"))?.message).toBe(
        ["1 missing (-), 1 unexpected (+)", "   town  n  total", "-  ROME  1  5", "+  NULL  1  6"].join("\n"),
      );
    };
    await check();
    await project.run("seed");
    await project.run("run", { select: ["by_city"] });
    await check();
  });

  it("run SQL of their own, to test macros", async () => {
    const project = projectOn(engine, {
      ...FILES,
      "macros/factor.sql": `{{#macro factor}}2{{/macro}}
{{#macro doubled column}}{{column}} * {{factor}}{{/macro}}
{{#macro rome}}(SELECT COUNT(*) FROM {{ref "orders"}} WHERE city = 'Rome'){{/macro}}
`,
      "models/unit.yml": `
unit_tests:
  - name: doubles
    sql: SELECT {{doubled "4"}} AS twice
    expect: {rows: [{twice: 8}]}
  - name: doubles_otherwise
    sql: SELECT {{doubled "4"}} AS twice
    overrides: {macros: {factor: 5}}
    expect: {rows: [{twice: 8}]}
  - name: counts
    sql: SELECT {{rome}} AS n
    given: [{input: ref('orders'), rows: [{city: Rome}, {city: Oslo}]}]
    expect: {rows: [{n: 1}]}
`,
    });
    const { results, errors } = await project.run("test");
    expect(errors).toEqual([]);
    expect(Object.fromEntries(results.map(({ unique_id, status }) => [unique_id, status]))).toEqual({
      "unit_test.shop.sql.doubles": "pass",
      "unit_test.shop.sql.doubles_otherwise": "fail",
      "unit_test.shop.sql.counts": "pass",
    });
  });

  it("skip their model and what stands behind it when they fail", async () => {
    const project = projectOn(engine, { ...FILES, "models/unit.yml": UNIT_TESTS });
    const { results } = await project.run("build", { publish: "passed" });
    const found = Object.fromEntries(
      results.map(({ unique_id, status }) => [unique_id.split(".").slice(2).join("."), status]),
    );
    expect(found).toMatchObject({
      orders: "success",
      "by_city.sums": "pass",
      "by_city.fails": "fail",
      by_city: "skipped",
      behind: "skipped",
      grown: "success",
    });
  });

  it("say which column an input does not have", async () => {
    const project = projectOn(engine, {
      ...FILES,
      "models/unit.yml": `
unit_tests:
  - name: typo
    model: grown
    given: [{input: ref('orders'), rows: [{id: 1, amuont: 2}]}]
    expect: {rows: [{id: 1}]}
  - name: unknown
    model: grown
    given: [{input: ref('orders'), rows: [{id: 1}]}]
    expect: {rows: [{idd: 1}]}
`,
    });
    await project.run("seed");
    const { errors } = await project.run("test");
    expect(errors.map(({ code, message, hint }) => `${code} ${message}. ${hint}`).sort()).toEqual([
      'SLA603 "grown" has no column "idd". Did you mean "id"?',
      'SLA603 the input ref(\'orders\') has no column "amuont". Did you mean "amount"?',
    ]);
  });
});

describe("unit tests", () => {
  it("say what is wrong in properties", async () => {
    const errors = await errorsOf({
      ...FILES,
      "project.yml": "name: shop\nvars: {rate: 3}\n",
      "models/unit.yml": `
unit_tests:
  - name: no_model
    model: by_cty
    expect: {rows: []}
  - name: no_input
    model: by_city
    given: []
    expect: {rows: []}
  - name: neither
    expect: {rows: []}
  - name: bad_call
    sql: SELECT {{factr}} AS x
    expect: {rows: []}
  - name: no_given
    sql: SELECT x FROM {{ref "orders"}}
    expect: {rows: []}
  - name: bad_input
    model: by_city
    given: [{input: ref('ordrs'), rows: []}]
    expect: {rows: []}
  - name: bad_macro
    model: by_city
    given: [{input: ref('orders'), rows: []}]
    overrides: {macros: {facter: 1}}
    expect: {rows: []}
  - name: bad_fixture
    model: by_city
    given: [{input: ref('orders'), fixture: none}]
    expect: {rows: []}
`,
    });
    expect(summaries(errors)).toEqual([
      {
        code: "SLA603",
        message: 'the unit test "no_model" tests the model "by_cty", which does not exist',
        hint: 'Did you mean "by_city"?',
        at: "models/unit.yml:4:12",
      },
      {
        code: "SLA603",
        message: 'the unit test "neither" needs a model, or SQL of its own',
        hint: "Write model: NAME, or sql: SELECT {{macro …}} AS x.",
        at: "models/unit.yml:10:11",
      },
      {
        code: "SLA603",
        message: "the unit test \"bad_input\" has the input ref('ordrs'), which does not exist",
        hint: 'Did you mean "orders"?',
        at: "models/unit.yml:20:21",
      },
      {
        code: "SLA603",
        message: 'the unit test "bad_macro" overrides the macro "facter", which does not exist',
        hint: 'Did you mean "factor"?',
        at: "models/unit.yml:25:34",
      },
      {
        code: "SLA603",
        message: 'the unit test "bad_fixture" names the fixture "none", which does not exist',
        hint: "Fixtures are files tests/fixtures/none.csv or .sql.",
        at: "models/unit.yml:29:13",
      },
      {
        code: "SLA202",
        message: 'there is no "factr" in templates',
        hint: 'Did you mean "factor"?',
        at: "models/unit.yml:13:10",
      },
      {
        code: "SLA603",
        message: "the unit test \"no_input\" gives no rows for ref('orders')",
        hint: "Add \"- input: ref('orders')\" to given, with rows: [] if it shall be empty.",
        at: "models/unit.yml:8:12",
      },
      {
        code: "SLA603",
        message: "the unit test \"no_given\" gives no rows for ref('orders')",
        hint: "Add \"- input: ref('orders')\" to given, with rows: [] if it shall be empty.",
        at: "models/unit.yml:15:5",
      },
    ]);
  });
});
