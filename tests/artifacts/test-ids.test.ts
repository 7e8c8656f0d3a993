import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { parseProject } from "../harness/project.js";

interface Case {
  test: string;
  column: string | null;
  args: Record<string, unknown>;
}

const COLUMNS = ["id", "status", "amount", "a_rather_long_name_of_a_column_that_nobody_would_type", "Größe"];
const VALUES: unknown[] = [
  ["open", "closed"],
  ["it's", 'say "no"', `both ' and "`],
  [1, 2, 3],
  [1.5, 0.25],
  [true, false],
  ["ünïcode", "日本", "tab\there", "back\\slash"],
  ["", " ", "__"],
];

/** A hundred and more tests of many kinds. */
function cases(): Case[] {
  const found: Case[] = [];
  for (const column of COLUMNS) {
    found.push({ test: "unique", column, args: {} }, { test: "not_null", column, args: {} });
    for (const values of VALUES)
      for (const quote of [undefined, false])
        found.push({
          test: "accepted_values",
          column,
          args: { values, ...(quote !== undefined && { quote }) },
        });
    found.push({ test: "relationships", column, args: { to: "ref('customers')", field: "id" } });
    for (const [min_value, max_value] of [
      [0, 100],
      [-1.5, undefined],
      ["CURRENT_DATE - INTERVAL 1 DAY", undefined],
    ])
      found.push({
        test: "dbt_utils.accepted_range",
        column,
        args: { min_value, ...(max_value !== undefined && { max_value }), inclusive: true },
      });
  }
  found.push(
    {
      test: "dbt_utils.unique_combination_of_columns",
      column: null,
      args: { combination_of_columns: ["id", "status"] },
    },
    { test: "expression_is_true", column: null, args: { expression: "amount >= 0 AND status <> 'x'" } },
    { test: "dbt_utils.expression_is_true", column: "amount", args: { expression: "> 0" } },
    { test: "recency", column: null, args: { field: "at", datepart: "day", interval: 3 } },
    { test: "dbt_utils.equal_rowcount", column: null, args: { compare_model: "ref('customers')" } },
  );
  return found;
}

const entryOf = ({ test, args }: Case) =>
  Object.keys(args).length === 0 ? test : { [test]: { arguments: args } };

/** Tests under one relation in a properties file. */
function properties(tests: readonly Case[]) {
  const columns = COLUMNS.map((name) => ({
    name,
    data_tests: tests.filter(({ column }) => column === name).map(entryOf),
  }));
  return { columns, data_tests: tests.filter(({ column }) => column === null).map(entryOf) };
}

it("names and ids of generic tests are those that Python computes", async () => {
  const ofSources = cases()
    .filter(({ column }) => column !== null)
    .slice(0, 12);
  const { manifest } = await parseProject({
    "models/customers.sql": "SELECT 1 AS id",
    "models/orders.sql": 'SELECT * FROM {{source "raw" "orders"}}',
    "models/all.yml": stringify({
      models: [{ name: "orders", ...properties(cases()) }],
      sources: [{ name: "raw", tables: [{ name: "orders", ...properties(ofSources) }] }],
    }),
  });
  const given = [
    ...cases().map((one) => ({ ...one, source: false, target: "orders", reference: "ref('orders')" })),
    ...ofSources.map((one) => ({
      ...one,
      source: true,
      target: "raw_orders",
      reference: "source('raw', 'orders')",
    })),
  ].map(({ test, column, args, ...where }) => {
    const [name, namespace = null] = test.split(".").reverse() as [string, string?];
    return {
      ...where,
      test: name,
      namespace,
      kwargs: { ...args, ...(column !== null && { column_name: column }) },
    };
  });
  const script = join(import.meta.dirname, "test-ids.py");
  const computed = JSON.parse(
    execFileSync("python3", [script], { input: JSON.stringify(given), encoding: "utf8" }),
  ) as [string, string][];
  expect(computed.length).toBeGreaterThan(100);
  expect(Object.keys(manifest.nodes).filter((id) => id.startsWith("test."))).toEqual(
    computed.map(([name, hash]) => `test.shop.${name}.${hash}`).sort(),
  );
});

it("are those that dbt itself gives", async () => {
  const { manifest } = await parseProject({
    "models/orders.sql": "SELECT 1 AS id",
    "models/all.yml": stringify({
      models: [{ name: "orders", columns: [{ name: "id", data_tests: ["not_null"] }] }],
      sources: [
        {
          name: "seed_sources",
          tables: [{ name: "raw_customers", columns: [{ name: "id", data_tests: ["not_null"] }] }],
        },
      ],
    }),
  });
  expect(Object.keys(manifest.nodes)).toEqual([
    "model.shop.orders",
    "test.shop.not_null_orders_id.84ef11d8fe",
    "test.shop.source_not_null_seed_sources_raw_customers_id.e39ee7bf0d",
  ]);
});
