import type { Adapter, Connection, Row } from "../../src/adapters/index.js";
import { column } from "../adapters/tables.js";
import { ENGINES, openEngine, schemaName } from "../harness/engines.js";
import { DATASET } from "./dataset.js";

/** An engine that holds the data set. */
export interface Loaded {
  name: string;
  adapter: Adapter;
  connection: Connection;
  /** Runs a query in MySQL's SQL whose tables are those of the data set. */
  run(sql: string): Promise<Row[]>;
}

/** Every engine with the data set, the reference first: MySQL if it is there, else MariaDB; DuckDB last. */
export async function loadEngines(): Promise<Loaded[]> {
  const rank = { mysql: 0, mariadb: 1, duckdb: 2 };
  const engines = [...ENGINES].sort((a, b) => rank[a.flavour] - rank[b.flavour]);
  return Promise.all(
    engines.map(async (engine) => load(engine.name, await openEngine(engine, schemaName("parity")))),
  );
}

async function load(name: string, adapter: Adapter): Promise<Loaded> {
  const connection = await adapter.acquire();
  const schema = schemaName("parity");
  await connection.execute(adapter.dialect.createSchema(schema));
  for (const [table, { columns, rows }] of Object.entries(DATASET)) {
    const relation = { schema, identifier: table };
    const typed = Object.entries(columns).map(([field, type]) => column(field, type));
    for (const sql of adapter.dialect.createTable({
      relation,
      columns: typed,
      primaryKey: [],
      indexes: [],
      description: "",
    })) {
      await connection.execute(sql);
    }
    const writer = await connection.load(relation, typed);
    await writer.write(rows);
    await writer.end();
  }
  await connection.execute(`USE ${adapter.dialect.identifier(schema)}`);
  return { name, adapter, connection, run: async (sql) => connection.query(await adapter.translate(sql)) };
}
