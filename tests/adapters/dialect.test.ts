import { beforeAll, describe, expect, test } from "vitest";
import {
  type Adapter,
  type Connection,
  duckdbDialect,
  mysqlDialect,
  type Swap,
  type TableDefinition,
} from "../../src/adapters/index.js";
import { SlaError } from "../../src/errors/index.js";
import { ENGINES, openEngine, schemaName } from "../harness/engines.js";
import { column } from "./tables.js";

const TICKETS: TableDefinition = {
  relation: { schema: "wh", identifier: "tickets" },
  columns: [
    column("ticket_id", "bigint", "the key"),
    column("number", "varchar(20)!"),
    column("opened_at", "datetime(6)"),
    column("cost", "decimal(10,2)"),
    column("is_vip", "boolean!"),
    column("state", "enum('new','it''s')"),
    column("payload", "json"),
  ],
  primaryKey: ["ticket_id"],
  indexes: [
    { columns: ["number"], unique: true },
    { columns: ["opened_at", "state"] },
    { columns: ["cost"], name: "by_cost" },
  ],
  description: "One row a ticket; it's\\the grain",
};

const live = { schema: "wh", identifier: "a" };
const shadow = { schema: "wh", identifier: "a__sla_new" };

describe("the text of MySQL", () => {
  test("a table with types, keys, indexes and comments is one statement", () => {
    expect(mysqlDialect.createTable(TICKETS)).toEqual([
      `CREATE TABLE \`wh\`.\`tickets\` (
  \`ticket_id\` bigint NOT NULL COMMENT 'the key',
  \`number\` varchar(20) NOT NULL,
  \`opened_at\` datetime(6) NULL,
  \`cost\` decimal(10,2) NULL,
  \`is_vip\` tinyint(1) NOT NULL,
  \`state\` enum('new','it''s') NULL,
  \`payload\` json NULL,
  PRIMARY KEY (\`ticket_id\`),
  UNIQUE KEY \`uq_number\` (\`number\`),
  KEY \`ix_opened_at_state\` (\`opened_at\`, \`state\`),
  KEY \`by_cost\` (\`cost\`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='One row a ticket; it''s\\\\the grain'`,
    ]);
  });

  test("schemas, views and inserts", () => {
    expect(mysqlDialect.createSchema("wh")).toBe(
      "CREATE DATABASE IF NOT EXISTS `wh` CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci",
    );
    expect(mysqlDialect.createOrReplaceView(live, "SELECT 1 AS x")).toBe(
      "CREATE OR REPLACE VIEW `wh`.`a` AS\nSELECT 1 AS x",
    );
    expect(mysqlDialect.createView(live, "SELECT 1 AS x")).toBe("CREATE VIEW `wh`.`a` AS\nSELECT 1 AS x");
    expect(mysqlDialect.insertSelect(live, ["x", "y"], "SELECT 1, 2")).toBe(
      "INSERT INTO `wh`.`a` (`x`, `y`)\nSELECT 1, 2",
    );
    expect(mysqlDialect.drop({ ...live, type: "view" })).toBe("DROP VIEW IF EXISTS `wh`.`a`");
  });

  test("any number of swaps is one RENAME TABLE, the cleanup one statement a kind", () => {
    const swaps: Swap[] = [
      { live, shadow, existing: { ...live, type: "table" }, type: "table" },
      {
        live: { ...live, identifier: "b" },
        shadow: { ...shadow, identifier: "b__sla_new" },
        existing: null,
        type: "table",
      },
      {
        live: { ...live, identifier: "c" },
        shadow: { ...shadow, identifier: "c__sla_new" },
        existing: { ...live, identifier: "c", type: "view" },
        type: "table",
      },
    ];
    expect(mysqlDialect.swap(swaps)).toEqual({
      transaction: false,
      statements: [
        "RENAME TABLE `wh`.`a` TO `wh`.`a__sla_old`, `wh`.`a__sla_new` TO `wh`.`a`, `wh`.`b__sla_new` TO `wh`.`b`, " +
          "`wh`.`c` TO `wh`.`c__sla_old`, `wh`.`c__sla_new` TO `wh`.`c`",
      ],
    });
    expect(mysqlDialect.cleanup(swaps)).toEqual([
      "DROP VIEW IF EXISTS `wh`.`c__sla_old`",
      "DROP TABLE IF EXISTS `wh`.`a__sla_old`",
    ]);
    expect(mysqlDialect.swap([])).toEqual({ transaction: false, statements: [] });
  });

  test("literals", () => {
    const texts = [
      null,
      "it's",
      "a\\b\0\x1a\n",
      1,
      -1,
      1.5,
      1e21,
      9007199254740993n,
      -5n,
      true,
      false,
      new Uint8Array([0, 255]),
    ];
    expect(texts.map((value) => mysqlDialect.literal(value))).toEqual([
      "NULL",
      "'it''s'",
      "'a\\\\b\\0\\Z\n'",
      "1",
      "(-1)",
      "1.5",
      "1e+21",
      "9007199254740993",
      "(-5)",
      "1",
      "0",
      "X'00ff'",
    ]);
    expect(() => mysqlDialect.literal(Number.NaN)).toThrow(SlaError);
  });

  test.each([
    ["text", /"note" in the primary key of wh\.t is of type text, which MySQL cannot index/],
    ["varchar(800)", /"note" in the primary key of wh\.t is too long: 3200 bytes of at most 3072/],
  ])("a key on %s is refused before the server sees it", (type, message) => {
    const table = {
      ...TICKETS,
      relation: { schema: "wh", identifier: "t" },
      columns: [column("note", type)],
      primaryKey: ["note"],
      indexes: [],
    };
    expect(() => mysqlDialect.createTable(table)).toThrow(message);
  });

  test("a comment longer than MySQL takes is cut", () => {
    const [sql] = mysqlDialect.createTable({
      ...TICKETS,
      columns: [column("a", "int", "x".repeat(2000))],
      primaryKey: [],
      indexes: [],
      description: "",
    });
    expect(sql).toContain(`COMMENT '${"x".repeat(1024)}'`);
  });
});

