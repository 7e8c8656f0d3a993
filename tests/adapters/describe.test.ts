import { beforeAll, describe, expect, test } from "vitest";
import type { Adapter, Connection } from "../../src/adapters/index.js";
import { formatColumnType } from "../../src/manifest/index.js";
import { ENGINES, openEngine, schemaName } from "../harness/engines.js";
import { column } from "./tables.js";

const COLUMNS = [
  column("i8", "tinyint"),
  column("u16", "smallint unsigned"),
  column("i24", "mediumint"),
  column("i32", "int"),
  column("u64", "bigint unsigned"),
  column("flag", "boolean!"),
  column("dec", "decimal(12,3)"),
  column("flt", "float"),
  column("dbl", "double"),
  column("fixed", "char(3)"),
  column("name", "varchar(20)"),
  column("note", "text"),
  column("doc", "longtext"),
  column("bin", "varbinary(9)"),
  column("raw", "longblob"),
  column("day", "date"),
  column("at", "datetime"),
  column("at6", "datetime(6)"),
  column("yr", "year"),
  column("js", "json"),
  column("state", "enum('new','closed')"),
];

/** Columns, and what MySQL, MariaDB and DuckDB make of them. */
const STORED: [string, string, string?][] = [
  ["i8", "tinyint"],
  ["u16", "smallint unsigned"],
  ["i24", "mediumint", "int"],
  ["i32", "int"],
  ["u64", "bigint unsigned"],
  ["flag", "boolean", "tinyint"],
  ["dec", "decimal(12,3)"],
  ["flt", "float"],
  ["dbl", "double"],
  ["fixed", "varchar(3)", "text"],
  ["name", "varchar(20)", "text"],
  ["note", "text"],
  ["doc", "longtext", "text"],
  ["bin", "varbinary(9)", "longblob"],
  ["raw", "longblob"],
  ["day", "date"],
  ["at", "datetime", "datetime(6)"],
  ["at6", "datetime(6)"],
  ["yr", "year", "smallint"],
  ["js", "json"],
  ["state", "varchar(6)", "text"],
];

const DERIVED: [string, string, string?][] = [
  ["1", "bigint", "int"],
  ["3000000000", "bigint"],
  ["1.50", "decimal(3,2)"],
  ["1e0", "double"],
  ["'abc'", "varchar(3)", "text"],
  ["''", "varchar(1)", "text"],
  ["NULL", "varchar(255)", "int"],
  ["COUNT(*)", "bigint"],
  ["SUM(i32)", "decimal(32,0)", "decimal(38,0)"],
  ["SUM(`dec`)", "decimal(34,3)", "decimal(38,3)"],
  ["MAX(i32)", "bigint", "int"],
  ["MAX(name)", "varchar(20)", "text"],
  ["MIN(at6)", "datetime(6)"],
  ["MAX(day)", "date"],
  ["CASE WHEN MAX(i32) > 1 THEN 'breached' ELSE 'met' END", "varchar(8)", "text"],
  ["CASE WHEN MAX(i32) > 1 THEN 1 ELSE 0 END", "bigint", "int"],
  ["COUNT(*) > 1", "bigint", "boolean"],
  ["CAST('1' AS DECIMAL(10,2))", "decimal(10,2)"],
  ["CAST('2020-01-01' AS DATETIME)", "datetime", "datetime(6)"],
  ["ROW_NUMBER() OVER ()", "bigint"],
  ["MAX(js)", "longtext", "text"],
];

describe.each(ENGINES)("$name describes", (engine) => {
  let adapter: Adapter;
  let connection: Connection;
  let from: string;

  const duckdb = engine.type === "duckdb";
  const quoted = (sql: string) => (duckdb ? sql.replaceAll("`", '"') : sql);

  beforeAll(async () => {
    adapter = await openEngine(engine);
    connection = await adapter.acquire();
    const relation = { schema: schemaName(), identifier: "described" };
    from = adapter.dialect.relation(relation);
    await connection.execute(adapter.dialect.createSchema(relation.schema));
    for (const sql of adapter.dialect.createTable({
      relation,
      columns: COLUMNS,
      primaryKey: [],
      indexes: [],
      description: "",
    })) {
      await connection.execute(sql);
    }
  });

  test("the columns of a table", async () => {
    const found = await connection.describe(`SELECT * FROM ${from}`);
    expect(found.map(({ name, type }) => [name, formatColumnType(type)])).toEqual(
      STORED.map(([name, type, onDuckDb = type]) => [name, duckdb ? onDuckDb : type]),
    );
    if (!duckdb) expect(found.filter(({ nullable }) => !nullable).map(({ name }) => name)).toEqual(["flag"]);
  });

  test.each(DERIVED)("%s", async (expression, type, onDuckDb = type) => {
    const [found] = await connection.describe(quoted(`SELECT ${expression} AS v FROM ${from}`));
    if (expression === "MAX(js)") {
      // MySQL keeps JSON as such, MariaDB as text.
      expect(["json", "longtext", "text"]).toContain(formatColumnType(found!.type));
      return;
    }
    expect(formatColumnType(found!.type)).toBe(duckdb ? onDuckDb : type);
  });

  test("columns that a table can be created of", async () => {
    const select = quoted(
      `SELECT ${DERIVED.map(([expression], at) => `${expression} AS c${at}`).join(", ")} FROM ${from}`,
    );
    const columns = await connection.describe(select);
    const relation = { schema: schemaName(), identifier: "derived" };
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: [],
      indexes: [],
      description: "",
    })) {
      await connection.execute(sql);
    }
    const names = columns.map(({ name }) => name);
    expect(await connection.execute(adapter.dialect.insertSelect(relation, names, select))).toEqual({
      rowsAffected: 1,
    });
  });

  test("more text than a row of MySQL can hold", async () => {
    const select = `SELECT ${Array.from({ length: 30 }, (_, at) => `CAST(MAX(name) AS CHAR(1000)) AS c${at}`).join(", ")} FROM ${from}`;
    const columns = await connection.describe(duckdb ? select.replaceAll("CHAR(1000)", "VARCHAR") : select);
    const relation = { schema: schemaName(), identifier: "wide" };
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: [],
      indexes: [],
      description: "",
    })) {
      await connection.execute(sql);
    }
    expect(columns).toHaveLength(30);
  });

  test("nothing runs: a query that would fail on its rows is described", async () => {
    const sql = duckdb ? "SELECT CAST('x' AS INTEGER) AS v" : "SELECT SLEEP(30) AS v";
    expect(await connection.describe(sql)).toHaveLength(1);
  });

  test.each([
    ["SELECT nope FROM `FROM`", "SLA305", 8],
    ["SELECT 1 +", "SLA301", undefined],
    ["SELECT no_such_function(1)", "SLA302", undefined],
    ["SELECT * FROM no_such_schema.t", "SLA305", undefined],
  ])("%s is %s, with its place", async (sql, code, at) => {
    const text = quoted(sql.replace("`FROM`", from));
    const error = await connection.describe(text).catch((thrown) => thrown);
    // MySQL looks for a function it does not know among the stored ones of a schema, and there is none.
    expect(error.code).toBe(engine.flavour === "mysql" && code === "SLA302" ? "SLA305" : code);
    if (at !== undefined)
      expect(error.location).toMatchObject({ path: "", line: 1, column: at, length: 4, text });
  });
});
