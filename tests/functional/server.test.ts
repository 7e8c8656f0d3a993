import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import type { Adapter, Row } from "../../src/adapters/index.js";
import { type Engine, engineEnvironment, openEngine, SERVERS, schemaName } from "../harness/engines.js";
import { sla } from "./cli.js";
import { shop, write } from "./shop.js";

const PASSWORD = "c0rrect-horse";
const users: { engine: Engine; user: string }[] = [];

/** One for each engine: who polls must not use up the server's connections. */
const adapters = new Map<Engine, Promise<Adapter>>();

async function ask(engine: Engine, sql: string): Promise<Row[]> {
  const adapter = adapters.get(engine) ?? openEngine(engine);
  adapters.set(engine, adapter);
  const connection = await (await adapter).acquire();
  try {
    return await connection.query(sql);
  } finally {
    await connection.release();
  }
}

/** A user of the server that may log in, and no more. */
async function user(engine: Engine, name: string): Promise<string> {
  const full = `${schemaName(name)}`;
  users.push({ engine, user: full });
  await ask(engine, `CREATE USER '${full}'@'%' IDENTIFIED BY '${PASSWORD}'`);
  return full;
}

afterAll(async () => {
  for (const { engine, user: name } of users) await ask(engine, `DROP USER IF EXISTS '${name}'@'%'`);
});

