import mysql from "mysql2/promise";
import { afterAll, describe, expect, it } from "vitest";
import { ENGINES, type Engine, SERVERS, schemaName } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const BODY = `BEGIN
  DECLARE orders INT DEFAULT 0;
  START TRANSACTION;
  DELETE FROM {{ref "busy_cities"}};
  SET orders = (SELECT COUNT(*) FROM {{ref "orders"}});
  INSERT INTO {{ref "busy_cities"}} (city, found, share)
  SELECT city, COUNT(*), COUNT(*) / NULLIF(orders, 0)
  FROM {{ref "orders"}}
  GROUP BY city
  HAVING COUNT(*) >= least;
  UPDATE {{ref "busy_cities"}} SET share = share * 100 WHERE busy_cities.found >= least;
  COMMIT;
END;
`;
const procedure = (body: string) => `CREATE PROCEDURE find_busy_cities(IN least INT)\n${body}`;

const FILES = {
  "seeds/orders.csv": "id,city\n1,Rome\n2,Oslo\n3,Rome\n",
  "procedures/find_busy_cities.sql": procedure(BODY),
  "procedures/procedures.yml": `procedures:
  - name: find_busy_cities
    description: Finds busy cities.
    config: { arguments: { least: 2 } }
    tables:
      - name: busy_cities
        description: Cities with many orders.
        primary_key: [city]
        columns:
          - { name: city, data_type: varchar(50), tests: [unique, { accepted_values: { values: [Rome, Oslo] } }] }
          - { name: found, data_type: bigint }
          - { name: share, data_type: "decimal(5,2)" }
`,
  "models/shown.sql": '{{config materialized="table"}}\nSELECT city FROM {{ref "busy_cities"}}\n',
};

const SHOWN = "SELECT city, found, share FROM {schema}.busy_cities ORDER BY city";
const open: mysql.Connection[] = [];
const cleanups: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup();
  for (const connection of open) await connection.end();
});

async function bare(engine: Engine, account?: { user: string; password: string }): Promise<mysql.Connection> {
  const { host, port, user, password } = engine.server!;
  const connection = await mysql.createConnection({ host, port, user, password, ...account });
  open.push(connection);
  return connection;
}

