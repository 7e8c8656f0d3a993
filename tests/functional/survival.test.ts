import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Connection, Row } from "../../src/adapters/index.js";
import { type Engine, engineEnvironment, openEngine, SERVERS, schemaName } from "../harness/engines.js";
import { type CliOptions, type CliResult, sla } from "./cli.js";
import { shop } from "./shop.js";

/** How often each is tried; the full counts of the promise are run with SLA_SURVIVAL=full. */
const FULL = process.env.SLA_SURVIVAL === "full";
const BUILDS = FULL ? 100 : 12;
const KILLS = FULL ? 50 : 10;

/** Two tables in two databases and a view over both: all show the edition of the build that made them. */
const FILES = {
  "project.yml":
    "name: shop\nversion: 1.0.0\nvars: {edition: 0}\nmodels:\n  marts: {schema: marts, materialized: table}\n",
  "models/editions.sql":
    '{{config materialized="table" primary_key="id"}}\nSELECT id, {{var "edition"}} AS edition\nFROM {{ref "raw_orders"}}\n',
  "models/marts/shown.sql": '{{config primary_key="id"}}\nSELECT id, edition\nFROM {{ref "editions"}}\n',
  "models/both.sql":
    '{{config materialized="view"}}\nSELECT e.id, e.edition, s.edition AS shown\nFROM {{ref "editions"}} AS e\nJOIN {{ref "shown"}} AS s ON s.id = e.id\n',
  "models/orders.sql": 'SELECT id FROM {{ref "editions"}}\n',
  "models/staging/stg_orders.sql": 'SELECT id FROM {{ref "raw_orders"}}\n',
};

describe.each(SERVERS)("on $name", (engine: Engine) => {
  const open = (name: string) => {
    const schema = schemaName(`${name}_${engine.name}`);
    const dir = shop(FILES);
    const env = engineEnvironment(engine, schema);
    const build = (edition: number, options: CliOptions = {}): Promise<CliResult> =>
      sla(dir, ["build", "--target", "mysql", "--lock-timeout", "30", "--vars", `edition: ${edition}`], {
        ...options,
        env,
      });
    const join = `SELECT e.edition, s.edition AS shown FROM \`${schema}\`.editions AS e JOIN \`${schema}_marts\`.shown AS s ON s.id = e.id`;
    return { schema, build, join, env };
  };
  const withSession = async <T>(schema: string, use: (connection: Connection) => Promise<T>): Promise<T> => {
    const adapter = await openEngine(engine, schema);
    const connection = await adapter.acquire();
    try {
      return await use(connection);
    } finally {
      await connection.release();
      await adapter.close();
    }
  };

  it("no reader errs, through many builds", { timeout: 600_000 }, async () => {
    const { schema, build, join } = open("readers");
    const first = await build(1);
    expect(first.code, first.stdout + first.stderr).toBe(0);
    let reading = true;
    const read = (sql: string) =>
      withSession(schema, async (connection) => {
        const seen = { reads: 0, torn: 0, errors: [] as string[] };
        while (reading) {
          try {
            const rows: Row[] = await connection.query(sql);
            seen.reads += 1;
            if (rows.length !== 2 || rows.some((row) => row.edition !== row.shown)) seen.torn += 1;
          } catch (error) {
            seen.errors.push(String(error));
          }
          await sleep(1);
        }
        return seen;
      });
    const readers = [read(join), read(join), read(`SELECT edition, shown FROM \`${schema}\`.\`both\``)];
    for (let edition = 2; edition <= BUILDS; edition++) {
      const { code, stdout, stderr } = await build(edition);
      expect(code, stdout + stderr).toBe(0);
    }
    reading = false;
    for (const seen of await Promise.all(readers)) {
      expect(seen.errors).toEqual([]);
      expect(seen.torn).toBe(0);
      expect(seen.reads).toBeGreaterThan(BUILDS);
    }
  });

  it("killed at any moment, leaves the old or the new, and the next build cleans up", {
    timeout: 600_000,
  }, async () => {
    const { schema, build, join } = open("killed");
    const first = await build(1);
    expect(first.code, first.stdout + first.stderr).toBe(0);
    const begun = Date.now();
    expect((await build(2)).code).toBe(0);
    const takes = Date.now() - begun;
    let edition = 2;
    let state = 11;
    for (let kill = 0; kill < KILLS; kill++) {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      const after = 100 + (state / 2 ** 31) * takes;
      const old = edition;
      edition += 1;
      await build(edition, { started: (child) => void setTimeout(() => child.kill("SIGKILL"), after) });
      await withSession(schema, async (connection) => {
        const rows = await connection.query(join);
        expect(rows, `killed after ${after} ms`).toHaveLength(2);
        const shown = new Set(rows.flatMap((row) => [row.edition, row.shown]));
        expect(shown.size, `killed after ${after} ms`).toBe(1);
        expect([old, edition]).toContain([...shown][0]);
      });
      edition += 1;
      const next = await build(edition);
      expect(next.code, next.stdout + next.stderr).toBe(0);
      await withSession(schema, async (connection) => {
        expect(await connection.query(join)).toEqual([
          { edition, shown: edition },
          { edition, shown: edition },
        ]);
        const left = await connection.query(
          `SELECT table_name AS name FROM information_schema.tables WHERE table_schema LIKE '${schema}%' AND table_name LIKE '%\\_\\_sla%'`,
        );
        expect(left).toEqual([]);
      });
    }
  });
});
