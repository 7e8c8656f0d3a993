import { setTimeout as sleep } from "node:timers/promises";
import mysql from "mysql2/promise";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PrivateServer, startPrivateServer } from "../harness/private-server.js";
import { parseServerUrl } from "../harness/server-url.js";
import { type CliOptions, type CliResult, sla } from "./cli.js";
import { shop } from "./shop.js";

const ROUNDS = process.env.SLA_SURVIVAL === "full" ? 10 : 3;
/** Seconds within which a command must say that its server is gone. */
const BOUND = 30;

/** Two tables in two databases, a view over both, and a table that is changed in place: all show the build's edition. */
const FILES = {
  "project.yml":
    "name: shop\nversion: 1.0.0\nvars: {edition: 0}\nmodels:\n  marts: {schema: marts, materialized: table}\n",
  "models/editions.sql":
    '{{config materialized="table" primary_key="id"}}\nSELECT id, {{var "edition"}} AS edition\nFROM {{ref "raw_orders"}}\n',
  "models/marts/shown.sql": '{{config primary_key="id"}}\nSELECT id, edition\nFROM {{ref "editions"}}\n',
  "models/both.sql":
    '{{config materialized="view"}}\nSELECT e.id, e.edition, s.edition AS shown\nFROM {{ref "editions"}} AS e\nJOIN {{ref "shown"}} AS s ON s.id = e.id\n',
  "models/history.sql":
    '{{config materialized="incremental" incremental_strategy="append"}}\nSELECT DISTINCT edition FROM {{ref "editions"}}\n',
  "models/orders.sql": 'SELECT id FROM {{ref "editions"}}\n',
  "models/staging/stg_orders.sql": 'SELECT id FROM {{ref "raw_orders"}}\n',
};

let server: PrivateServer;

beforeAll(async () => {
  server = await startPrivateServer({ mortal: true });
});

afterAll(() => server?.stop());

async function ask<T>(sql: string): Promise<T[]> {
  const connection = await mysql.createConnection(parseServerUrl(server.url));
  try {
    return (await connection.query(sql))[0] as T[];
  } finally {
    await connection.end();
  }
}

it(`a server killed at ${ROUNDS} moments of builds: old or new tables, a clear error, and the next build is whole`, {
  timeout: 900_000,
}, async () => {
  const dir = shop(FILES);
  const { host, password, port, user } = parseServerUrl(server.url);
  const env = {
    SLA_MYSQL_HOST: host,
    SLA_MYSQL_PORT: String(port),
    SLA_MYSQL_USER: user,
    SLA_MYSQL_PASSWORD: password,
    SLA_MYSQL_SCHEMA: "crash",
  };
  const build = (edition: number, options: CliOptions = {}): Promise<CliResult> =>
    sla(dir, ["build", "--target", "mysql", "--vars", `edition: ${edition}`], { ...options, env });
  const editions = async () => {
    const rows = await ask<{ edition: number; shown: number }>(
      "SELECT e.edition, s.edition AS shown FROM crash.editions AS e JOIN crash_marts.shown AS s ON s.id = e.id",
    );
    expect(rows).toHaveLength(2);
    return [...new Set(rows.flatMap((row) => [row.edition, row.shown]))];
  };
  const history = async () =>
    (await ask<{ edition: number }>("SELECT edition FROM crash.history ORDER BY edition")).map(
      (row) => row.edition,
    );

  const first = await build(1);
  expect(first.code, first.stdout + first.stderr).toBe(0);
  const begun = Date.now();
  expect((await build(2)).code).toBe(0);
  const takes = Date.now() - begun;
  const shown = [1, 2];
  let state = 7;
  for (let round = 0; round < ROUNDS; round++) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const chance = state / 2 ** 31;
    const old = shown.at(-1)!;
    const edition = old + 1;
    let killed = 0;
    const kill = async (): Promise<void> => {
      if (round % 2 === 0) await sleep(100 + chance * takes);
      else {
        // Every other time in the midst of publishing.
        await journalOpen();
        await sleep(chance * 25);
      }
      await server.kill();
      killed = Date.now();
    };
    let killing: Promise<void> | undefined;
    const result = await build(edition, {
      started: () => {
        killing = kill();
      },
    });
    await killing;
    const seconds = (Date.now() - killed) / 1000;
    const output = result.stdout + result.stderr;
    expect(seconds, output).toBeLessThan(BOUND);
    // It may have been done just before.
    if (result.code !== 0) expect(output).toMatch(/SLA405|SLA401/);

    await server.restart();
    const seen = await editions();
    expect(seen, `round ${round}`).toHaveLength(1);
    expect([old, edition]).toContain(seen[0]);

    const next = await build(edition + 1);
    expect(next.code, next.stdout + next.stderr).toBe(0);
    expect(await editions()).toEqual([edition + 1]);
    // Published is published: what was cut off after it had begun is completed, in all tables alike.
    const after = await history();
    if (seen[0] === edition) expect(after).toContain(edition);
    expect(after.filter((number) => number !== edition)).toEqual([...shown, edition + 1]);
    shown.splice(0, shown.length, ...after);
    const left = await ask(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema LIKE 'crash%' AND table_name LIKE '%\\_\\_sla%'",
    );
    expect(left).toEqual([]);
    expect(await ask("SELECT run_id FROM crash._sla_runs WHERE journal IS NOT NULL")).toEqual([]);
  }
});

/** Resolves when a publish has begun. */
async function journalOpen(): Promise<void> {
  const connection = await mysql.createConnection(parseServerUrl(server.url));
  try {
    for (let tries = 0; tries < 5000; tries++) {
      const [rows] = await connection.query("SELECT 1 FROM crash._sla_runs WHERE journal IS NOT NULL");
      if ((rows as unknown[]).length > 0) return;
      await sleep(2);
    }
  } finally {
    connection.destroy();
  }
}
