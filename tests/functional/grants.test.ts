import { afterAll, describe, expect, it } from "vitest";
import { ENGINES, type Engine, openEngine, SERVERS, schemaName } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const PASSWORD = "gr4nts-pw";
const accounts: { engine: Engine; drop: string }[] = [];

async function admin(engine: Engine, sql: string) {
  const adapter = await openEngine(engine);
  const connection = await adapter.acquire();
  try {
    return await connection.query(sql);
  } finally {
    await connection.release();
  }
}

async function account(engine: Engine, name: string): Promise<string> {
  const user = schemaName(name);
  await admin(engine, `CREATE USER '${user}'@'%' IDENTIFIED BY '${PASSWORD}'`);
  accounts.push({ engine, drop: `DROP USER IF EXISTS '${user}'@'%'` });
  return user;
}

afterAll(async () => {
  for (const { drop, engine } of accounts) await admin(engine, drop);
});

const model = (grants: unknown) => ({
  "models/orders.sql": '{{config materialized="table"}}\nSELECT 1 AS id\n',
  "models/shown.sql": 'SELECT id FROM {{ref "orders"}}\n',
  "models/schema.yml": `models:\n  - name: orders\n    config: ${JSON.stringify({ grants })}\n  - name: shown\n    config: ${JSON.stringify({ grants })}\n`,
});

describe.each(SERVERS)("grants on $name", (engine) => {
  const held = async (house: Warehouse) =>
    (
      await house.rows(
        "SELECT table_name, privilege_type, grantee FROM information_schema.table_privileges WHERE table_schema = '{schema}' ORDER BY 1, 2, 3",
      )
    ).map((row) => row.join(" "));

  it("are given, kept through swaps, and taken back when the config no longer names them", async () => {
    const [ann, bob] = [await account(engine, "ann"), await account(engine, "bob")];
    const role = schemaName("team");
    await admin(engine, `CREATE ROLE '${role}'`);
    accounts.push({ engine, drop: `DROP ROLE IF EXISTS '${role}'` });
    const house = new Warehouse(
      engine,
      "given",
      model({ select: [`${ann}@%`, role], insert: [`'${bob}'@'%'`] }),
    );
    await house.build();
    const first = await held(house);
    expect(first.map((line) => line.replace(/@''$/, "").replace(/@'%'$/, ""))).toEqual(
      ["orders", "shown"].flatMap((name) => [
        `${name} INSERT '${bob}'`,
        `${name} SELECT '${ann}'`,
        `${name} SELECT '${role}'`,
      ]),
    );
    await house.build();
    expect(await held(house)).toEqual(first);

    // Whoever manages privileges by hand manages the kinds that the config does not name.
    await house.raw(`GRANT DELETE ON {schema}.orders TO '${ann}'@'%'`);
    house.write(model({ select: [`${bob}@%`], insert: [] }));
    await house.build();
    expect(await held(house)).toEqual([
      `orders DELETE '${ann}'@'%'`,
      `orders SELECT '${bob}'@'%'`,
      `shown SELECT '${bob}'@'%'`,
    ]);
  });

  it("say what to ask for when they may not be given", async () => {
    const [poor, reader] = [await account(engine, "poor"), await account(engine, "reader")];
    const house = new Warehouse(engine, "denied", model({ select: [`${reader}@%`] }));
    await house.build();
    await admin(engine, `GRANT ALL ON \`${house.schema}\`.* TO '${poor}'@'%'`);
    house.write(model({ select: [`${reader}@%`, "root@localhost"] }));
    house.set({ user: poor, password: PASSWORD });
    const { errors } = await house.run("build");
    expect(errors.map(({ code }) => code)).toEqual(["SLA404"]);
    expect(errors[0]!.message).toContain("all is published, but this grant is not made: GRANT SELECT ON");
    expect(errors[0]!.hint).toBe(
      `Ask an administrator for: GRANT SELECT ON \`${house.schema}\`.* TO <the target's user> WITH GRANT OPTION;`,
    );
    const [run] = await house.rows(
      "SELECT status, published FROM {schema}._sla_runs ORDER BY started_at DESC LIMIT 1",
    );
    expect(run).toEqual(["error", "2"]);
    expect(house.written()).toEqual({
      orders: ["error", `not all grants are made: ${errors[0]!.message}`],
      shown: ["error", `not all grants are made: ${errors[0]!.message}`],
    });
  });
});

describe.each(ENGINES)("grants on $name, too", (engine) => {
  it("of what is no privilege are an error of the project", async () => {
    const house = new Warehouse(engine, "unknown", model({ selekt: ["ann"] }));
    const { errors } = await house.run("build");
    expect(errors.map(({ code }) => code)).toContain("SLA103");
  });

  if (engine.type === "duckdb")
    it("mean nothing where there are no users", async () => {
      await new Warehouse(engine, "nobody", model({ select: ["ann@%"] })).build();
    });
});