describe.each(SERVERS)("on $name", (engine) => {
  const schema = schemaName(`cli_${engine.name}`);
  const env = engineEnvironment(engine, schema);
  const build = ["build", "--target", "mysql"];

  const tables = async (): Promise<string[]> => {
    const rows = await ask(
      engine,
      `SELECT CONCAT(table_schema, '.', table_name) AS name FROM information_schema.tables WHERE table_schema LIKE '${schema}%' AND table_name NOT LIKE '\\_sla\\_%' ORDER BY 1`,
    );
    return rows.map((row) => String(row.name).replace(schema, "shop"));
  };

  it("builds, and leaves nothing but what the project names", async () => {
    const { code, stdout, stderr } = await sla(shop(), build, { env });
    expect(code, stdout + stderr).toBe(0);
    expect(await tables()).toEqual(["shop.orders", "shop.raw_orders", "shop_staging.stg_orders"]);
  });

  it("a wrong password: who and where, never the password", async () => {
    const name = await user(engine, "locked");
    const result = await sla(shop(), build, {
      env: { ...env, SLA_MYSQL_USER: name, SLA_MYSQL_PASSWORD: "wr0ng-horse" },
    });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("SLA402");
    expect(result.stderr).toContain(name);
    expect(result.stdout + result.stderr).not.toContain("wr0ng-horse");
  });

  it("no rights: what is missing and what to grant", async () => {
    const name = await user(engine, "reader");
    const dir = shop();
    const denied = await sla(dir, build, {
      env: {
        ...env,
        SLA_MYSQL_SCHEMA: schemaName("denied"),
        SLA_MYSQL_USER: name,
        SLA_MYSQL_PASSWORD: PASSWORD,
      },
    });
    expect(denied.code, denied.stdout + denied.stderr).toBe(2);
    expect(denied.stderr).toContain("SLA404");
    expect(denied.stderr).toContain("GRANT");

    await ask(engine, `GRANT SELECT ON \`${schema}\`.* TO '${name}'@'%'`);
    await ask(engine, `GRANT SELECT ON \`${schema}\\_staging\`.* TO '${name}'@'%'`);
    const before = await tables();
    const reading = await sla(dir, build, {
      env: { ...env, SLA_MYSQL_USER: name, SLA_MYSQL_PASSWORD: PASSWORD },
    });
    // Who may not write the ledger may not run anything.
    expect(reading.code, reading.stdout + reading.stderr).toBe(2);
    expect(reading.stderr).toContain("SLA404");
    expect(await tables()).toEqual(before);
  });

  it("a duplicate key leaves the live tables as they were", async () => {
    const dir = shop();
    expect((await sla(dir, build, { env })).code).toBe(0);
    write(dir, { "seeds/raw_orders.csv": "id,amount,city\n1,1,a\n1,2,b\n" });
    const { code, stdout } = await sla(dir, build, { env });
    expect(code).toBe(1);
    expect(stdout).toMatch(/duplicate/i);
    expect((await tables()).filter((name) => !name.includes("__sla_"))).toEqual([
      "shop.orders",
      "shop.raw_orders",
      "shop_staging.stg_orders",
    ]);
    expect(await ask(engine, `SELECT id, amount FROM \`${schema}\`.orders ORDER BY id`)).toEqual([
      { id: 1, amount: 10.5 },
      { id: 2, amount: 3.25 },
    ]);
  });

  it("an error of the server stands in the file, line and column that the user wrote", async () => {
    const dir = shop({ "models/orders.sql": 'SELECT id,\n  amuont\nFROM {{ref "stg_orders"}}\n' });
    const { code, stdout } = await sla(dir, build, { env });
    expect(code).toBe(1);
    expect(stdout).toContain("models/orders.sql:2");
    expect(stdout).toContain("amuont");
    write(dir, { "models/orders.sql": 'SELECT id,\n  amount amount amount\nFROM {{ref "stg_orders"}}\n' });
    const syntax = await sla(dir, build, { env });
    expect(syntax.code).toBe(1);
    expect(syntax.stdout).toContain("SLA301");
    expect(syntax.stdout).toContain("models/orders.sql:2");
  });

  const slow = {
    "models/slow.sql":
      '{{config materialized="table"}}\nSELECT SLEEP(60) + id AS id\nFROM {{ref "stg_orders"}}\n',
  };
  const sleeping = `SELECT COUNT(*) AS n FROM information_schema.processlist WHERE info LIKE '%SLEEP(60)%' AND info NOT LIKE '%processlist%'`;
  const running = async (): Promise<number> => Number((await ask(engine, sleeping))[0]!.n);
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 200; tries++) {
      if (await condition()) return;
      await sleep(100);
    }
    throw new Error("waited 20 seconds in vain");
  };

  it("Ctrl-C ends the statement on the server, writes the results, leaves nothing of what it was building", async () => {
    const dir = shop(slow);
    const result = await sla(dir, build, {
      env,
      started: (child) => void until(async () => (await running()) > 0).then(() => child.kill("SIGINT")),
    });
    expect(result.code, result.stdout + result.stderr).toBe(2);
    expect(result.stdout).toContain("Interrupted");
    await until(async () => (await running()) === 0);
    const written = JSON.parse(readFileSync(join(dir, "target/run_results.json"), "utf8")) as {
      results: { unique_id: string; status: string }[];
    };
    expect(written.results.find(({ unique_id }) => unique_id === "model.shop.slow")?.status).toBe("error");
    // What was finished stays beside the live tables until the next run; nothing is half built.
    expect((await tables()).filter((name) => name.includes("slow"))).toEqual([]);
  });

  it("what a killed process left is cleared by the next build", async () => {
    const dir = shop(slow);
    const killed = await sla(dir, build, {
      env,
      started: (child) => void until(async () => (await running()) > 0).then(() => child.kill("SIGKILL")),
    });
    expect(killed.code).toBeNull();
    await ask(engine, "DO 1");
    for (const row of await ask(
      engine,
      `SELECT id FROM information_schema.processlist WHERE info LIKE '%SLEEP(60)%' AND info NOT LIKE '%processlist%'`,
    )) {
      await ask(engine, `KILL ${row.id}`).catch(() => []);
    }
    await until(async () => (await running()) === 0);
    expect(existsSync(join(dir, "target/run_results.json"))).toBe(false);
    write(dir, {
      "models/slow.sql": '{{config materialized="table"}}\nSELECT id\nFROM {{ref "stg_orders"}}\n',
    });
    const again = await sla(dir, build, { env });
    expect(again.code, again.stdout + again.stderr).toBe(0);
    expect((await tables()).filter((name) => name.includes("__sla_"))).toEqual([]);
  });

  it("a connection that the server cuts each time is an error of its node, and the rest goes on", async () => {
    const dir = shop(slow);
    const cut = async (): Promise<void> => {
      // Three attempts.
      for (let times = 0; times < 3; times++) {
        await until(async () => (await running()) > 0);
        for (const row of await ask(
          engine,
          `SELECT id FROM information_schema.processlist WHERE info LIKE '%SLEEP(60)%' AND info NOT LIKE '%processlist%'`,
        )) {
          await ask(engine, `KILL ${row.id}`).catch(() => []);
        }
        await until(async () => (await running()) === 0);
      }
    };
    let cutting: Promise<void> | undefined;
    const started = (): void => {
      cutting = cut();
    };
    const result = await sla(dir, build, { env, started });
    await cutting;
    expect(result.code, result.stdout + result.stderr).toBe(1);
    expect(result.stdout).toContain("SLA405");
    expect(result.stdout).toMatch(/OK\s+table\s+\S+\.orders/);
  });
});
