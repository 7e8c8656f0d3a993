import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Adapter, Row } from "../../src/adapters/index.js";
import { show } from "../../src/commands/index.js";
import type { RunResults } from "../../src/manifest/index.js";
import {
  ENGINES,
  type Engine,
  engineEnvironment,
  openEngine,
  SERVERS,
  schemaName,
} from "../harness/engines.js";
import { type CliOptions, type CliResult, sla } from "./cli.js";
import { emptyFolder, shop, write } from "./shop.js";

/** A shop of which a second environment reads the first one's tables. */
function open(engine: Engine, name: string, files: Record<string, string> = {}) {
  const live = schemaName(`${name}_${engine.name}_live`);
  const dev = schemaName(`${name}_${engine.name}_dev`);
  const connection =
    engine.server === undefined
      ? "type: duckdb, path: w.duckdb"
      : `type: mysql, host: ${engine.server.host}, port: ${engine.server.port}, user: ${engine.server.user}, password: "\${SLA_MYSQL_PASSWORD:-}"`;
  const dir = shop({
    "project.yml": `name: shop\nversion: 1.0.0\ntarget: live\ntargets:\n  live: {${connection}, schema: ${live}}\n  dev: {${connection}, schema: ${dev}}\n`,
    "models/orders.sql":
      '{{config materialized="table" primary_key="id"}}\nSELECT stg_orders.id, stg_orders.amount\nFROM {{ref "stg_orders"}}\n',
    "models/totals.sql":
      '{{config materialized="table"}}\nSELECT COUNT(*) AS n, COALESCE(SUM(o.amount), 0) AS amount\nFROM {{ref "orders"}} o\n',
    ...files,
  });
  const env = engineEnvironment(engine, live);
  const run = (args: string[], options: CliOptions = {}): Promise<CliResult> =>
    sla(dir, args, { ...options, env });
  const rows = async (sql: string): Promise<Row[]> => {
    const world = { env, clock: () => new Date(), emit: () => {}, signal: new AbortController().signal };
    return (await show({ projectDir: dir, vars: { kept: 7 }, inline: sql, limit: -1 }, world)).rows;
  };
  const tables = async (schema: string): Promise<string[]> =>
    (
      await rows(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${schema}' AND table_name NOT LIKE '\\_sla\\_%' ORDER BY 1`,
      )
    ).map((row) => String(row.name));
  const statuses = (): Record<string, string> => {
    const { results } = JSON.parse(readFileSync(join(dir, "target/run_results.json"), "utf8")) as RunResults;
    return Object.fromEntries(results.map(({ unique_id, status }) => [unique_id.split(".")[2], status]));
  };
  /** Keeps the target folder of this moment, as --state takes it. */
  const keep = (): string => {
    const state = emptyFolder();
    cpSync(join(dir, "target"), state, { recursive: true });
    return state;
  };
  return { dir, live, dev, run, rows, tables, statuses, keep };
}

async function succeed(result: Promise<CliResult>): Promise<CliResult> {
  const { code, stdout, stderr } = await result;
  expect(code, stdout + stderr).toBe(0);
  return { code, stdout, stderr };
}

