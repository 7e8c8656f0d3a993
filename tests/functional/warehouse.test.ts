import { renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openAdapter } from "../../src/adapters/index.js";
import { ENGINES, type Engine, engineEnvironment, engineTarget, schemaName } from "../harness/engines.js";
import { type CliResult, sla } from "./cli.js";
import { shop, write } from "./shop.js";

describe.each(ENGINES)("looking at the warehouse on $name", (engine: Engine) => {
  const open = (name: string) => {
    const schema = schemaName(`${name}_${engine.name}`);
    const target =
      engine.server === undefined
        ? `target: here\ntargets:\n  here: {type: duckdb, path: w.duckdb, schema: ${schema}}\n`
        : "";
    const dir = shop({ "project.yml": `name: shop\nversion: 1.0.0\n${target}` });
    const env = engineEnvironment(engine, schema);
    const extra = engine.server === undefined ? [] : ["--target", "mysql"];
    const run = (...args: string[]): Promise<CliResult> => sla(dir, [...args, ...extra], { env });
    return { dir, schema, run };
  };

  it("plan says what a build would do and why; reuse does no more than that", async () => {
    const { dir, run } = open("plan");
    const first = await run("plan");
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/create\s+table\s+orders\s+it is new/);
    expect(first.stdout).toContain("3 nodes: 3 to create");
    expect((await run("build")).code).toBe(0);
    expect((await run("plan")).stdout).toContain("0 to replace, 3 that --reuse would leave as they are");

    write(dir, {
      "models/orders.sql":
        '{{config materialized="table" primary_key="id"}}\nSELECT id, amount * 2 AS amount, city\nFROM {{ref "stg_orders"}}\n',
    });
    const changed = await run("plan");
    expect(changed.stdout).toMatch(/replace table\s+orders\s+2 rows\s+its code changed\n\s+\+ city\n/);
    expect(changed.stdout).toMatch(/reuse\s+view\s+stg_orders/);
    const built = await run("build", "--reuse");
    expect(built.stdout).toMatch(/REUSE\s+seed/);
    expect(built.stdout).toMatch(/OK\s+table\s+\S+\.orders/);
    expect(built.stdout).toContain("PASS=3 WARN=0 ERROR=0 SKIP=0 NO-OP=0 REUSED=2 TOTAL=5");
    expect((await run("build", "--reuse")).stdout).toContain(
      "PASS=0 WARN=0 ERROR=0 SKIP=0 NO-OP=0 REUSED=5 TOTAL=5",
    );

    write(dir, {
      "models/schema.yml":
        "models:\n  - name: orders\n    config: {indexes: [{columns: [city], unique: true}]}\n    columns:\n      - name: id\n        tests: [unique, not_null]\n",
    });
    const keyed = await run("plan");
    expect(keyed.stdout).toMatch(/its config or columns changed\n\s+\+ unique index \(city\)\n/);
    expect((await run("build")).code).toBe(0);
    write(dir, { "models/schema.yml": "models:\n  - name: orders\n" });
    expect((await run("plan")).stdout).toMatch(/its config or columns changed\n\s+- unique index \(city\)\n/);
  });

  it("reuse looks whether a source that others fill has changed", async () => {
    const { dir, schema, run } = open("source");
    const fill = async (sql: string): Promise<void> => {
      const adapter = await openAdapter(
        engine.server === undefined
          ? { name: "x", type: "duckdb", schema, threads: 1, path: join(dir, "w.duckdb"), settings: {} }
          : engineTarget(engine, schema),
      );
      const connection = await adapter.acquire();
      await connection.execute(sql);
      await connection.release();
      await adapter.close();
    };
    expect((await run("build")).code).toBe(0);
    const name = engine.server === undefined ? `"${schema}"."visits"` : `\`${schema}\`.\`visits\``;
    await fill(`CREATE TABLE ${name} (id INT)`);
    await fill(`INSERT INTO ${name} VALUES (1), (2)`);
    write(dir, {
      "models/visits.yml": `sources:\n  - name: web\n    schema: ${schema}\n    tables: [{name: visits}]\n`,
      "models/visit_count.sql":
        '{{config materialized="table"}}\nSELECT COUNT(*) AS n FROM {{source "web" "visits"}}\n',
    });
    expect((await run("build")).code).toBe(0);
    // A change time of the last seconds is not trusted: only once it has settled may it stand for the rows.
    if (engine.server !== undefined) await sleep(6_000);
    expect((await run("build", "--reuse")).code).toBe(0);
    expect((await run("build", "--reuse")).stdout).toMatch(/REUSE\s+table\s+\S+\.visit_count/);
    await fill(`INSERT INTO ${name} VALUES (3)`);
    expect((await run("build", "--reuse")).stdout).toMatch(/OK\s+table\s+\S+\.visit_count/);
    expect(
      JSON.parse(
        (await run("show", "--output=json", "--inline", `SELECT n FROM \`${schema}\`.\`visit_count\``))
          .stdout,
      ),
    ).toEqual([{ n: 3 }]);
  });

  it("diff shows what publishing would have changed", async () => {
    const { dir, schema, run } = open("diff");
    expect((await run("build")).code).toBe(0);
    expect((await run("diff")).stdout).toContain("Nothing to compare");
    write(dir, {
      "seeds/raw_orders.csv": "id,amount,city\n2,4.25,Oslo\n3,7.00,Kiel\n",
      "tests/none.sql": 'SELECT 1 AS broken FROM {{ref "orders"}}\n',
    });
    expect((await run("build")).code).toBe(1);
    const { stdout, code } = await run("diff", "orders");
    expect(code).toBe(0);
    expect(stdout).toContain(`${schema}.orders against ${schema}.orders__sla_new, by id`);
    expect(stdout).toContain("rows 2 → 2: 1 added, 1 removed, 1 changed");
    expect(stdout).toMatch(/changed\s+2\s+amount: 3\.25 → 4\.25/);
    expect(JSON.parse((await run("show", "orders", "--shadow", "--output", "json")).stdout)).toEqual([
      { id: 2, amount: 4.25 },
      { id: 3, amount: 7 },
    ]);
  });

  it("runs lists what was run; orphans are found, listed, and dropped only with --yes", async () => {
    const { dir, schema, run } = open("runs");
    expect((await run("runs")).stdout).toContain("0 rows");
    expect((await run("build")).code).toBe(0);
    renameSync(join(dir, "models/orders.sql"), join(dir, "models/sales.sql"));
    write(dir, { "models/schema.yml": "models: []\n" });
    expect((await run("build")).code).toBe(0);
    expect((await run("runs")).stdout).toMatch(/build\s+success[\s\S]*build\s+success[\s\S]*2 rows/);
    const listed = await run("clean", "--orphans");
    expect(listed.stdout).toContain(`table ${schema}.orders  (model.shop.orders)\n1 orphan.`);
    expect((await run("show", "--inline", `SELECT COUNT(*) AS n FROM \`${schema}\`.\`orders\``)).code).toBe(
      0,
    );
    expect((await run("clean", "--orphans", "--yes")).stdout).toContain(`dropped table ${schema}.orders`);
    expect((await run("clean", "--orphans")).stdout).toContain("0 orphans.");
  });
});
