import { beforeAll, describe, expect, test } from "vitest";
import type { Adapter, Connection, Row, Value } from "../../src/adapters/index.js";
import type { TypedColumn } from "../../src/manifest/index.js";
import { ENGINES, openEngine, schemaName } from "../harness/engines.js";
import { column } from "./tables.js";

/** LOAD DATA and its fall-back are two ways into one table; DuckDB has one. */
const WAYS = ENGINES.flatMap((engine) =>
  engine.type === "duckdb"
    ? [{ name: `${engine.name} by chunks`, engine, options: {} }]
    : [
        { name: `${engine.name} by LOAD DATA`, engine, options: {} },
        { name: `${engine.name} by INSERT`, engine, options: { localInfile: false } },
      ],
);

/** Type, values in, values out (where they differ). */
const CASES: [string, Value[], Value[]?][] = [
  ["tinyint", [-128, 127, 0, null]],
  ["tinyint unsigned", [255, 0, true], [255, 0, 1]],
  ["smallint", [-32768, 32767]],
  ["mediumint", [-8388608, 8388607]],
  ["int", [-2147483648, 2147483647, "42"], [-2147483648, 2147483647, 42]],
  ["int unsigned", [4294967295]],
  [
    "bigint",
    [9223372036854775807n, -9223372036854775808n, 9007199254740991, 9007199254740993n, 5n],
    [9223372036854775807n, -9223372036854775808n, 9007199254740991, 9007199254740993n, 5],
  ],
  ["bigint unsigned", [18446744073709551615n, 0]],
  ["boolean", [true, false, 1, 0, null], [1, 0, 1, 0, null]],
  ["decimal(10,2)", [1.25, -99999999.99, "0.10", 1.255, 7], [1.25, -99999999.99, 0.1, 1.26, 7]],
  [
    "decimal(38,0)",
    [12345678901234567890n, "99999999999999999999999999999999999999", 5],
    [12345678901234567890n, 99999999999999999999999999999999999999n, 5],
  ],
  ["decimal(20,10)", [1e-7, "1234567890.0123456789"], [1e-7, 1234567890.0123458]],
  ["bigint", [0, 9, 10, 99, 100, 1073741823, 1073741824, -1, -10]],
  ["double", [0.1, 1e300, -1e-300, 1 / 3, 5, 12345678.123456789]],
  ["float", [0.1, 0.5, 1234.5, null]],
  [
    "varchar(40)",
    [
      "plain",
      "",
      " blanks ",
      "tab\tnew\nline\r\n",
      "back\\slash \\N \\t",
      "\\N",
      "\u0001",
      "\u0002",
      "\u0003",
      "\u0003\u0001",
      "\u0002N",
      "'quotes\" `ticks`",
      "nul\0byte",
      "ünï 😀 漢字",
      "NULL",
      "%_",
      "0",
      null,
    ],
  ],
  ["varchar(40)", [12, 1.5, true, 9007199254740993n], ["12", "1.5", "1", "9007199254740993"]],
  ["char(5)", ["abc", ""]],
  ["text", ["x".repeat(60_000), "a;b,c\u0001\u0002\u0003\u0002N\u0003\u0001\u001a\u007f\u2028", "\u0002N"]],
  ["longtext", ["long ".repeat(60_000)]],
  ["date", ["2024-02-29", "1970-01-01", "1000-01-01", "9999-12-31", null]],
  [
    "datetime",
    ["2024-02-29 23:59:59", "1969-12-31 23:59:59", "2024-01-01"],
    ["2024-02-29 23:59:59", "1969-12-31 23:59:59", "2024-01-01 00:00:00"],
  ],
  [
    "datetime",
    ["2024-01-01 00:00:00.4", "2024-01-01 00:00:00.5", "2024-12-31 23:59:59.999999"],
    ["2024-01-01 00:00:00", "2024-01-01 00:00:01", "2025-01-01 00:00:00"],
  ],
  [
    "datetime(3)",
    ["2024-01-01 00:00:00.1236", "2024-01-01 00:00:00.9996"],
    ["2024-01-01 00:00:00.124000", "2024-01-01 00:00:01"],
  ],
  [
    "datetime(6)",
    ["2024-02-29 23:59:59.123456", "2024-01-01 00:00:00.000001", "2024-01-01 00:00:00.5"],
    ["2024-02-29 23:59:59.123456", "2024-01-01 00:00:00.000001", "2024-01-01 00:00:00.500000"],
  ],
  ["timestamp", ["2024-03-31 02:30:00", null]],
  ["time", ["00:00:00", "23:59:59"]],
  ["time(6)", ["12:00:00.25"], ["12:00:00.250000"]],
  ["year", [1999, 2155]],
  ["json", ['{"a": [1, "x\\ty"]}', "null", "[]", null]],
  ["enum('new','it''s')", ["new", "it's", null]],
  ["blob", [new Uint8Array([0, 9, 10, 13, 39, 92, 255]), new Uint8Array(), null]],
  ["varbinary(300)", [Uint8Array.from({ length: 256 }, (_, index) => index)]],
];