// DuckDB and one server: what differs between servers is proven elsewhere.
describe.each(ENGINES.slice(0, 2))("on $name", (engine: Engine) => {
  it("defers to another environment what is not built here", async () => {
    const { live, dev, run, rows, tables, keep } = open(engine, "defer");
    await succeed(run(["build"]));
    const state = keep();
    const alone = await run(["run", "--target", "dev", "--select", "totals"]);
    expect(alone.code).toBe(1);
    const defer = ["--target", "dev", "--defer", "--state", state];
    await succeed(run(["run", ...defer, "--select", "totals"]));
    expect(await tables(dev)).toEqual(["totals"]);
    expect(await rows(`SELECT n FROM \`${dev}\`.totals`)).toEqual([{ n: 2 }]);

    // A view outlives the run: it reads the other environment, too.
    await succeed(run(["run", ...defer, "--select", "stg_orders"]));
    expect(await rows(`SELECT COUNT(*) AS n FROM \`${dev}\`.stg_orders`)).toEqual([{ n: 2 }]);

    // What is built here comes first, unless the other environment is favoured.
    await succeed(run(["run", ...defer, "--select", "orders", "--empty"]));
    await succeed(run(["run", ...defer, "--select", "totals"]));
    expect(await rows(`SELECT n FROM \`${dev}\`.totals`)).toEqual([{ n: 0 }]);
    await succeed(run(["run", ...defer, "--select", "totals", "--favor-state"]));
    expect(await rows(`SELECT n FROM \`${dev}\`.totals`)).toEqual([{ n: 2 }]);
    await succeed(run(["run", ...defer, "--select", "orders totals", "--favor-state"]));
    expect(await tables(live)).toEqual(["orders", "raw_orders", "stg_orders", "totals"]);

    const compiled = await succeed(run(["compile", ...defer, "--select", "stg_orders", "--favor-state"]));
    expect(compiled.stdout).toContain(`\`${live}\`.\`raw_orders\``);
  });

  it("runs what has changed since, and nothing else", async () => {
    const { dir, run, keep } = open(engine, "state");
    await succeed(run(["build"]));
    const state = keep();
    const modified = ["ls", "--select", "state:modified+", "--resource-type", "model", "--state", state];
    expect((await succeed(run(modified))).stdout).toBe("");
    write(dir, { "models/totals.sql": 'SELECT COUNT(*) AS n FROM {{ref "orders"}}\n' });
    expect((await succeed(run(modified))).stdout).toBe("shop.totals\n");
    // Another target is no change.
    expect((await succeed(run([...modified, "--target", "dev"]))).stdout).toBe("shop.totals\n");
  });

  it("retries what failed and what was skipped behind it, with the options of that run", async () => {
    const { dir, live, run, rows, statuses } = open(engine, "retry");
    const broken = "SELECT 1 AS n FROM nowhere.nothing\n";
    const good = readFileSync(join(dir, "models/orders.sql"), "utf8");
    write(dir, { "models/orders.sql": broken });
    const build = await run(["build", "--publish", "passed", "--vars", "kept: 7"]);
    expect(build.code).toBe(1);
    expect(statuses()).toMatchObject({
      raw_orders: "success",
      stg_orders: "success",
      orders: "error",
      totals: "skipped",
    });

    const still = await run(["retry"]);
    expect(still.code).toBe(1);
    expect(statuses()).toMatchObject({ orders: "error", totals: "skipped" });
    expect(statuses()).not.toHaveProperty("stg_orders");

    write(dir, { "models/orders.sql": good.replace("SELECT", '-- {{var "kept"}}\nSELECT') });
    await succeed(run(["retry"]));
    expect(statuses()).toEqual({
      orders: "success",
      totals: "success",
      unique_orders_id: "pass",
      not_null_orders_id: "pass",
    });
    expect(await rows(`SELECT n FROM \`${live}\`.totals`)).toEqual([{ n: 2 }]);
    const nothing = await succeed(run(["retry"]));
    expect(nothing.stdout).toContain("Nothing to do");
  });

  it("builds again what a failure had kept from readers", async () => {
    const { dir, run, statuses, tables, live } = open(engine, "withheld");
    const good = readFileSync(join(dir, "models/totals.sql"), "utf8");
    write(dir, { "models/totals.sql": "SELECT 1 AS n FROM nowhere.nothing\n" });
    expect((await run(["build"])).code).toBe(1);
    write(dir, { "models/totals.sql": good });
    await succeed(run(["retry"]));
    expect(Object.keys(statuses()).sort()).toEqual(
      ["not_null_orders_id", "orders", "raw_orders", "stg_orders", "totals", "unique_orders_id"].sort(),
    );
    expect(await tables(live)).toEqual(["orders", "raw_orders", "stg_orders", "totals"]);
  });

  it("builds all of it without a row", async () => {
    const { live, run, rows } = open(engine, "empty", {
      "models/counts.ts": `import { defineModel } from "sla";
export default defineModel({
  refs: ["orders"],
  columns: { way: "varchar(10)", n: "bigint" },
  async *run({ ref }) {
    const orders = ref("orders");
    yield { way: "rows", n: (await orders.all()).length };
    const [row] = await orders.query().select((eb) => eb.fn.countAll().as("n")).execute();
    yield { way: "query", n: Number(row.n) };
  },
});
`,
    });
    await succeed(run(["build", "--empty"]));
    const counts = `SELECT way, n FROM \`${live}\`.counts ORDER BY way DESC`;
    expect(await rows(counts)).toEqual([
      { way: "rows", n: 0 },
      { way: "query", n: 0 },
    ]);
    expect(await rows(`SELECT COUNT(*) AS n FROM \`${live}\`.orders`)).toEqual([{ n: 0 }]);
    expect(await rows(`SELECT n, amount FROM \`${live}\`.totals`)).toEqual([{ n: 0, amount: 0 }]);
    // Nothing of it is taken for the real thing.
    await succeed(run(["build", "--reuse"]));
    expect(await rows(`SELECT n FROM \`${live}\`.totals`)).toEqual([{ n: 2 }]);
    expect(await rows(counts)).toEqual([
      { way: "rows", n: 2 },
      { way: "query", n: 2 },
    ]);
  });

  it("reads the rows of a time, where inputs say theirs", async () => {
    const { live, run, rows } = open(engine, "sample", {
      "seeds/visits.csv": "id,seen_at\n1,2026-01-01 10:00:00\n2,2026-01-02 00:00:00\n3,2026-01-03 10:00:00\n",
      "seeds/visits.yml": "seeds:\n  - name: visits\n    config: {event_time: seen_at}\n",
      "models/seen.sql": '{{config materialized="table"}}\nSELECT visits.id FROM {{ref "visits"}}\n',
    });
    await succeed(run(["seed", "--select", "visits"]));
    await succeed(run(["run", "--select", "seen", "--sample", "{start: 2026-01-01, end: 2026-01-02}"]));
    expect(await rows(`SELECT id FROM \`${live}\`.seen`)).toEqual([{ id: 1 }]);
    const wrong = await run(["run", "--select", "seen", "--sample", "a while"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('--sample takes a time span or a time window, found "a while"');
  });

  it("takes warnings for errors", async () => {
    const { run } = open(engine, "warn", {
      "models/schema.yml":
        "models:\n  - name: orders\n    columns:\n      - name: id\n        tests:\n          - accepted_values: {values: [1], quote: false, severity: warn}\n",
    });
    expect((await succeed(run(["build"]))).stdout).toContain("WARN=1");
    const failed = await run(["build", "--warn-error"]);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain("WARN=0 ERROR=1");
    const nothing = await run(["build", "--select", "nothing", "--warn-error"]);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('The selection criterion "nothing" does not match any node.');
    const excluded = await run(["build", "--select", "orders", "--exclude", "orders", "--warn-error"]);
    expect(excluded.code).toBe(2);
  });

  it("builds what selectors.yml names", async () => {
    const { live, run, tables } = open(engine, "yaml", {
      "selectors.yml":
        "selectors:\n  - name: base\n    default: true\n    definition:\n      union:\n        - resource_type:seed\n        - {method: path, value: models/staging}\n        - exclude: ['test_type:data']\n  - name: rest\n    definition:\n      method: path\n      value: models\n      exclude: ['selector:base']\n",
    });
    await succeed(run(["build"]));
    expect(await tables(live)).toEqual(["raw_orders", "stg_orders"]);
    await succeed(run(["build", "--selector", "rest"]));
    expect(await tables(live)).toEqual(["orders", "raw_orders", "stg_orders", "totals"]);
    const unknown = await run(["build", "--selector", "rset"]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('Did you mean "rest"?');
  });
});

describe.each(SERVERS)("statements on $name", (engine: Engine) => {
  let adapter: Promise<Adapter> | undefined;
  const ask = async (sql: string): Promise<Row[]> => {
    adapter ??= openEngine(engine);
    const connection = await (await adapter).acquire();
    try {
      return await connection.query(sql);
    } finally {
      await connection.release();
    }
  };
  const sleeping = async (seconds: number): Promise<number[]> =>
    (
      await ask(
        `SELECT id FROM information_schema.processlist WHERE info LIKE '%SLEEP(${seconds})%' AND info NOT LIKE '%processlist%'`,
      )
    ).map((row) => Number(row.id));
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 200; tries++) {
      if (await condition()) return;
      await sleep(100);
    }
    throw new Error("waited 20 seconds in vain");
  };

  it("--fail-fast ends what runs, and counts it as not run", async () => {
    const { dir, run } = open(engine, "fast", {
      "models/slow.sql":
        '{{config materialized="table"}}\nSELECT SLEEP(61) + id AS id\nFROM {{ref "raw_orders"}}\n',
      // Fails when the slow one runs: the subquery has two rows.
      "models/wrong.sql":
        '{{config materialized="table"}}\nSELECT SLEEP(2) AS s, (SELECT r.id FROM {{ref "raw_orders"}} r WHERE r.id + o.id > 0) AS id FROM {{ref "raw_orders"}} o\n',
    });
    const begun = Date.now();
    const result = await run(["build", "--fail-fast", "--exclude", "totals orders stg_orders"]);
    expect(result.code, result.stdout + result.stderr).toBe(1);
    expect(Date.now() - begun).toBeLessThan(30_000);
    const { results } = JSON.parse(readFileSync(join(dir, "target/run_results.json"), "utf8")) as RunResults;
    const of = (name: string) => results.find(({ unique_id }) => unique_id === `model.shop.${name}`);
    expect(of("wrong")).toMatchObject({ status: "error" });
    expect(of("slow")).toMatchObject({ status: "skipped", message: "Skipping due to fail_fast" });
    await until(async () => (await sleeping(61)).length === 0);
  });

  it("a node whose session is lost is built again, and says so", async () => {
    const { live, run, rows } = open(engine, "lost", {
      "models/slow.sql":
        '{{config materialized="table"}}\nSELECT SLEEP(3.25) + id AS id\nFROM {{ref "raw_orders"}}\n',
    });
    const kill = (id: number): Promise<boolean> =>
      ask(`KILL ${id}`).then(
        () => true,
        () => false,
      );
    const cut = (): Promise<void> =>
      until(async () => (await Promise.all((await sleeping(3.25)).map(kill))).includes(true));
    const result = await succeed(run(["build", "--select", "+slow"], { started: () => void cut() }));
    expect(result.stdout).toMatch(/slow: .*\[SLA405\]: attempt 2 of 3 in 1 s/);
    expect(await rows(`SELECT id FROM \`${live}\`.slow ORDER BY id`)).toEqual([{ id: 1 }, { id: 2 }]);
  });
});
