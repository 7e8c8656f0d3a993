import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openAdapter } from "../../src/adapters/index.js";
import { ENGINES, openEngine, SERVERS, schemaName, scratchFolder } from "../harness/engines.js";

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("it did not fail"),
    (error) => error,
  );

describe.each(SERVERS)("$name", (engine) => {
  test("a lock that another session holds too long", async () => {
    const adapter = await openEngine(engine);
    const [holder, waiter] = [await adapter.acquire(), await adapter.acquire()];
    const schema = schemaName("locks");
    const table = adapter.dialect.relation({ schema, identifier: "t" });
    await holder.execute(adapter.dialect.createSchema(schema));
    await holder.execute(`CREATE TABLE ${table} (id int PRIMARY KEY, n int)`);
    await holder.execute(`INSERT INTO ${table} VALUES (1, 0)`);
    await holder.execute("START TRANSACTION");
    await holder.execute(`UPDATE ${table} SET n = 1`);
    await waiter.execute("SET innodb_lock_wait_timeout = 1, lock_wait_timeout = 1");
    expect(await failure(waiter.execute(`UPDATE ${table} SET n = 2`))).toMatchObject({ code: "SLA506" });
    const swap = adapter.dialect.swap([
      {
        live: { schema, identifier: "u" },
        shadow: { schema, identifier: "t" },
        existing: null,
        type: "table",
      },
    ]);
    expect(await failure(waiter.run(swap))).toMatchObject({
      code: "SLA506",
      hint: expect.stringContaining("SHOW PROCESSLIST"),
    });
    await holder.execute("ROLLBACK");
    await waiter.run(swap);
  });

  test("a table that is full", async () => {
    const adapter = await openEngine(engine);
    const connection = await adapter.acquire();
    const schema = schemaName("full");
    const table = adapter.dialect.relation({ schema, identifier: "t" });
    await connection.execute(adapter.dialect.createSchema(schema));
    await connection.execute("SET max_heap_table_size = 16384");
    await connection.execute(`CREATE TABLE ${table} (v char(200)) ENGINE=MEMORY`);
    const values = Array.from({ length: 1000 }, () => "('x')").join(", ");
    expect(await failure(connection.execute(`INSERT INTO ${table} VALUES ${values}`))).toMatchObject({
      code: "SLA407",
      hint: expect.stringContaining("Free space"),
    });
    await connection.release();
  });

  test("more sessions than the server takes", async () => {
    const adapter = await openEngine(engine);
    const connection = await adapter.acquire();
    const user = `${schemaName("few")}`.slice(0, 30);
    await connection.execute(`CREATE USER '${user}'@'%' IDENTIFIED BY 'right' WITH MAX_USER_CONNECTIONS 1`);
    const { host, port } = engine.server!;
    const target = {
      name: "t",
      type: "mysql",
      schema: "x",
      threads: 1,
      host,
      port,
      user,
      password: "right",
      ssl: false,
    } as const;
    try {
      const limited = await openAdapter(target);
      const first = await limited.acquire();
      expect(await failure(limited.acquire())).toMatchObject({
        code: "SLA401",
        hint: expect.stringContaining("--threads"),
      });
      await first.release();
      await limited.close();
    } finally {
      await connection.execute(`DROP USER '${user}'@'%'`);
      await connection.release();
    }
  });
});

test("DuckDB without room to work in", async () => {
  const adapter = await openAdapter({
    name: "d",
    type: "duckdb",
    schema: "s",
    threads: 1,
    path: join(scratchFolder(), "small.duckdb"),
    settings: { memory_limit: "30MB", max_temp_directory_size: "1MB" },
  });
  const connection = await adapter.acquire();
  const sql =
    "CREATE TABLE main.big AS SELECT range AS id, sha256(range::VARCHAR) AS v FROM range(1000000) ORDER BY v";
  expect(await failure(connection.execute(sql))).toMatchObject({
    code: "SLA407",
    hint: expect.stringContaining("memory_limit"),
  });
  await connection.release();
  await adapter.close();
});

describe.each(ENGINES)("$name", (engine) => {
  test("a long statement's error has its line and column", async () => {
    const adapter = await openEngine(engine);
    const connection = await adapter.acquire();
    const columns = Array.from({ length: 60 }, (_, at) => `1 AS column_number_${at}`).join(", ");
    const sql = `SELECT\n  ${columns},\n  no_such_column\nFROM (SELECT 1 AS a) t`;
    const error = await failure(connection.describe(sql));
    expect(error).toMatchObject({ code: "SLA305", location: { path: "", line: 3, column: 3, length: 14 } });
    const wide = await failure(
      connection.describe(`SELECT ${columns}, no_such_column, ${columns} FROM (SELECT 1 AS a) t`),
    );
    expect(wide).toMatchObject({ location: { line: 1, column: 10 + columns.length, length: 14 } });
    await connection.release();
  });
});
