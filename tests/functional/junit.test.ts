import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { ENGINES, type Engine, engineEnvironment, schemaName } from "../harness/engines.js";
import { sla } from "./cli.js";
import { shop, write } from "./shop.js";

interface Case {
  classname: string;
  name: string;
  file?: string;
  failure?: { message: string; "#text": string };
  error?: { message: string; type: string; "#text": string };
  skipped?: { message: string };
  "system-out"?: string;
}

/** The cases of a report, which has the counts that it says. */
function casesOf(path: string): Case[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    isArray: (name) => name === "testsuite" || name === "testcase",
  });
  const { testsuites } = parser.parse(readFileSync(path, "utf8"));
  const suites: (Record<string, string> & { testcase: Case[] })[] = testsuites.testsuite ?? [];
  const all = suites.flatMap(({ testcase }) => testcase);
  for (const { counts, cases } of [
    { counts: testsuites, cases: all },
    ...suites.map((suite) => ({ counts: suite, cases: suite.testcase })),
  ])
    expect([counts.tests, counts.failures, counts.errors, counts.skipped].map(Number)).toEqual([
      cases.length,
      cases.filter(({ failure }) => failure !== undefined).length,
      cases.filter(({ error }) => error !== undefined).length,
      cases.filter(({ skipped }) => skipped !== undefined).length,
    ]);
  return all;
}

const outcomes = (cases: readonly Case[]) =>
  Object.fromEntries(
    cases.map((one) => [
      one.name.split(/[ .]/).at(-1),
      (["failure", "error", "skipped", "system-out"] as const).find(
        (outcome) => one[outcome] !== undefined,
      ) ?? "passed",
    ]),
  );

describe.each(ENGINES)("a report for CI on $name", (engine: Engine) => {
  const dir = shop({
    ...(engine.server === undefined
      ? {}
      : {
          "project.yml":
            "name: shop\nversion: 1.0.0\ntarget: mysql\nmodels:\n  staging:\n    materialized: view\n    schema: staging\n",
        }),
    "models/schema.yml":
      "models:\n  - name: orders\n    columns:\n      - name: id\n        tests: [unique, not_null, {accepted_values: {values: [7], severity: warn}}]\n  - name: stg_orders\n    columns:\n      - name: city\n        tests: [{accepted_values: {values: [Rome], store_failures: true}}]\n",
    "models/bad.sql": 'SELECT nope FROM {{ref "raw_orders"}}\n',
    "models/behind.sql": 'SELECT * FROM {{ref "bad"}}\n',
    "tests/of_two.sql":
      'SELECT 1 AS n FROM {{ref "raw_orders"}} r JOIN {{ref "bad"}} o ON 1 = 1 WHERE 1 = 0\n',
  });
  const env = engineEnvironment(engine, schemaName(`junit_${engine.name}`));
  const report = join(dir, "target", "junit.xml");

  it("has every node and test with its outcome", async () => {
    const { code } = await sla(dir, ["build", "--publish", "passed", "--junit", "target/junit.xml"], { env });
    expect(code).toBe(1);
    const cases = casesOf(report);
    expect(outcomes(cases)).toMatchObject({
      raw_orders: "passed",
      stg_orders: "passed",
      accepted_values_stg_orders_city__Rome: "failure",
      bad: "error",
      behind: "skipped",
      of_two: "skipped",
    });
    const failed = cases.find(({ failure }) => failure !== undefined)!;
    expect(failed).toMatchObject({ classname: "model.stg_orders", file: "models/schema.yml" });
    expect(failed.failure!.message).toBe("Got 1 result, configured to fail if != 0");
    expect(failed.failure!["#text"]).toMatch(
      /target\/compiled\/shop\/models\/schema\.yml\/accepted_values_stg_orders_city__Rome\.sql\nfailing rows: \w+\.accepted_values/,
    );
    const { error } = cases.find(({ name }) => name.endsWith(".bad"))!;
    expect(error!.type).toBe("SLA305");
    expect(error!["#text"]).toContain("models/bad.sql:1:8");
    expect(cases.find(({ name }) => name === "of_two")!.classname).toBe("tests.of_two.sql");
    expect(readFileSync(report, "utf8").includes(dir)).toBe(false);
  });

  it("takes the place of the one before, and holds what kept a run from starting", async () => {
    await sla(dir, ["seed"], { env });
    await sla(dir, ["run", "--select", "stg_orders", "orders"], { env });
    const args = ["test", "--select", "orders", "--indirect-selection", "cautious", "--junit", report];
    expect((await sla(dir, args, { env })).code).toBe(0);
    expect(outcomes(casesOf(report))).toEqual({
      accepted_values_orders_id__7: "system-out",
      not_null_orders_id: "passed",
      unique_orders_id: "passed",
    });
    write(dir, { "models/behind.sql": 'SELECT * FROM {{ref "bat"}}\n' });
    expect((await sla(dir, args, { env })).code).toBe(2);
    const [only, ...others] = casesOf(report);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ file: "models/behind.sql", error: { type: "SLA203" } });
    expect(readdirSync(join(dir, "target")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(existsSync(report)).toBe(true);
  });

  it("blots out secret variables, which engines repeat in their messages", async () => {
    const secret = "tr0ub4dor-3";
    const told = shop({
      "project.yml": `name: shop\nversion: 1.0.0\nvars: {key: ${secret}}\nsecret-vars: [key]\n${engine.server === undefined ? "" : "target: mysql\n"}`,
      "models/keyed.sql":
        '{{config materialized="table" primary_key="k"}}\nSELECT {{literal (var "key")}} AS k UNION ALL SELECT {{literal (var "key")}}\n',
    });
    const { code } = await sla(told, ["build", "--select", "keyed", "--junit", "junit.xml"], { env });
    expect(code).toBe(1);
    const xml = readFileSync(join(told, "junit.xml"), "utf8");
    expect(xml).toContain("***");
    expect(xml).not.toContain(secret);
  });
});