describe.each(WAYS)("$name", ({ engine, options }) => {
  let adapter: Adapter;
  let connection: Connection;
  const schema = schemaName(options.localInfile === false ? "insert" : "load");
  let made = 0;

  beforeAll(async () => {
    adapter = await openEngine(engine, schema, options);
    connection = await adapter.acquire();
    await connection.execute(adapter.dialect.createSchema(schema));
  });

  async function loaded(columns: TypedColumn[], rows: Value[][]): Promise<{ select: string; taken: number }> {
    const relation = { schema, identifier: `t${++made}` };
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    })) {
      await connection.execute(sql);
    }
    const writer = await connection.load(relation, columns);
    await writer.write(rows);
    return {
      taken: await writer.end(),
      select: `SELECT * FROM ${adapter.dialect.relation(relation)} ORDER BY id`,
    };
  }

  test.each(CASES)("%s keeps its values (%#)", async (type, values, expected = values) => {
    const { select, taken } = await loaded(
      [column("id", "int"), column("v", type)],
      values.map((value, at) => [at, value]),
    );
    expect(taken).toBe(values.length);
    const rows = expected.map((value, at) => ({ id: at, v: value }));
    expect(await connection.query(select)).toEqual(rows);
    const streamed: Row[] = [];
    for await (const batch of connection.stream(select)) streamed.push(...batch);
    expect(streamed).toEqual(rows);
  });

  test("random text of every kind survives", async () => {
    let state = 7;
    const random = (below: number) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * below);
    };
    const alphabet = [
      "\\",
      "\t",
      "\n",
      "\r",
      "\0",
      "'",
      '"',
      "N",
      "\\N",
      " ",
      "a",
      "é",
      "😀",
      "\x1a",
      ";",
      "`",
      "\b",
      "%",
    ];
    const text = () => Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)]).join("");
    const rows = Array.from({ length: 3000 }, (_, id) => [id, text(), random(9) === 0 ? null : text()]);
    const { select } = await loaded(
      [column("id", "int"), column("a", "varchar(100)!"), column("b", "text")],
      rows,
    );
    expect(await connection.query(select)).toEqual(rows.map(([id, a, b]) => ({ id, a, b })));
  });

  test("a table of one column, whose empty text is an empty line", async () => {
    const { select, taken } = await loaded([column("id", "varchar(5)")], [[""], ["a"], ["b"]]);
    expect(taken).toBe(3);
    expect(await connection.query(select)).toEqual([{ id: "" }, { id: "a" }, { id: "b" }]);
  });

  test("rows longer than a packet, among short ones", async () => {
    const lengths = [1, 600_000, 3, 3_000_000, 2];
    const relation = { schema, identifier: "long" };
    const columns = [column("id", "int"), column("v", "longtext"), column("w", "longblob")];
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    })) {
      await connection.execute(sql);
    }
    const writer = await connection.load(relation, columns);
    await writer.write(
      lengths.map((length, at) => [at, "é\t".repeat(length / 2 + 1), new Uint8Array(length / 3).fill(9)]),
    );
    expect(await writer.end()).toBe(lengths.length);
    const name = adapter.dialect.relation(relation);
    const rows = await connection.query(`SELECT * FROM ${name} ORDER BY id`);
    expect(rows.map(({ v }) => v === "é\t".repeat((v as string).length / 2) && (v as string).length)).toEqual(
      lengths.map((length) => Math.floor(length / 2 + 1) * 2),
    );
    expect(
      rows.map(({ w }) => (w as Uint8Array).every((byte) => byte === 9) && (w as Uint8Array).length),
    ).toEqual(lengths.map((length) => Math.floor(length / 3)));
  });

  test("no rows are no rows", async () => {
    const { select, taken } = await loaded([column("id", "int")], []);
    expect(taken).toBe(0);
    expect(await connection.query(select)).toEqual([]);
  });

  test("many batches, whatever their size", async () => {
    const relation = { schema, identifier: "batches" };
    const columns = [column("id", "int"), column("v", "varchar(40)")];
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    }))
      await connection.execute(sql);
    const writer = await connection.load(relation, columns);
    let next = 0;
    for (const size of [1, 0, 2047, 2048, 2049, 5000, 1]) {
      await writer.write(Array.from({ length: size }, () => [next, `row ${next++}`]));
    }
    expect(await writer.end()).toBe(next);
    expect(
      await connection.query(
        `SELECT COUNT(*) AS n, SUM(id) AS s, MAX(LENGTH(v)) AS l FROM ${adapter.dialect.relation(relation)}`,
      ),
    ).toEqual([{ n: next, s: (next * (next - 1)) / 2, l: 9 }]);
  });

  test("a load that is given up leaves nothing, and the session serves on", async () => {
    const relation = { schema, identifier: "aborted" };
    const columns = [column("id", "int")];
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    }))
      await connection.execute(sql);
    const writer = await connection.load(relation, columns);
    await writer.write(Array.from({ length: 10_000 }, (_, id) => [id]));
    await writer.abort();
    expect(await connection.query(`SELECT COUNT(*) AS n FROM ${adapter.dialect.relation(relation)}`)).toEqual(
      [{ n: 0 }],
    );
  });

  const BAD: [string, string, Value[], RegExp][] = [
    ["text in a number", "int", [1, 2, "abc"], /row 3|row "?3/],
    ["a number out of range", "tinyint", [1, 300], /row 2/],
    ["a decimal too large", "decimal(5,2)", [999.99, 1000], /row 2/],
    ["a day that is none", "date", ["2024-02-30"], /row 1/],
    ["text too long", "varchar(3)", ["abc", "abcd"], /row 2/],
    ["NULL in NOT NULL", "int!", [1, null], /NULL|null/],
    ["a value outside of an enum", "enum('a','b')", ["a", "c"], /row 2/],
    ["broken JSON", "json", ["{}", "{"], /./],
  ];

  test.each(BAD)("%s is an error, and nothing is loaded", async (_, type, values, message) => {
    const relation = { schema, identifier: `t${++made}` };
    const columns = [column("id", "int"), column("v", type)];
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    }))
      await connection.execute(sql);
    const writer = await connection.load(relation, columns);
    const error = await (async () => {
      await writer.write(values.map((value, at) => [at, value]));
      return writer.end();
    })().catch(async (thrown) => {
      await writer.abort();
      return thrown;
    });
    expect(error).toMatchObject({ code: "SLA503", message: expect.stringMatching(message) });
    expect(await connection.query(`SELECT COUNT(*) AS n FROM ${adapter.dialect.relation(relation)}`)).toEqual(
      [{ n: 0 }],
    );
  });

  test("a duplicate key is an error that names the value, and nothing is loaded", async () => {
    const relation = { schema, identifier: "duplicates" };
    const columns = [column("id", "int"), column("v", "varchar(5)")];
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    }))
      await connection.execute(sql);
    const writer = await connection.load(relation, columns);
    const rows = Array.from({ length: 5000 }, (_, id) => [id === 4321 ? 17 : id, "x"]);
    const error = await (async () => {
      await writer.write(rows);
      return writer.end();
    })().catch(async (thrown) => {
      await writer.abort();
      return thrown;
    });
    expect(error).toMatchObject({ code: "SLA503", message: expect.stringMatching(/duplicate.*17/i) });
    expect(await connection.query(`SELECT COUNT(*) AS n FROM ${adapter.dialect.relation(relation)}`)).toEqual(
      [{ n: 0 }],
    );
  });

  test("a load into a table that is not there says so", async () => {
    const load = async () => {
      const writer = await connection.load({ schema, identifier: "nowhere" }, [column("id", "int")]);
      await writer.write([[1]]);
      await writer.end();
    };
    await expect(load()).rejects.toMatchObject({ code: "SLA305" });
    expect(await connection.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});
