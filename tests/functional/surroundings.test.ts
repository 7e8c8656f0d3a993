import { describe, expect, it } from "vitest";
import { ENGINES, type Engine, SERVERS } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

/** A table of customers and one of orders; what they hold is the edition's. */
const FILES = {
  "models/customers.sql":
    '{{config materialized="table" primary_key="id"}}\nSELECT 1 AS id, {{var "edition" 1}} AS edition\nUNION ALL\nSELECT 2, {{var "edition" 1}}\n',
  "models/orders.sql":
    '{{config materialized="table" primary_key="id"}}\nSELECT 10 AS id, 1 AS customer_id, {{var "edition" 1}} AS edition\nUNION ALL\nSELECT 11, {{var "customer" 2}}, {{var "edition" 1}}\n',
};

const edition = (number: number, more: Record<string, unknown> = {}) => ({
  vars: { edition: number, ...more },
});

describe.each(SERVERS)("around live tables on $name", (engine: Engine) => {
  const triggers = `SELECT trigger_name AS n, event_object_table AS t, action_timing AS a, event_manipulation AS e, action_order AS o, sql_mode AS m, definer AS d
    FROM information_schema.triggers WHERE trigger_schema = '{schema}' ORDER BY 1`;
  const keys = `SELECT k.constraint_name AS n, k.table_schema AS s, k.table_name AS t, k.column_name AS c, k.referenced_table_name AS rt, k.referenced_column_name AS rc, r.delete_rule AS d, r.update_rule AS u
    FROM information_schema.key_column_usage AS k JOIN information_schema.referential_constraints AS r
      ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
    WHERE k.referenced_table_schema = '{schema}' ORDER BY 1`;

  it("triggers stay: body, order, sql_mode and definer", async () => {
    const house = new Warehouse(engine, "triggers", FILES);
    await house.build(edition(1));
    await house.raw("CREATE TABLE {schema}.log (line varchar(100))");
    await house.query("SET sql_mode = 'ANSI_QUOTES'");
    await house.raw(
      "CREATE TRIGGER {schema}.b_second AFTER INSERT ON {schema}.orders FOR EACH ROW INSERT INTO log VALUES (CONCAT('second é ', NEW.id))",
    );
    await house.raw(
      "CREATE TRIGGER {schema}.a_third AFTER INSERT ON {schema}.orders FOR EACH ROW BEGIN INSERT INTO log VALUES (CONCAT('third ', NEW.id)); END",
    );
    await house.raw(
      "CREATE TRIGGER {schema}.c_first BEFORE UPDATE ON {schema}.orders FOR EACH ROW SET NEW.edition = -1",
    );
    const before = await house.query(triggers);
    expect(before).toHaveLength(3);
    await house.build(edition(2));
    await house.build(edition(3));
    expect(await house.query(triggers)).toEqual(before);
    await house.query("INSERT INTO {schema}.orders VALUES (12, 1, 3)");
    expect(await house.rows("SELECT line FROM {schema}.log")).toEqual([["second é 12"], ["third 12"]]);
    await house.query("UPDATE {schema}.orders SET customer_id = 2 WHERE id = 12");
    expect(await house.rows("SELECT edition FROM {schema}.orders ORDER BY id")).toEqual([
      ["3"],
      ["3"],
      ["-1"],
    ]);
    expect(await house.relations()).toEqual(["table customers", "table log", "table orders"]);
  });

  it("a trigger that does not fit the new table keeps the publish back", async () => {
    const house = new Warehouse(engine, "unfit", FILES);
    await house.build(edition(1));
    await house.raw(
      "CREATE TRIGGER {schema}.t BEFORE INSERT ON {schema}.orders FOR EACH ROW SET NEW.edition = 0",
    );
    house.write({ "models/orders.sql": '{{config materialized="table"}}\nSELECT 10 AS id\n' });
    const { errors } = await house.run("build", edition(2));
    expect(errors[0]?.code).toBe("SLA510");
    expect(errors[0]?.message).toContain(`trigger t of ${house.schema}.orders`);
    expect(await house.rows("SELECT edition FROM {schema}.customers")).toEqual([["1"], ["1"]]);
    expect(await house.rows("SELECT edition FROM {schema}.orders")).toEqual([["1"], ["1"]]);
    await house.query("DROP TRIGGER {schema}.t");
    await house.build(edition(2));
    expect(await house.relations()).toEqual(["table customers", "table orders"]);
  });

  it("foreign keys stay: between our tables, from ours and to ours", async () => {
    const house = new Warehouse(engine, "keys", FILES);
    await house.build(edition(1));
    await house.raw("CREATE TABLE {schema}.region (id bigint PRIMARY KEY)");
    await house.query("INSERT INTO {schema}.region VALUES (1), (2)");
    await house.raw("CREATE TABLE {schema}.notes (order_id bigint NOT NULL, text varchar(9))");
    await house.query("INSERT INTO {schema}.notes VALUES (10, 'a'), (11, 'b')");
    const columns = await house.query(
      "SELECT column_type AS t FROM information_schema.columns WHERE table_schema = '{schema}' AND column_name IN ('id', 'customer_id') AND table_name IN ('customers', 'orders')",
    );
    const [type] = [...new Set(columns.map((row) => String(row.t)))];
    await house.query(`ALTER TABLE {schema}.region MODIFY id ${type} NOT NULL`);
    await house.query(`ALTER TABLE {schema}.notes MODIFY order_id ${type} NOT NULL`);
    await house.raw(
      "ALTER TABLE {schema}.orders ADD CONSTRAINT between_ours FOREIGN KEY (customer_id) REFERENCES {schema}.customers (id) ON DELETE CASCADE",
    );
    await house.raw(
      "ALTER TABLE {schema}.customers ADD FOREIGN KEY (id) REFERENCES {schema}.region (id) ON UPDATE CASCADE",
    );
    await house.raw(
      "ALTER TABLE {schema}.notes ADD CONSTRAINT to_ours FOREIGN KEY (order_id) REFERENCES {schema}.orders (id)",
    );
    const before = await house.query(keys);
    expect(before.map((row) => row.n)).toEqual(["between_ours", "customers_ibfk_1", "to_ours"]);
    for (const number of [2, 3]) {
      await house.build(edition(number));
      expect(await house.query(keys)).toEqual(before);
    }
    await house.build({ ...edition(4), select: ["customers"] });
    await house.build({ ...edition(5), select: ["orders"] });
    expect(await house.query(keys)).toEqual(before);
    await expect(house.query("INSERT INTO {schema}.notes VALUES (99, 'c')")).rejects.toThrow(/foreign key/);
    await expect(house.query("INSERT INTO {schema}.orders VALUES (99, 99, 1)")).rejects.toThrow(
      /foreign key/,
    );
    await expect(house.query("INSERT INTO {schema}.customers VALUES (99, 1)")).rejects.toThrow(/foreign key/);
    expect(await house.relations()).toEqual([
      "table customers",
      "table notes",
      "table orders",
      "table region",
    ]);

    const bad = await house.run("build", edition(6, { customer: 77 }));
    expect(bad.errors.map(({ code }) => code)).toEqual(["SLA510"]);
    expect(bad.errors[0]!.message).toBe(
      `foreign key between_ours of ${house.schema}.orders does not fit the new tables: no row is referred to by customer_id = 77`,
    );
    expect(house.written().orders).toEqual(["error", `built, but not published: ${bad.errors[0]!.message}`]);
    expect(await house.rows("SELECT DISTINCT edition FROM {schema}.customers")).toEqual([["4"]]);
    expect(await house.query(keys)).toEqual(before);
    expect(
      await house.rows("SELECT status FROM {schema}._sla_runs ORDER BY started_at DESC LIMIT 1"),
    ).toEqual([["error"]]);
  });

  it("does not put a view where a table is referred to", async () => {
    const house = new Warehouse(engine, "held", FILES);
    await house.build(edition(1));
    await house.raw(
      "CREATE TRIGGER {schema}.t BEFORE INSERT ON {schema}.orders FOR EACH ROW SET NEW.edition = 0",
    );
    house.write({
      "models/orders.sql": FILES["models/orders.sql"].replace('"table" primary_key="id"', '"view"'),
    });
    const { errors } = await house.run("build", edition(2));
    expect(errors.map(({ code }) => code)).toEqual(["SLA510"]);
    expect(errors[0]!.message).toContain("trigger t");
    expect(await house.rows("SELECT DISTINCT edition FROM {schema}.orders")).toEqual([["1"]]);
  });

  it("grants stay, because they go by name", async () => {
    const house = new Warehouse(engine, "grants", FILES);
    const user = `'${house.schema.slice(0, 20)}'@'%'`;
    await house.build(edition(1));
    await house.query(`CREATE USER ${user}`);
    try {
      await house.query(`GRANT SELECT, INSERT ON {schema}.orders TO ${user}`);
      await house.query(`GRANT SELECT (id) ON {schema}.customers TO ${user}`);
      const before = await house.rows(`SHOW GRANTS FOR ${user}`);
      expect(before).toHaveLength(3);
      await house.build(edition(2));
      expect((await house.rows(`SHOW GRANTS FOR ${user}`)).sort()).toEqual(before.sort());
    } finally {
      await house.query(`DROP USER ${user}`);
    }
  });

  it("a table changed in place keeps its AUTO_INCREMENT, its triggers and its keys", async () => {
    const house = new Warehouse(engine, "inplace", {
      "models/events.sql":
        '{{config materialized="incremental" unique_key="id"}}\nSELECT {{var "edition" 1}} AS id\n',
    });
    await house.build(edition(1));
    await house.raw(
      "ALTER TABLE {schema}.events MODIFY id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, AUTO_INCREMENT = 100",
    );
    await house.raw(
      "CREATE TABLE {schema}.notes (event bigint, FOREIGN KEY (event) REFERENCES {schema}.events (id))",
    );
    await house.raw("INSERT INTO {schema}.notes VALUES (1)");
    await house.raw("CREATE TRIGGER {schema}.t BEFORE UPDATE ON {schema}.events FOR EACH ROW SET NEW.id = 0");
    await house.build(edition(2));
    await house.raw("INSERT INTO {schema}.events VALUES ()");
    expect(await house.rows("SELECT id FROM {schema}.events ORDER BY id")).toEqual([["1"], ["2"], ["100"]]);
    expect((await house.query(triggers)).map((row) => row.n)).toEqual(["t"]);
    expect((await house.query(keys)).map((row) => [row.n, row.rt])).toEqual([["notes_ibfk_1", "events"]]);
  });
});