describe("the text of DuckDB", () => {
  test("unique indexes are constraints, others are left out, comments are statements of their own", () => {
    expect(duckdbDialect.createTable(TICKETS)).toEqual([
      `CREATE TABLE "wh"."tickets" (
  "ticket_id" BIGINT NOT NULL,
  "number" VARCHAR NOT NULL,
  "opened_at" TIMESTAMP,
  "cost" DECIMAL(10,2),
  "is_vip" TINYINT NOT NULL,
  "state" VARCHAR,
  "payload" JSON,
  PRIMARY KEY ("ticket_id"),
  UNIQUE ("number")
)`,
      `COMMENT ON TABLE "wh"."tickets" IS 'One row a ticket; it''s\\the grain'`,
      `COMMENT ON COLUMN "wh"."tickets"."ticket_id" IS 'the key'`,
    ]);
  });

  test.each([
    ["tinyint unsigned", "UTINYINT"],
    ["smallint", "SMALLINT"],
    ["mediumint", "INTEGER"],
    ["mediumint unsigned", "UINTEGER"],
    ["int unsigned", "UINTEGER"],
    ["bigint unsigned", "UBIGINT"],
    ["boolean", "TINYINT"],
    ["decimal(65,30)", "DECIMAL(38,30)"],
    ["float", "FLOAT"],
    ["double", "DOUBLE"],
    ["char(3)", "VARCHAR"],
    ["longtext", "VARCHAR"],
    ["varbinary(16)", "BLOB"],
    ["year", "SMALLINT"],
    ["time(3)", "TIME"],
    ["timestamp", "TIMESTAMP"],
    ["json", "JSON"],
    ["set('a','b')", "VARCHAR"],
  ])("%s is %s", (mysql, duckdb) => {
    expect(duckdbDialect.columnType(column("a", mysql).type)).toBe(duckdb);
  });

  test("swaps are one transaction", () => {
    const swaps: Swap[] = [
      { live, shadow, existing: { ...live, type: "view" }, type: "table" },
      {
        live: { ...live, identifier: "b" },
        shadow: { ...shadow, identifier: "b__sla_new" },
        existing: null,
        type: "view",
      },
    ];
    expect(duckdbDialect.swap(swaps)).toEqual({
      transaction: true,
      statements: [
        'DROP VIEW "wh"."a"',
        'ALTER TABLE "wh"."a__sla_new" RENAME TO "a"',
        'ALTER VIEW "wh"."b__sla_new" RENAME TO "b"',
      ],
    });
    expect(duckdbDialect.cleanup(swaps)).toEqual([]);
  });

  test("literals", () => {
    const texts = ["it's \\", "a\0b", -1, new Uint8Array([0, 255]), true];
    expect(texts.map((value) => duckdbDialect.literal(value))).toEqual([
      "'it''s \\'",
      "('a' || chr(0) || 'b')",
      "(-1)",
      "from_hex('00ff')",
      "1",
    ]);
  });
});

