import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import mysql from "mysql2/promise";
import { afterAll, describe, expect, it } from "vitest";
import { ENGINES, type Engine, SERVERS, schemaName } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";
import { sla } from "./cli.js";

const file = (before = "", condition = ">= least") =>
  `CREATE PROCEDURE find_busy(IN least INT)\nBEGIN\n${before}  START TRANSACTION;\n  DELETE FROM {{ref "busy"}};\n` +
  `  INSERT INTO {{ref "busy"}} (city)\n  SELECT city FROM {{ref "orders"}} GROUP BY city HAVING COUNT(*) ${condition};\n  COMMIT;\nEND\n`;
const FILES = {
  "seeds/orders.csv": "id,city\n1,Rome\n2,Oslo\n3,Rome\n",
  "procedures/find_busy.sql": file(),
  "procedures/procedures.yml":
    "procedures:\n  - name: find_busy\n    config: { arguments: { least: 2 } }\n    tables:\n      - name: busy\n" +
    "        primary_key: [city]\n        columns: [{ name: city, data_type: varchar(50), tests: [not_null] }]\n",
};

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

async function bare(engine: Engine): Promise<mysql.Connection> {
  const { host, port, user, password } = engine.server!;
  const connection = await mysql.createConnection({ host, port, user, password });
  ends.push(() => connection.end());
  return connection;
}

const routines = async (client: mysql.Connection, schema: string) =>
  (
    await client.query<mysql.RowDataPacket[]>(
      "SELECT ROUTINE_NAME AS name, CREATED AS created, LAST_ALTERED AS altered, ROUTINE_DEFINITION AS body FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ? ORDER BY 1",
      [schema],
    )
  )[0];

it.each(ENGINES)("sla call shows the rows that it has written on $name", async (engine) => {
  const house = new Warehouse(engine, "shown", FILES);
  await house.build();
  const { code, stdout, stderr } = await sla(house.dir, ["call", "find_busy", "--least", "1"]);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(
    /CALL find_busy\(1\): 2 rows\n\n(\S+)\.busy\ncity\n─+\n(Oslo\nRome|Rome\nOslo)\n2 rows\n$/,
  );
  expect(stdout).toContain(`\n${house.schema}.busy\n`);
});

describe.each(SERVERS)("a routine on $name", (engine) => {
  it("is created once: neither builds nor calls touch what has not changed", async () => {
    const house = new Warehouse(engine, "once", FILES);
    const client = await bare(engine);
    await house.build();
    const first = await routines(client, house.schema);
    expect(first.map(({ name }) => name)).toEqual(["find_busy"]);
    await sleep(1100);
    await house.build();
    await house.run("call", { call: { procedure: "find_busy", arguments: { least: 1 } } });
    expect(await routines(client, house.schema)).toEqual(first);
    house.write({ "procedures/find_busy.sql": file("", "> least") });
    await house.build();
    expect((await routines(client, house.schema))[0]!.altered).not.toEqual(first[0]!.altered);
  });

  it("that the project no longer has is an orphan; what others created is not", async () => {
    const house = new Warehouse(engine, "orphan", FILES);
    const client = await bare(engine);
    await house.build();
    await client.query(`CREATE PROCEDURE ${house.schema}.foreign_one() COMMENT 'Ours, not sla''s' BEGIN END`);
    const none = await sla(house.dir, ["clean", "--orphans"]);
    expect(none.stdout).toBe("0 orphans.\n");
    for (const path of ["procedures/find_busy.sql", "procedures/procedures.yml"])
      rmSync(join(house.dir, path));
    const listed = await sla(house.dir, ["clean", "--orphans"]);
    expect(listed.stdout).toBe(
      `table ${house.schema}.busy  (procedure.shop.find_busy)\nprocedure ${house.schema}.find_busy  (procedure.shop.find_busy)\n` +
        "2 orphans. `sla clean --orphans --yes` drops them.\n",
    );
    expect((await routines(client, house.schema)).length).toBe(2);
    expect((await sla(house.dir, ["clean", "--orphans", "--yes"])).stdout).toContain("dropped procedure");
    expect((await routines(client, house.schema)).map(({ name }) => name)).toEqual(["foreign_one"]);
    expect(await house.relations()).toEqual(["table orders"]);
  });

  it("stands as it was, and so do its tables, when a build is killed while it runs", {
    timeout: 60_000,
  }, async () => {
    const house = new Warehouse(engine, "killed", FILES);
    const client = await bare(engine);
    await house.build();
    const before = await routines(client, house.schema);
    house.write({
      "procedures/find_busy.sql": file("  DO SLEEP(20);\n", "> least"),
      "seeds/orders.csv": "id,city\n1,Bern\n2,Bern\n3,Bern\n",
    });
    const staged = async () =>
      (
        await client.query<mysql.RowDataPacket[]>(
          "SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE '%SLEEP(20)%' AND ID <> CONNECTION_ID()",
        )
      )[0].length > 0;
    const killed = await sla(house.dir, ["build"], {
      started: (child) =>
        void (async () => {
          while (!(await staged())) await sleep(50);
          child.kill("SIGKILL");
        })(),
    });
    expect(killed.code).toBe(null);
    const left = await routines(client, house.schema);
    expect(left.map(({ name }) => name)).toEqual(["find_busy", "find_busy__sla_new"]);
    expect(left[0]).toEqual(before[0]);
    expect(await house.rows("SELECT city FROM {schema}.busy")).toEqual([["Rome"]]);
    house.write({ "procedures/find_busy.sql": file("", "> least") });
    await house.build({ lockTimeout: 40 });
    expect((await routines(client, house.schema)).map(({ name }) => name)).toEqual(["find_busy"]);
    expect(await house.rows("SELECT city FROM {schema}.busy")).toEqual([["Bern"]]);
    expect(await house.relations()).toEqual(["table busy", "table orders"]);
  });

  it("names the line of the first statement of a branch or a loop", async () => {
    const body = `  WHILE least > 0 DO
    INSERT INTO {{ref "busy"}} (city) VALUES ('Rome');
    SET least = least - 1;
  END WHILE;\n`;
    const house = new Warehouse(engine, "branch", { ...FILES, "procedures/find_busy.sql": file(body) });
    const { errors } = await house.run("build");
    expect(errors.map(({ code, location }) => [code, location?.line])).toEqual([["SLA503", 4]]);
  });

  it.runIf(engine.flavour === "mariadb")("keeps what was granted on it when it changes", async () => {
    const house = new Warehouse(engine, "granted", FILES);
    const client = await bare(engine);
    await house.build();
    const user = `'${schemaName("reader").slice(0, 20)}'@'%'`;
    await client.query(`CREATE USER ${user}`);
    ends.unshift(() => client.query(`DROP USER ${user}`));
    await client.query(`GRANT EXECUTE ON PROCEDURE ${house.schema}.find_busy TO ${user}`);
    house.write({ "procedures/find_busy.sql": file("", "> least") });
    await house.build();
    expect((await routines(client, house.schema))[0]!.body).toContain("> least");
    const [grants] = await client.query(`SHOW GRANTS FOR ${user}`);
    expect(JSON.stringify(grants)).toContain("find_busy");
  });
});