describe.each(ENGINES)("around live tables on $name, too", (engine: Engine) => {
  it("views of others go on, and read the new tables", async () => {
    const house = new Warehouse(engine, "views", FILES);
    await house.build(edition(1));
    await house.raw(
      "CREATE VIEW {schema}.theirs AS SELECT o.id, c.edition FROM {schema}.orders AS o JOIN {schema}.customers AS c ON c.id = o.customer_id",
    );
    expect(await house.rows("SELECT id, edition FROM {schema}.theirs ORDER BY id")).toEqual([
      ["10", "1"],
      ["11", "1"],
    ]);
    await house.build(edition(2));
    expect(await house.rows("SELECT id, edition FROM {schema}.theirs ORDER BY id")).toEqual([
      ["10", "2"],
      ["11", "2"],
    ]);
  });

  it("descriptions are comments of table and columns, after every swap", async () => {
    const house = new Warehouse(engine, "comments", {
      ...FILES,
      "models/schema.yml":
        "models:\n  - name: orders\n    description: What was ordered\n    columns:\n      - {name: id, description: The order's number}\n",
    });
    const comment =
      engine.server === undefined
        ? "SELECT comment AS c FROM duckdb_tables() WHERE schema_name = '{schema}' AND table_name = 'orders'"
        : "SELECT table_comment AS c FROM information_schema.tables WHERE table_schema = '{schema}' AND table_name = 'orders'";
    for (const number of [1, 2]) {
      await house.build(edition(number));
      expect(await house.raw(comment)).toEqual([{ c: "What was ordered" }]);
      expect(await house.comments("orders")).toEqual(["The order's number", "", ""]);
    }
  });
});
