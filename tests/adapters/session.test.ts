import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { Adapter, Connection } from "../../src/adapters/index.js";
import { ENGINES, openEngine, schemaName } from "../harness/engines.js";
import { column } from "./tables.js";

/** A query that would run for minutes. */
const SLOW = {
  duckdb: "SELECT count(*) AS n FROM range(100000000) a, range(1000) b WHERE a.range * b.range % 7 = 3",
  mysql:
    "SELECT COUNT(*) AS n FROM information_schema.COLUMNS a, information_schema.COLUMNS b, information_schema.COLUMNS c WHERE SHA2(CONCAT(a.COLUMN_NAME, b.COLUMN_NAME, c.COLUMN_NAME), 512) LIKE '00000%'",
};

describe.each(ENGINES)("$name", (engine) => {
  let adapter: Adapter;
  let connection: Connection;
  const schema = schemaName("session");
  const numbers = { schema, identifier: "numbers" };
  let from: string;

  beforeAll(async () => {
    adapter = await openEngine(engine, schema);
    connection = await adapter.acquire();
    from = adapter.dialect.relation(numbers);
    await connection.execute(adapter.dialect.createSchema(schema));
    const columns = [column("id", "int"), column("v", "varchar(200)")];
    for (const sql of adapter.dialect.createTable({
      relation: numbers,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    })) {
      await connection.execute(sql);
    }
    const writer = await connection.load(numbers, columns);
    for (let start = 0; start < 100_000; start += 1000) {
      await writer.write(
        Array.from({ length: 1000 }, (_, at) => [start + at, `value ${start + at} ${"x".repeat(150)}`]),
      );
    }
    await writer.end();
  });

  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => expect.fail("it did not fail"),
      (error) => error,
    );

  test("a stream left early leaves a session that serves on", async () => {
    for (const limit of [1, 3]) {
      let batches = 0;
      for await (const rows of connection.stream(`SELECT * FROM ${from}`)) {
        expect(rows.length).toBeGreaterThan(0);
        if (++batches === limit) break;
      }
      expect(await connection.query(`SELECT COUNT(*) AS n FROM ${from}`)).toEqual([{ n: 100_000 }]);
    }
  });

  test("a stream that fails in the middle says why", async () => {
    const sql =
      adapter.type === "duckdb"
        ? `SELECT CASE WHEN id = 90000 THEN CAST(v AS INTEGER) ELSE id END AS n FROM ${from}`
        : `SELECT CASE WHEN id = 90000 THEN (SELECT id FROM ${from} LIMIT 2) ELSE id END AS n FROM ${from} ORDER BY id`;
    const read = async () => {
      for await (const _ of connection.stream(sql));
    };
    expect(await failure(read())).toMatchObject({ name: "SlaError" });
    expect(await connection.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("a stream of a query that cannot be parsed", async () => {
    const read = async () => {
      for await (const _ of connection.stream("SELECT 1 FRM x"));
    };
    expect(await failure(read())).toMatchObject({ code: "SLA301", location: { line: 1 } });
  });

  test("cancel ends what runs, and only that", async () => {
    const other = await openEngine(engine, schema);
    const [busy, idle] = [await other.acquire(), await other.acquire()];
    const failed = failure(busy.query(SLOW[adapter.type]));
    await sleep(300);
    const started = Date.now();
    await other.cancel();
    expect(await failed).toMatchObject({ code: "SLA504", message: "the statement was interrupted" });
    expect(Date.now() - started).toBeLessThan(5000);
    expect(await idle.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await busy.release();
    const next = await other.acquire();
    expect(await next.query("SELECT 2 AS two")).toEqual([{ two: 2 }]);
    await next.release();
    await idle.release();
  });

  test("close ends what runs", async () => {
    const other = await openEngine(engine, schema);
    const busy = await other.acquire();
    const failed = failure(busy.query(SLOW[adapter.type]));
    await sleep(200);
    const started = Date.now();
    await other.close();
    expect(await failed).toMatchObject({ name: "SlaError" });
    expect(Date.now() - started).toBeLessThan(5000);
  });

  test("cancel ends a load, and nothing is loaded", async () => {
    const other = await openEngine(engine, schema);
    const session = await other.acquire();
    const relation = { schema, identifier: "cancelled" };
    const columns = [column("id", "int"), column("v", "varchar(200)")];
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    })) {
      await session.execute(sql);
    }
    const writer = await session.load(relation, columns);
    const load = async () => {
      for (let id = 0; ; id += 1000) {
        await writer.write(Array.from({ length: 1000 }, (_, at) => [id + at, "x".repeat(150)]));
        await sleep(1);
      }
    };
    const failed = failure(load());
    await sleep(300);
    await other.cancel();
    // DuckDB's appender works between two turns of the event loop: it is told rather than interrupted.
    expect(await failed).toMatchObject({ code: "SLA504" });
    await writer.abort();
    await session.release();
    expect(await connection.query(`SELECT COUNT(*) AS n FROM ${adapter.dialect.relation(relation)}`)).toEqual(
      [{ n: 0 }],
    );
  });

  test("a script in a transaction is done whole or not at all", async () => {
    const before = await connection.query(`SELECT COUNT(*) AS n FROM ${from}`);
    const script = {
      transaction: true,
      statements: [`DELETE FROM ${from} WHERE id < 10`, `DELETE FROM ${from} WHERE nope = 1`],
    };
    expect(await failure(connection.run(script))).toMatchObject({ code: "SLA305" });
    expect(await connection.query(`SELECT COUNT(*) AS n FROM ${from}`)).toEqual(before);
  });

  test("sessions that collide try again", async () => {
    const relation = { schema, identifier: "contended" };
    const columns = [column("id", "int"), column("n", "int")];
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    })) {
      await connection.execute(sql);
    }
    const name = adapter.dialect.relation(relation);
    await connection.execute(`INSERT INTO ${name} SELECT 1, 0 UNION ALL SELECT 2, 0`);
    const sessions = [await adapter.acquire(), await adapter.acquire()];
    const orders = [
      [1, 2],
      [2, 1],
    ];
    // Both lock one row and want the other's: the engine ends one of them, which must come back.
    await Promise.all(
      sessions.map((session, at) =>
        session.run({
          transaction: true,
          statements: orders[at]!.map((id) => `UPDATE ${name} SET n = n + 1 WHERE id = ${id}`),
        }),
      ),
    );
    for (const session of sessions) await session.release();
    expect(await connection.query(`SELECT id, n FROM ${name} ORDER BY id`)).toEqual([
      { id: 1, n: 2 },
      { id: 2, n: 2 },
    ]);
  });

  test("many sessions create schemas and tables side by side", async () => {
    const sessions = await Promise.all(Array.from({ length: 8 }, () => adapter.acquire()));
    await Promise.all(
      sessions.map(async (session, at) => {
        await session.execute(adapter.dialect.createSchema(schemaName("many")));
        const relation = { schema: schemaName("many"), identifier: `t${at}` };
        for (const sql of adapter.dialect.createTable({
          relation,
          columns: [column("a", "int")],
          primaryKey: [],
          indexes: [],
          description: "d",
        })) {
          await session.execute(sql);
        }
        expect(await session.execute(adapter.dialect.insertSelect(relation, ["a"], `SELECT ${at}`))).toEqual({
          rowsAffected: 1,
        });
      }),
    );
    await Promise.all(sessions.map((session) => session.release()));
    expect(await adapter.introspector.relations([schemaName("many")])).toHaveLength(8);
  });

  test("a session that was given back in a transaction is not lent again", async () => {
    const other = await openEngine(engine, schema);
    const relation = { schema, identifier: "forgotten" };
    const columns = [column("id", "int")];
    const session = await other.acquire();
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    })) {
      await session.execute(sql);
    }
    const writer = await session.load(relation, columns);
    await writer.write([[1]]);
    await session.release();
    const next = await other.acquire();
    expect(await next.query(`SELECT COUNT(*) AS n FROM ${adapter.dialect.relation(relation)}`)).toEqual([
      { n: 0 },
    ]);
    await next.release();
    await other.close();
  });
});