describe.each(ENGINES)("procedures on $name", (engine) => {
  it("are called in their place: their tables are tested, published, and read by others", async () => {
    const house = new Warehouse(engine, "place", FILES);
    const { status } = await house.build();
    expect(status).toMatchObject({ find_busy_cities: "success", shown: "success" });
    expect(Object.values(status).filter((one) => one === "pass").length).toBe(2);
    expect((await house.rows(SHOWN)).map((row) => row.join(" "))).toEqual(["Rome 2 67"]);
    expect(await house.rows("SELECT city FROM {schema}.shown")).toEqual([["Rome"]]);
    expect(await house.relations()).toEqual(["table busy_cities", "table orders", "table shown"]);
  });

  it("publish nothing that a test of their tables finds wrong", async () => {
    const house = new Warehouse(engine, "audit", FILES);
    await house.build();
    house.write({ "seeds/orders.csv": "id,city\n1,Paris\n2,Paris\n" });
    const { status } = await house.run("build");
    expect(Object.values(status)).toContain("fail");
    expect(status.shown).toBe("skipped");
    expect((await house.rows(SHOWN)).map((row) => row.join(" "))).toEqual(["Rome 2 67"]);
  });

  it("are called by hand with other arguments, by the same way", async () => {
    const house = new Warehouse(engine, "hand", FILES);
    await house.build();
    const call = { procedure: "find_busy_cities", arguments: { LEAST: 1 } };
    const { results } = await house.run("call", { call });
    expect(results.map(({ status }) => status)).toEqual(["success", "pass", "pass"]);
    expect(results[0]).toMatchObject({ rows_affected: 2, published: true });
    expect((await house.rows(SHOWN)).map((row) => row.join(" "))).toEqual(["Oslo 1 33", "Rome 2 67"]);
    await house.build();
    expect((await house.rows(SHOWN)).length).toBe(1);
  });

  it("refuse arguments that do not fit", async () => {
    const house = new Warehouse(engine, "args", FILES);
    await house.build();
    const call = async (given: Record<string, string | number>) => {
      const { errors } = await house.run("call", {
        call: { procedure: "find_busy_cities", arguments: given },
      });
      return errors.map(({ code, message, hint }) => [code, message, hint].join("|"));
    };
    expect(await call({ leest: 1 })).toEqual([
      'SLA212|procedure "find_busy_cities" has no parameter "leest"|Did you mean "least"?',
    ]);
    expect(await call({ least: "many" })).toEqual([
      'SLA212|parameter "least" of procedure "find_busy_cities" is INT, but is given "many"|',
    ]);
    expect(await call({ least: 1e12 })).toHaveLength(1);
    expect(await call({ least: 1.5 })).toHaveLength(1);
  });

  it("leave alone what has not changed with --reuse", async () => {
    const house = new Warehouse(engine, "reuse", FILES);
    await house.build();
    const again = await house.run("build", { reuse: true });
    expect(again.status.find_busy_cities).toBe("reused");
    house.write({ "procedures/find_busy_cities.sql": procedure(BODY.replace(">= least", "> least")) });
    const changed = await house.run("build", { reuse: true });
    expect(changed.status.find_busy_cities).toBe("success");
  });

  it.each([
    ["an unknown column", "  SELECT city, COUNT(*),", "  SELECT town, COUNT(*),", 8],
    ["a row that does not fit", "GROUP BY city\n", "GROUP BY city, id\n", 7],
  ])("say where the body is wrong: %s", async (_what, right, wrong, line) => {
    const house = new Warehouse(engine, "where", {
      ...FILES,
      "procedures/find_busy_cities.sql": procedure(
        BODY.replace(right, wrong).replace("least;\n  UPDATE", "0;\n  UPDATE"),
      ),
    });
    const { errors } = await house.run("build");
    expect(errors.length).toBe(1);
    expect(errors[0]!.location).toMatchObject({ path: "procedures/find_busy_cities.sql" });
    expect([line, 7]).toContain(errors[0]!.location!.line);
    expect((await house.relations()).filter((name) => name.includes("busy"))).toEqual([]);
  });

  it("refuse to write what they do not declare", async () => {
    const house = new Warehouse(engine, "foreign", {
      ...FILES,
      "procedures/find_busy_cities.sql": procedure(
        'BEGIN\n  DELETE FROM {{ref "busy_cities"}};\n  DELETE FROM {{ref "orders"}};\nEND\n',
      ),
    });
    const { errors } = await house.run("build");
    expect(errors.map(({ code, location }) => [code, location?.line])).toEqual([["SLA211", 4]]);
    expect((await house.rows("SELECT COUNT(*) FROM {schema}.orders").catch(() => [["none"]]))[0]).toEqual([
      "none",
    ]);
  });
});

const routines = async (connection: mysql.Connection, schema: string) =>
  (
    await connection.query<mysql.RowDataPacket[]>(
      "SELECT ROUTINE_NAME AS name, ROUTINE_COMMENT AS comment, SECURITY_TYPE AS security, LAST_ALTERED AS altered, ROUTINE_DEFINITION AS body FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ?",
      [schema],
    )
  )[0];

