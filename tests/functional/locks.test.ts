import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type Engine, openEngine, SERVERS } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";
import { sla } from "./cli.js";

const FILES = {
  "models/orders.sql": '{{config materialized="table" primary_key="id"}}\nSELECT {{var "id" 1}} AS id\n',
};
const SLOW = '{{config materialized="table"}}\nSELECT SLEEP({{var "seconds"}}) AS slept\n';

describe.each(SERVERS)("locks on $name", (engine: Engine) => {
  it("the error names the session that keeps the swap from its lock", async () => {
    const house = new Warehouse(engine, "blocked", FILES);
    house.set({ lock_wait_timeout: 1 });
    await house.build();
    const adapter = await openEngine(engine, house.schema);
    const reader = await adapter.acquire();
    const [me] = await reader.query("SELECT CONNECTION_ID() AS id");
    await reader.execute("START TRANSACTION");
    await reader.query(`SELECT id FROM \`${house.schema}\`.orders`);

    const { errors } = await house.run("build", { vars: { id: 2 } });
    expect(errors.map(({ code }) => code)).toEqual(["SLA506"]);
    expect(errors[0]!.message).toContain(
      `the swap of ${house.schema}.orders did not get its lock in 5 attempts`,
    );
    expect(errors[0]!.message).toContain(`session ${me!.id} of root@`);
    expect(await house.rows("SELECT id FROM {schema}.orders")).toEqual([["1"]]);
    expect(await house.rows("SELECT COUNT(*) FROM {schema}._sla_runs WHERE journal IS NOT NULL")).toEqual([
      ["0"],
    ]);

    // Nothing was done, so nothing is completed behind the user's back.
    const waiting = house.build({ vars: { id: 3 } });
    await sleep(1500);
    await reader.execute("COMMIT");
    await waiting;
    expect(await house.rows("SELECT id FROM {schema}.orders")).toEqual([["3"]]);
    expect(await house.relations()).toEqual(["table orders"]);
    await reader.release();
  });

  it("by lease: one runs, one says who; it beats while its owner lives, and is free when that ends", async () => {
    const house = new Warehouse(engine, "lease", { ...FILES, "models/slow.sql": SLOW });
    house.set({ lock: "lease" });
    const first = house.build({ vars: { seconds: 3 } });
    await until(
      async () => (await house.query("SELECT 1 FROM {schema}._sla_lock WHERE token <> ''")).length > 0,
    );
    const refused = await house.run("build", { vars: { seconds: 0 } });
    expect(refused.errors.map(({ code }) => code)).toEqual(["SLA507"]);
    expect(refused.errors[0]!.message).toMatch(
      new RegExp(
        `"shop" on schema "${house.schema}" holds the run lock: \`sla build\` of \\S+@\\S+ \\(process ${process.pid}\\), since `,
      ),
    );
    await first;
    await house.build({ vars: { seconds: 0 } });
    expect(
      await house.rows("SELECT COUNT(*) FROM {schema}._sla_lock WHERE expires_at > UTC_TIMESTAMP(6)"),
    ).toEqual([["0"]]);

    // GET_LOCK is no part of it.
    const adapter = await openEngine(engine, house.schema);
    const other = await adapter.acquire();
    await other.query(`SELECT GET_LOCK('sla:shop:${house.schema}', 0) AS taken`);
    await house.build({ vars: { seconds: 0 } });
    await other.release();
  });

  it("by lease: a dead process's runs out, and who waits takes it; who lost it does not publish", async () => {
    const house = new Warehouse(engine, "expiry", { ...FILES, "models/slow.sql": SLOW });
    house.set({ lock: "lease" });
    await house.build({ vars: { seconds: 0 } });
    const left = async () =>
      (await house.query("SELECT 1 FROM {schema}._sla_lock WHERE expires_at > UTC_TIMESTAMP(6)")).length;
    const killed = await sla(house.dir, ["build", "--vars", "{seconds: 6, id: 7}"], {
      started: (child) => void until(async () => (await left()) > 0).then(() => child.kill("SIGKILL")),
    });
    expect(killed.code).toBeNull();
    expect(await left()).toBe(1);
    expect((await house.run("build", { vars: { seconds: 0 } })).errors.map(({ code }) => code)).toEqual([
      "SLA507",
    ]);
    await house.raw("UPDATE {schema}._sla_lock SET expires_at = UTC_TIMESTAMP(6) + INTERVAL 2 SECOND");
    await house.build({ vars: { seconds: 0, id: 8 }, lockTimeout: 10 });
    expect(await house.rows("SELECT id FROM {schema}.orders")).toEqual([["8"]]);

    const loser = house.run("build", { vars: { seconds: 2, id: 9 } });
    await until(async () => (await left()) > 0);
    await house.raw(
      "UPDATE {schema}._sla_lock SET token = 'another', command = 'build', started_by = 'x@y', process_id = 1",
    );
    expect(
      (await loser).errors.map(({ code, message }) => [code, message.includes("of x@y (process 1)")]),
    ).toEqual([["SLA507", true]]);
    expect(await house.rows("SELECT id FROM {schema}.orders")).toEqual([["8"]]);
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition().catch(() => false)) return;
    await sleep(50);
  }
  throw new Error("waited 10 seconds in vain");
}
