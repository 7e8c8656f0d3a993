import { readFileSync } from "node:fs";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf } from "../docs/pages.js";
import { type Engine, SERVERS, schemaName } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const PASSWORD = "r34der-pw";
const FILES = {
  "seeds/tickets.csv": "id,engineer\n1,Ada\n2,Tom\n",
  "models/staging/stg_tickets.sql": 'SELECT id, engineer FROM {{ref "tickets"}}\n',
  "models/star/fact_tickets.sql": 'SELECT id, engineer FROM {{ref "stg_tickets"}}\n',
  "models/marts/mart_tickets.sql": 'SELECT id FROM {{ref "fact_tickets"}}\n',
  "models/marts/mart_days.sql": 'SELECT COUNT(*) AS tickets FROM {{ref "fact_tickets"}}\n',
};
const LAYERS = `seeds: { schema: raw }
models:
  staging: { materialized: view, schema: staging }
  star: { materialized: table }
  marts:
    materialized: table
    schema: marts
`;

/** The configuration and the statements of the page about Tableau, for an account of this test. */
function documented(account: string): { layers: string; statements: string[] } {
  const own = (text: string) => text.replaceAll("sla_reader", account).replace("'…'", `'${PASSWORD}'`);
  const [config] = blocksOf("tableau.md").filter(({ text }) => text.includes("grants:"));
  const grants = /^ {4}\S*grants:.*$/m.exec(config!.text)![0];
  const [sql] = blocksOf("tableau.md").filter(({ language }) => language === "sql");
  return {
    layers: `${LAYERS}${own(grants)}\n`,
    statements: own(sql!.text)
      .split(";")
      .map((statement) => statement.trim())
      .filter((statement) => statement !== ""),
  };
}

describe.each(SERVERS)("the readers' account of the page, on $name", (engine: Engine) => {
  const account = schemaName(`reader_${engine.name}`);
  const { host, port, user, password } = engine.server!;
  let admin: mysql.Connection;
  let reader: mysql.Connection;
  let house: Warehouse;

  beforeAll(async () => {
    admin = await mysql.createConnection({ host, port, user, password });
    const { layers, statements } = documented(account);
    for (const statement of statements) await admin.query(statement);
    house = new Warehouse(engine, "reader", FILES, { id: "int", engineer: "varchar(20)" });
    const settings = readFileSync(join(house.dir, "project.yml"), "utf8");
    house.write({ "project.yml": `${settings}${layers}` });
    await house.build();
    reader = await mysql.createConnection({ host, port, user: account, password: PASSWORD });
  });
  afterAll(async () => {
    await reader?.end();
    await admin?.query(`DROP USER IF EXISTS '${account}'@'%'`);
    await admin?.end();
  });

  const at = (table: string) => `${house.schema}${table}`;
  const count = async (table: string) => {
    const [rows] = await reader.query<mysql.RowDataPacket[]>(`SELECT COUNT(*) AS n FROM ${at(table)}`);
    return Number(rows[0]!.n);
  };

  it("reads the marts, and reads them when they have been built anew", async () => {
    expect([await count("_marts.mart_tickets"), await count("_marts.mart_days")]).toEqual([2, 1]);
    house.write({ "seeds/tickets.csv": "id,engineer\n1,Ada\n2,Tom\n3,Eva\n" });
    await house.build();
    expect([await count("_marts.mart_tickets"), await count("_marts.mart_days")]).toEqual([3, 1]);
  });

  it("sees no other schema", async () => {
    const [rows] = await reader.query<mysql.RowDataPacket[]>("SHOW DATABASES");
    const own = rows.map(({ Database }) => String(Database)).filter((name) => name.startsWith(house.schema));
    expect(own).toEqual([at("_marts")]);
  });

  it.each([
    "SELECT * FROM {schema}.fact_tickets",
    "SELECT * FROM {schema}_staging.stg_tickets",
    "SELECT * FROM {schema}_raw.tickets",
    "INSERT INTO {schema}_marts.mart_tickets VALUES (9)",
    "UPDATE {schema}_marts.mart_tickets SET id = 9",
    "DELETE FROM {schema}_marts.mart_tickets",
    "DROP TABLE {schema}_marts.mart_tickets",
    "CREATE TABLE {schema}_marts.own (id INT)",
    "GRANT SELECT ON {schema}_marts.mart_tickets TO root",
  ])("is refused: %s", async (sql) => {
    const refused = await reader.query(sql.replaceAll("{schema}", house.schema)).catch((error) => error.code);
    expect(refused).toMatch(/^ER_(\w*ACCESS_DENIED_ERROR|NONEXISTING_TABLE_GRANT|.*ACCESS_DENIED.*)$/);
  });
});
