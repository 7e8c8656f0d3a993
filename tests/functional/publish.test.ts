import { describe, expect, it } from "vitest";
import type { Row } from "../../src/adapters/index.js";
import { ENGINES, type Engine, engineEnvironment, openEngine, schemaName } from "../harness/engines.js";
import { type CliResult, sla } from "./cli.js";
import { shop, write } from "./shop.js";

const BAD = "id,amount,city\n1,11,Rome\n,4,Oslo\n";

/** A shop with two tables, of which `orders` has a test that BAD fails. */
const FILES = {
  "models/orders.sql": '{{config materialized="table"}}\nSELECT id, amount\nFROM {{ref "stg_orders"}}\n',
  "models/cities.sql": '{{config materialized="table"}}\nSELECT DISTINCT city\nFROM {{ref "stg_orders"}}\n',
  "models/totals.sql": '{{config materialized="view"}}\nSELECT SUM(amount) AS total\nFROM {{ref "orders"}}\n',
};

describe.each(ENGINES)("publishing on $name", (engine: Engine) => {
  const open = (name: string) => {
    const schema = schemaName(`${name}_${engine.name}`);
    const dir = shop({
      ...FILES,
      ...(engine.server === undefined
        ? {
            "project.yml": `name: shop\nversion: 1.0.0\ntargets:\n  local: {type: duckdb, path: w.duckdb, schema: ${schema}}\n`,
          }
        : { "project.yml": "name: shop\nversion: 1.0.0\n" }),
    });
    const env = engineEnvironment(engine, schema);
    const target = engine.server === undefined ? [] : ["--target", "mysql"];
    const run = (...args: string[]): Promise<CliResult> => sla(dir, [...args, ...target], { env });
    const rows = async (sql: string): Promise<Row[]> => {
      const { stdout, stderr, code } = await run("show", "--output=json", "--limit=-1", "--inline", sql);
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout) as Row[];
    };
    const relations = async (): Promise<string[]> =>
      (
        await rows(
          `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${schema}' AND table_name NOT LIKE '\\_sla\\_%' ORDER BY 1`,
        )
      ).map((row) => String(row.name));
    return { dir, schema, run, rows, relations };
  };

  it("shows nothing new when a test fails, keeps what was built for inspection, and clears it the next time", async () => {
    const { dir, schema, run, rows, relations } = open("all");
    const first = await run("build");
    expect(first.code, first.stdout + first.stderr).toBe(0);
    expect(first.stdout).toContain("Published 5 nodes");
    const before = await rows(`SELECT * FROM \`${schema}\`.\`orders\` ORDER BY id`);
    expect(before).toEqual([
      { id: 1, amount: 10.5 },
      { id: 2, amount: 3.25 },
    ]);

    write(dir, { "seeds/raw_orders.csv": BAD });
    const failed = await run("build");
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain("Not published");
    expect(failed.stdout).toMatch(/FAIL\s+test\s+not_null_orders_id/);
    expect(await rows(`SELECT * FROM \`${schema}\`.\`orders\` ORDER BY id`)).toEqual(before);
    expect(await rows(`SELECT total FROM \`${schema}\`.\`totals\``)).toEqual([{ total: 13.75 }]);
    expect(await relations()).toContain("orders__sla_new");
    expect(await rows(`SELECT COUNT(*) AS n FROM \`${schema}\`.\`orders__sla_new\``)).toEqual([{ n: 2 }]);

    write(dir, { "seeds/raw_orders.csv": "id,amount,city\n7,1,Rome\n" });
    const again = await run("build");
    expect(again.code, again.stdout + again.stderr).toBe(0);
    expect(await rows(`SELECT total FROM \`${schema}\`.\`totals\``)).toEqual([{ total: 1 }]);
    expect(await relations()).toEqual(["cities", "orders", "raw_orders", "stg_orders", "totals"]);
  });

  it("with --publish passed, shows what passed and keeps back what a failure touches", async () => {
    const { dir, schema, run, rows } = open("passed");
    expect((await run("build")).code).toBe(0);
    write(dir, { "seeds/raw_orders.csv": "id,amount,city\n1,11,Bonn\n,4,Kiel\n" });
    const { code, stdout } = await run("build", "--publish", "passed");
    expect(code).toBe(1);
    expect(stdout).toContain("Published 3 nodes");
    expect(stdout).toContain("Not published 1 node: orders");
    expect(await rows(`SELECT city FROM \`${schema}\`.\`cities\` ORDER BY city`)).toEqual([
      { city: "Bonn" },
      { city: "Kiel" },
    ]);
    expect(await rows(`SELECT * FROM \`${schema}\`.\`orders\` ORDER BY id`)).toEqual([
      { id: 1, amount: 10.5 },
      { id: 2, amount: 3.25 },
    ]);
  });

  it("replaces a view by a table and a table by a view", async () => {
    const { dir, schema, run, rows, relations } = open("kinds");
    expect((await run("build")).code).toBe(0);
    write(dir, {
      "models/totals.sql": FILES["models/totals.sql"].replace("view", "table"),
      "models/cities.sql": FILES["models/cities.sql"].replace("table", "view"),
    });
    const { code, stdout } = await run("build");
    expect(code, stdout).toBe(0);
    expect(
      await rows(
        `SELECT table_name AS name, CASE WHEN table_type = 'VIEW' THEN 'view' ELSE 'table' END AS kind FROM information_schema.tables WHERE table_schema = '${schema}' AND table_name IN ('cities', 'totals') ORDER BY 1`,
      ),
    ).toEqual([
      { name: "cities", kind: "view" },
      { name: "totals", kind: "table" },
    ]);
    expect(await rows(`SELECT city FROM \`${schema}\`.\`cities\` ORDER BY city`)).toEqual([
      { city: "Oslo" },
      { city: "Rome" },
    ]);
    expect(await relations()).toEqual(["cities", "orders", "raw_orders", "stg_orders", "totals"]);
  });

  it("records each run and its nodes", async () => {
    const { dir, schema, run, rows } = open("ledger");
    expect((await run("build")).code).toBe(0);
    write(dir, { "seeds/raw_orders.csv": BAD });
    expect((await run("build")).code).toBe(1);
    expect(
      await rows(
        `SELECT command, status, published, journal FROM \`${schema}\`.\`_sla_runs\` ORDER BY started_at`,
      ),
    ).toEqual([
      { command: "build", status: "success", published: 5, journal: null },
      { command: "build", status: "error", published: 0, journal: null },
    ]);
    expect(
      await rows(
        `SELECT n.status, n.failures, n.published FROM \`${schema}\`.\`_sla_nodes\` AS n JOIN \`${schema}\`.\`_sla_runs\` AS r ON r.run_id = n.run_id WHERE r.status = 'error' AND n.unique_id LIKE 'test.shop.not\\_null%'`,
      ),
    ).toEqual([{ status: "fail", failures: 1, published: 0 }]);
  });

  if (engine.server !== undefined) {
    it("says who holds the run lock, and waits when told to", async () => {
      const { schema, run } = open("lock");
      const adapter = await openEngine(engine, schema);
      const holder = await adapter.acquire();
      await holder.query(`SELECT GET_LOCK('sla:shop:${schema}', 0) AS taken`);
      const refused = await run("build");
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain("SLA507");
      const waiting = run("build", "--lock-timeout", "20");
      setTimeout(() => void holder.query(`SELECT RELEASE_LOCK('sla:shop:${schema}') AS freed`), 1500);
      expect((await waiting).code).toBe(0);
      await holder.release();
    });
  }
});