test.each([mysqlDialect, duckdbDialect])(
  "$type: a key on a column that is not there names those that are",
  (dialect) => {
    expect(() => dialect.createTable({ ...TICKETS, primaryKey: ["tiket_id"] })).toThrow(
      /primary key of wh\.tickets names the column "tiket_id", which the table does not have/,
    );
  },
);

describe.each(ENGINES)("$name runs that text", (engine) => {
  let adapter: Adapter;
  let connection: Connection;
  const schema = schemaName("dialect");
  const at = (identifier: string) => ({ schema, identifier });

  beforeAll(async () => {
    adapter = await openEngine(engine);
    connection = await adapter.acquire();
    await connection.execute(adapter.dialect.createSchema(schema));
    await connection.execute(adapter.dialect.createSchema(schema));
  });

  const create = async (table: TableDefinition) => {
    for (const sql of adapter.dialect.createTable(table)) await connection.execute(sql);
  };
  const read = (identifier: string) =>
    connection.query(`SELECT * FROM ${adapter.dialect.relation(at(identifier))}`);

  test("creates the table as it was defined", async () => {
    await create({ ...TICKETS, relation: at("tickets") });
    const columns = await adapter.introspector.columns(at("tickets"));
    expect(columns.map(({ name, nullable, description }) => [name, nullable, description])).toEqual([
      ["ticket_id", false, "the key"],
      ["number", false, ""],
      ["opened_at", true, ""],
      ["cost", true, ""],
      ["is_vip", false, ""],
      ["state", true, ""],
      ["payload", true, ""],
    ]);
  });

  test("keys and unique indexes hold", async () => {
    const relation = at("keyed");
    await create({
      ...TICKETS,
      relation,
      columns: [column("a", "int"), column("b", "varchar(10)")],
      primaryKey: ["a"],
      indexes: [{ columns: ["b"], unique: true }],
    });
    await connection.execute(adapter.dialect.insertSelect(relation, ["a", "b"], "SELECT 1, 'x'"));
    for (const [a, b] of [
      [1, "y"],
      [2, "x"],
    ]) {
      await expect(
        connection.execute(adapter.dialect.insertSelect(relation, ["a", "b"], `SELECT ${a}, '${b}'`)),
      ).rejects.toMatchObject({ code: "SLA503" });
    }
  });

  test("insertSelect says how many rows", async () => {
    const relation = at("counted");
    await create({ ...TICKETS, relation, columns: [column("a", "int")], primaryKey: [], indexes: [] });
    const sql = adapter.dialect.insertSelect(relation, ["a"], "SELECT 1 UNION ALL SELECT 2 -- the end");
    expect(await connection.execute(sql)).toEqual({ rowsAffected: 2 });
  });

  test("swaps put tables and views in the place of tables, views and nothing", async () => {
    const kinds = ["table", "view", null] as const;
    const swaps: Swap[] = [];
    for (const before of kinds) {
      for (const after of ["table", "view"] as const) {
        const name = `${before}_to_${after}`;
        const fresh = `${name}__sla_new`;
        const make = async (kind: "table" | "view", identifier: string, value: number) => {
          if (kind === "view")
            return connection.execute(adapter.dialect.createView(at(identifier), `SELECT ${value} AS v`));
          await create({
            relation: at(identifier),
            columns: [column("v", "int")],
            primaryKey: ["v"],
            indexes: [{ columns: ["v"] }],
            description: "d",
          });
          return connection.execute(adapter.dialect.insertSelect(at(identifier), ["v"], `SELECT ${value}`));
        };
        if (before) await make(before, name, 1);
        await make(after, fresh, 2);
        swaps.push({
          live: at(name),
          shadow: at(fresh),
          existing: before && { ...at(name), type: before },
          type: after,
        });
      }
    }
    await connection.run(adapter.dialect.swap(swaps));
    for (const sql of adapter.dialect.cleanup(swaps)) await connection.execute(sql);
    for (const {
      live: { identifier },
    } of swaps)
      expect(await read(identifier), identifier).toEqual([{ v: 2 }]);
    const found = await adapter.introspector.relations([schema]);
    expect(found.filter(({ identifier }) => identifier.includes("_to_"))).toEqual(
      swaps
        .map(({ live: swapped, type }) => ({ ...swapped, type }))
        .sort((a, b) => (a.identifier < b.identifier ? -1 : 1)),
    );
  });

  test("a swap that cannot end leaves everything as it was", async () => {
    await create({
      ...TICKETS,
      relation: at("kept"),
      columns: [column("v", "int")],
      primaryKey: [],
      indexes: [],
    });
    await create({
      ...TICKETS,
      relation: at("kept__sla_new"),
      columns: [column("v", "int"), column("w", "int")],
      primaryKey: [],
      indexes: [],
    });
    const swaps: Swap[] = [
      {
        live: at("kept"),
        shadow: at("kept__sla_new"),
        existing: { ...at("kept"), type: "table" },
        type: "table",
      },
      { live: at("other"), shadow: at("no_such_table"), existing: null, type: "table" },
    ];
    await expect(connection.run(adapter.dialect.swap(swaps))).rejects.toMatchObject({ code: "SLA305" });
    expect((await adapter.introspector.columns(at("kept"))).map(({ name }) => name)).toEqual(["v"]);
    expect((await adapter.introspector.columns(at("kept__sla_new"))).map(({ name }) => name)).toEqual([
      "v",
      "w",
    ]);
  });

  test("names of any characters, and of 64 of them", async () => {
    for (const name of [
      `quo"te`,
      "back`tick",
      "dot.ted",
      "sp ace",
      "ünï—",
      "semi;colon -- x",
      "a".repeat(64),
      "select",
    ]) {
      const relation = at(name);
      await create({
        relation,
        columns: [column(name, "int", name)],
        primaryKey: [name],
        indexes: [],
        description: name,
      });
      await connection.execute(adapter.dialect.insertSelect(relation, [name], "SELECT 7"));
      expect(await read(name)).toEqual([{ [name]: 7 }]);
      const swap: Swap = {
        live: relation,
        shadow: at("fresh"),
        existing: { ...relation, type: "table" },
        type: "view",
      };
      await connection.execute(adapter.dialect.createView(at("fresh"), "SELECT 8 AS v"));
      await connection.run(adapter.dialect.swap([swap]));
      for (const sql of adapter.dialect.cleanup([swap])) await connection.execute(sql);
      expect(await read(name)).toEqual([{ v: 8 }]);
    }
  });

  test.each(["", "a".repeat(65), "nul\0byte"])("%j is no name", (name) => {
    expect(() => adapter.dialect.identifier(name)).toThrow(/cannot be the name/);
  });

  test.each([
    "'; DROP TABLE x; --",
    "\\'; DROP TABLE x; --",
    "\\",
    "a\0b",
    "%_",
    "😀 ü \u{10ffff}",
    '"`\n\r\t\x1a\b',
    "{{ref}}",
    "?",
    "$1",
  ])("the literal of %j is that text and nothing else", async (text) => {
    expect(await connection.query(`SELECT ${adapter.dialect.literal(text)} AS v`)).toEqual([{ v: text }]);
  });

  test.each([0, 1, -1, 1.5, -0.001, 2 ** 31, 9007199254740993n, -9223372036854775808n, null, true, false])(
    "the literal of %s is that value",
    async (value) => {
      const expected = typeof value === "boolean" ? Number(value) : value;
      expect(await connection.query(`SELECT ${adapter.dialect.literal(value)} AS v`)).toEqual([
        { v: expected },
      ]);
    },
  );

  test("parameters stand for values, and question marks in text for themselves", async () => {
    const parameter = (at: number) => (adapter.type === "duckdb" ? `$${at}` : "?");
    const sql = `SELECT ${parameter(1)} AS a, '?' AS b, ${parameter(2)} AS c /* ? */`;
    expect(await connection.query(sql, ["it's ? \\", 12])).toEqual([{ a: "it's ? \\", b: "?", c: 12 }]);
  });
});