describe.each(SERVERS)("stored procedures on $name", (engine) => {
  it("give any client that calls them the rows of the node", async () => {
    const house = new Warehouse(engine, "client", FILES);
    await house.build();
    const node = await house.rows(SHOWN);
    const client = await bare(engine);
    await client.query(`CALL ${house.schema}.find_busy_cities(1)`);
    expect((await house.rows(SHOWN)).length).toBe(2);
    await client.query(`CALL ${house.schema}.find_busy_cities(2)`);
    expect(await house.rows(SHOWN)).toEqual(node);
  });

  it("are deployed once, again when they change, and repaired when somebody else has changed them", async () => {
    const house = new Warehouse(engine, "deploy", FILES);
    const client = await bare(engine);
    await house.build();
    const [first, ...others] = await routines(client, house.schema);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ name: "find_busy_cities", security: "INVOKER" });
    expect(first!.comment).toMatch(/^Finds busy cities\. sla:[0-9a-f]{16}$/);
    await new Promise((done) => setTimeout(done, 1100));
    const rebuilt = await house.build();
    expect(
      rebuilt.results.find(({ unique_id }) => unique_id.startsWith("procedure."))!.message,
    ).not.toContain("deploys");
    expect(await routines(client, house.schema)).toEqual([first]);

    house.write({ "procedures/find_busy_cities.sql": procedure(BODY.replace(">= least", "> least")) });
    await house.build();
    const [second] = await routines(client, house.schema);
    expect(second!.comment).not.toBe(first!.comment);
    expect(second!.body).toContain("> least");

    await client.query(`DROP PROCEDURE ${house.schema}.find_busy_cities`);
    await client.query(
      `CREATE PROCEDURE ${house.schema}.find_busy_cities(IN least INT) COMMENT '${second!.comment}' BEGIN SELECT 1; END`,
    );
    await house.build();
    expect((await routines(client, house.schema))[0]!.body).toBe(second!.body);
  });

  it("say at which line a statement failed while it ran, control flow included", async () => {
    const house = new Warehouse(engine, "line", {
      ...FILES,
      "procedures/find_busy_cities.sql": procedure(`BEGIN
  DECLARE n INT DEFAULT 0;
  WHILE n < 3 DO
    SET n = n + 1;
    IF n = 2 THEN
      INSERT INTO {{ref "busy_cities"}} VALUES ('Rome', n, 1);
      INSERT INTO {{ref "busy_cities"}} VALUES ('Rome', n, 2);
    END IF;
  END WHILE;
END
`),
    });
    const { errors } = await house.run("build");
    expect(errors.map(({ code, location }) => [code, location?.path, location?.line])).toEqual([
      ["SLA503", "procedures/find_busy_cities.sql", 8],
    ]);
    expect(await routines(await bare(engine), house.schema)).toEqual([]);
  });

  it("say at which line they cannot be parsed", async () => {
    const house = new Warehouse(engine, "syntax", {
      ...FILES,
      "procedures/find_busy_cities.sql": procedure(BODY.replace("GROUP BY city", "GROUP city")),
    });
    const { errors } = await house.run("build");
    expect(errors.map(({ code, location }) => [code, location?.path, location?.line])).toEqual([
      ["SLA301", "procedures/find_busy_cities.sql", 10],
    ]);
  });

  it("leave no routine of a run that died", async () => {
    const house = new Warehouse(engine, "died", FILES);
    await house.build();
    const client = await bare(engine);
    await client.query(`CREATE PROCEDURE ${house.schema}.find_busy_cities__sla_new() BEGIN END`);
    await client.query(`CREATE TABLE ${house.schema}.busy_cities__sla_new (a INT)`);
    await house.run("seed");
    expect((await routines(client, house.schema)).map(({ name }) => name)).toEqual(["find_busy_cities"]);
    expect((await house.relations()).filter((name) => name.includes("__"))).toEqual([]);
  });

  it("say what to grant where a right is missing", async () => {
    const user = schemaName("rights").slice(0, 28);
    const password = "r1ghts-Pw";
    const admin = await bare(engine);
    await admin.query(`CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`);
    cleanups.push(() => admin.query(`DROP USER '${user}'@'%'`));
    const house = new Warehouse(engine, "rights", FILES);
    await admin.query(`CREATE DATABASE ${house.schema}`);
    await admin.query(
      `GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES ON ${house.schema}.* TO '${user}'@'%'`,
    );
    house.set({ user, password });
    const denied = await house.run("build");
    expect(denied.errors.map(({ code }) => code)).toEqual(["SLA404"]);
    expect(denied.errors[0]!.hint).toContain(
      `GRANT CREATE ROUTINE ON \`${house.schema}\`.* TO '${user}'@'%'`,
    );
    await admin.query(`GRANT CREATE ROUTINE ON ${house.schema}.* TO '${user}'@'%'`);
    await house.build();
    expect((await routines(admin, house.schema)).length).toBe(1);

    await admin.query(`DROP PROCEDURE ${house.schema}.find_busy_cities`);
    await admin.query(`CREATE PROCEDURE ${house.schema}.find_busy_cities() BEGIN END`);
    const before = await house.rows(SHOWN);
    house.write({ "seeds/orders.csv": "id,city\n1,Oslo\n2,Oslo\n" });
    const refused = await house.run("build");
    expect(refused.errors.map(({ code }) => code)).toEqual(["SLA404"]);
    expect(refused.errors[0]!.hint).toContain(
      `GRANT ALTER ROUTINE ON PROCEDURE \`${house.schema}\`.\`find_busy_cities\``,
    );
    expect(await house.rows(SHOWN)).toEqual(before);
    await admin.query(`DROP PROCEDURE ${house.schema}.find_busy_cities`);
    await house.build();
    expect((await house.rows(SHOWN))[0]![0]).toBe("Oslo");
  });
});
