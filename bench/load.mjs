import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { openAdapter } from "../dist/adapters/index.js";
import { withFolder } from "./measure.mjs";
import { withServer } from "./servers.mjs";
import { median, seconds } from "./table.mjs";

const ROWS = Number(process.env.SLA_BENCH_ROWS ?? 1_000_000);
const BATCH = 1000;
const ROUNDS = 3;
const SCHEMA = "sla_bench_load";
const relation = { schema: SCHEMA, identifier: "tickets" };

export const title = `load: ${ROWS.toLocaleString("en")} rows of 10 columns by each way into a table`;

const column = (name, type) => ({
  name,
  type: { unsigned: false, ...type },
  nullable: name !== "id",
  description: "",
});
const columns = [
  column("id", { kind: "bigint" }),
  column("number", { kind: "varchar", length: 20 }),
  column("opened_at", { kind: "datetime", precision: 0 }),
  column("closed_at", { kind: "datetime", precision: 0 }),
  column("priority", { kind: "tinyint" }),
  column("title", { kind: "varchar", length: 200 }),
  column("customer_id", { kind: "int" }),
  column("cost", { kind: "decimal", precision: 10, scale: 2 }),
  column("is_vip", { kind: "boolean" }),
  column("note", { kind: "text" }),
];

function* batches() {
  for (let start = 0; start < ROWS; start += BATCH) {
    yield Array.from({ length: Math.min(BATCH, ROWS - start) }, (_, at) => {
      const id = start + at;
      const closed = id % 3 === 0 ? null : "2024-02-02 13:14:15";
      const title = `Printer on floor ${id % 77} is\tbroken`;
      const note = `Some longer text that describes the issue in words ${id}`;
      const dates = ["2024-01-02 03:04:05", closed];
      return [id, `INC${id}`, ...dates, id % 5, title, id % 2000, (id % 1000) / 4, id % 2 === 0, note];
    });
  }
}

export async function measure(note) {
  const rows = [];
  for (const flavour of ["mariadb", "mysql"]) {
    const measured = await withServer(flavour, (url) => onServer(flavour, url, note), {
      optional: flavour === "mysql",
    });
    rows.push(...(measured ?? []));
  }
  const duckdb = await withFolder((folder) => {
    const path = join(folder, "load.duckdb");
    const target = { name: "bench", type: "duckdb", schema: SCHEMA, threads: 4, path, settings: {} };
    return rounds("duckdb by chunks", note, () => load(target, {}));
  });
  return [...rows, duckdb];
}

async function onServer(flavour, url, note) {
  const { hostname: host, port, username, password } = new URL(url);
  const server = {
    host,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
  const target = { name: "bench", type: "mysql", schema: SCHEMA, threads: 4, ssl: false, ...server };
  const rows = [];
  rows.push(await rounds(`${flavour} by LOAD DATA LOCAL`, note, () => load(target, {})));
  rows.push(
    await withFolder(async (folder) => {
      const file = join(folder, "rows");
      await dump(server, file);
      return rounds(`${flavour} by a bare LOAD DATA of the same rows`, note, () =>
        bare(target, server, file),
      );
    }),
  );
  rows.push(await rounds(`${flavour} by INSERT`, note, () => load(target, { localInfile: false })));
  const connection = await mysql.createConnection(server);
  await connection.query(`DROP DATABASE ${SCHEMA}`);
  await connection.end();
  return rows;
}

async function rounds(what, note, run) {
  const measured = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    note(`${what}, round ${round} of ${ROUNDS}`);
    measured.push(await run());
  }
  return { what, measured: seconds(median(measured)) };
}

/** An empty table, and a session for it. */
async function prepared(target, options) {
  const adapter = await openAdapter(target, options);
  const connection = await adapter.acquire();
  await connection.execute(adapter.dialect.createSchema(SCHEMA));
  await connection.execute(adapter.dialect.drop({ ...relation, type: "table" }));
  const table = { relation, columns, primaryKey: ["id"], indexes: [], description: "" };
  for (const sql of adapter.dialect.createTable(table)) await connection.execute(sql);
  return { adapter, connection };
}

async function load(target, options) {
  const { adapter, connection } = await prepared(target, options);
  const began = performance.now();
  const writer = await connection.load(relation, columns);
  for (const rows of batches()) await writer.write(rows);
  await writer.end();
  const took = (performance.now() - began) / 1000;
  await connection.release();
  await adapter.close();
  return took;
}

/** Writes the table as LOAD DATA's default format. */
async function dump(server, file) {
  const connection = await mysql.createConnection({ ...server, dateStrings: true });
  const stream = createWriteStream(file);
  for (let id = 0; id < ROWS; id += 50_000) {
    const [rows] = await connection.query({
      sql: `SELECT * FROM ${SCHEMA}.tickets WHERE id >= ${id} AND id < ${id + 50_000} ORDER BY id`,
      rowsAsArray: true,
    });
    const line = (row) =>
      `${row.map((value) => (value === null ? "\\N" : String(value).replace("\t", "\\t"))).join("\t")}\n`;
    if (!stream.write(rows.map(line).join(""))) await new Promise((resolve) => stream.once("drain", resolve));
  }
  await new Promise((resolve) => stream.end(resolve));
  await connection.end();
}

async function bare(target, server, file) {
  const { adapter, connection } = await prepared(target, {});
  await connection.release();
  await adapter.close();
  const plain = await mysql.createConnection({
    ...server,
    infileStreamFactory: (path) => createReadStream(path, { highWaterMark: 1 << 18 }),
  });
  const began = performance.now();
  await plain.query(`LOAD DATA LOCAL INFILE '${file}' INTO TABLE ${SCHEMA}.tickets CHARACTER SET utf8mb4`);
  const took = (performance.now() - began) / 1000;
  await plain.end();
  return took;
}
