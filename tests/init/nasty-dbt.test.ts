import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { fromDbt, type Migrated, runCommand, show } from "../../src/commands/index.js";
import { ENGINES, engineEnvironment, schemaName, scratchFolder } from "../harness/engines.js";

const dir = join(scratchFolder(), "nasty");
let migrated: Migrated;

beforeAll(async () => {
  mkdirSync(dir);
  migrated = await fromDbt({ dbtDir: join(import.meta.dirname, "nasty-dbt"), dir, force: false });
});

const read = (path: string): string => readFileSync(join(dir, path), "utf8");
const listed = (findings: Migrated["todo"]): string[] =>
  findings.map(({ path, line, what }) => `${path}:${line} ${what}`);

test("what is not taken over is listed, all of it, with file and line", () => {
  expect(listed(migrated.todo)).toMatchInlineSnapshot(`
    [
      "dbt_project.yml:9 variables of dbt_date are left out",
      "dbt_project.yml:11 on-run-end is left out",
      "dbt_project.yml:20 config +post-hook is left out",
      "macros/money.sql:18 the macro generate_schema_name is not taken over",
      "models/marts/asks_database.sql:2 run_query() has no counterpart",
      "models/marts/asks_database.sql:4 dbt_utils.star() has no counterpart",
      "models/marts/marts.yml:6 access of by_region is left out",
      "models/marts/marts.yml:8 config contract is left out",
      "models/marts/marts.yml:15 the test dbt_expectations.expect_column_to_exist is left out",
      "models/marts/marts.yml:44 groups are left out",
      "models/marts/marts.yml:47 semantic_models are left out",
      "models/marts/postgres.sql:4 CAST is not part of the portable subset",
      "models/marts/postgres.sql:5 AGGREGATE FUNCTION is not part of the portable subset",
      "models/marts/python_model.py:1 this model is Python",
      "models/marts/reads_it.sql:1 reads_it is not built: it reads asks_database",
      "models/staging/stg_sales.sql:1 config meta is left out: a mapping is passed on",
      "packages.yml:4 the package calogica/dbt_expectations is not installed",
      "tests/needs_it.sql:1 needs_it is not built: it reads reads_it",
    ]
  `);
  expect(listed(migrated.check)).toMatchInlineSnapshot(`
    [
      "analyses/look.sql:1 sla does not read analyses",
      "dbt_project.yml:16 config +persist_docs is left out",
      "dbt_project.yml:21 config of dbt_utils is left out: there is no such folder",
      "macros/money.sql:6 the macro regions is written out where it is called",
      "macros/money.sql:8 the macro shout is written out where it is called",
      "macros/money.sql:12 the macro label is written out where it is called",
      "macros/money.sql:16 the macro asks is written out where it is called",
      "models/staging/stg_sales.sql:1 config snowflake_warehouse is left out",
      "packages.yml:2 the package dbt-labs/dbt_utils is not installed",
      "profiles.yml:4 the target prod is left out: its type is snowflake",
      "seeds/seeds.yml:4 config quote_columns is left out",
    ]
  `);
  for (const { path, line, what } of migrated.todo)
    expect(read("MIGRATION.md")).toContain(`| \`${path}:${line}\` | ${what.replaceAll("|", "\\|")} |`);
});

test("the original of what is not taken over is kept beside a model that is off", () => {
  const original = readFileSync(
    join(import.meta.dirname, "nasty-dbt/models/marts/asks_database.sql"),
    "utf8",
  );
  expect(read("not-taken-over/models/marts/asks_database.sql")).toBe(original);
  expect(read("models/marts/asks_database.sql")).toMatch(
    /^\{\{config enabled=false\}\}\n\{\{!-- TODO: not taken over from dbt\./,
  );
  expect(read("models/marts/reads_it.sql")).toMatch(
    /^\{\{config enabled=false\}\}\n\{\{!-- TODO: it reads asks_database,/,
  );
});

test("no password leaves the profile", () => {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(20);
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name), "utf8")).not.toContain("never-copy");
  expect(read("project.yml")).toContain("user: ${DB_USER}\n    password: ${SLA_MYSQL_PASSWORD:-}\n");
});

describe.each(ENGINES)("$name", (engine) => {
  test("what is taken over builds, is tested, and has the rows that dbt would give it", async () => {
    const effects = {
      env: engineEnvironment(engine, schemaName("nasty")),
      clock: () => new Date("2026-03-04T05:06:07Z"),
      emit: () => undefined,
      signal: new AbortController().signal,
    };
    const options = { projectDir: dir, target: engine.server === undefined ? "local" : "mysql" };
    for (const _ of ["whole", "incremental"]) {
      const { results } = await runCommand("build", { ...options, exclude: ["postgres"] }, effects);
      expect(results.filter(({ status }) => status !== "success" && status !== "pass")).toEqual([]);
      expect(results.length).toBeGreaterThan(8);
    }
    const rows = async (inline: string) => (await show({ ...options, inline, limit: -1 }, effects)).rows;
    expect(
      await rows(
        'SELECT region, shouted, titled, place, amount, latest_month, days FROM {{ref "by_region"}} ORDER BY place',
      ),
    ).toMatchInlineSnapshot(`
      [
        {
          "amount": 13.5,
          "days": 3,
          "latest_month": "2026-01-01",
          "place": 1,
          "region": "north",
          "shouted": "NORTH",
          "titled": "North!",
        },
        {
          "amount": 8,
          "days": 0,
          "latest_month": "2026-01-01",
          "place": 2,
          "region": "south",
          "shouted": "SOUTH",
          "titled": "South!",
        },
      ]
    `);
    expect(await rows('SELECT * FROM {{ref "pivot"}}')).toMatchInlineSnapshot(`
      [
        {
          "built_on": "2026-03-04",
          "north_amount_N": 13.5,
          "north_count": 2,
          "south_amount_S": 8,
          "south_count": 1,
          "total": 3,
        },
      ]
    `);
    expect(
      await rows('SELECT id, region, amount, whole, label FROM {{ref "stg_sales"}} ORDER BY id'),
    ).toMatchInlineSnapshot(`
      [
        {
          "amount": 12.5,
          "id": 1,
          "label": "flake",
          "region": "north",
          "whole": 13,
        },
        {
          "amount": 8,
          "id": 2,
          "label": "flake",
          "region": "south",
          "whole": 8,
        },
        {
          "amount": 1,
          "id": 3,
          "label": "flake",
          "region": "north",
          "whole": 1,
        },
      ]
    `);
    expect(await rows('SELECT `Region name`, amount FROM {{ref "casts"}} ORDER BY 1')).toMatchInlineSnapshot(`
      [
        {
          "Region name": "north",
          "amount": 14,
        },
        {
          "Region name": "south",
          "amount": 8,
        },
      ]
    `);
  });
});