describe.each(ENGINES.filter(({ type }) => type === "mysql"))("$name loses sessions", (engine) => {
  async function killed(during: (connection: Connection) => Promise<unknown>, after = 200) {
    const adapter = await openEngine(engine);
    const [victim, killer] = [await adapter.acquire(), await adapter.acquire()];
    const [row] = await victim.query("SELECT CONNECTION_ID() AS id");
    const running = during(victim).then(
      () => undefined,
      (error) => error,
    );
    await sleep(after);
    await killer.execute(`KILL ${row?.id}`);
    const error = await running;
    await victim.release();
    const next = await adapter.acquire();
    expect(await next.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    return error;
  }

  test("while a query runs", async () => {
    expect(await killed((connection) => connection.query("SELECT SLEEP(30)"))).toMatchObject({
      code: "SLA405",
      hint: expect.stringContaining("run again"),
    });
  });

  test("while a stream is read", async () => {
    const error = await killed(async (connection) => {
      for await (const _ of connection.stream("SELECT SLEEP(30) AS s, 1 AS a"));
    });
    expect(error).toMatchObject({ code: "SLA405" });
  });

  // At several moments, for it matters how much is on its way when the server hangs up.
  test.each([10, 30, 60, 100, 200])("while rows are loaded, after %i ms", async (after) => {
    const adapter = await openEngine(engine);
    const relation = { schema: schemaName("killed"), identifier: `t${after}` };
    const columns = [column("v", "varchar(200)")];
    const setup = await adapter.acquire();
    await setup.execute(adapter.dialect.createSchema(relation.schema));
    const description = "";
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: [],
      indexes: [],
      description,
    }))
      await setup.execute(sql);
    const error = await killed(async (connection) => {
      const writer = await connection.load(relation, columns);
      try {
        for (let round = 0; round < 100_000; round++)
          await writer.write(Array.from({ length: 500 }, () => ["x".repeat(150)]));
      } catch (thrown) {
        await writer.abort();
        throw thrown;
      }
    }, after);
    expect(error).toMatchObject({ code: "SLA405" });
  });

  test("while it is idle: the next who asks gets another", async () => {
    const adapter = await openEngine(engine);
    const session = await adapter.acquire();
    const [row] = await session.query("SELECT CONNECTION_ID() AS id");
    await session.release();
    const killer = await openEngine(engine);
    const other = await killer.acquire();
    await other.execute(`KILL ${row?.id}`);
    await sleep(200);
    const next = await adapter.acquire();
    expect(await next.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});
