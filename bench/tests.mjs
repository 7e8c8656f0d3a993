import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { measureProcess, sla, withFolder } from "./measure.mjs";
import { withServer } from "./servers.mjs";
import { median, seconds, times } from "./table.mjs";

const ROWS = Number(process.env.SLA_BENCH_ROWS ?? 1_000_000);
const MOST = 3;
const SCHEMA = "sla_bench_tests";
const ROUNDS = 3;

export const title = `tests: 40 column tests of a table of ${ROWS.toLocaleString("en")} rows, against one full scan of it`;

const numbers = Array.from({ length: 6 }, (_, at) => `amount_${at}`);
const words = Array.from({ length: 6 }, (_, at) => `status_${at}`);
const dates = Array.from({ length: 6 }, (_, at) => `day_${at}`);
const columns = ["id", "code", ...numbers, ...words, ...dates];

export async function measure(note) {
  const rows = [];
  for (const flavour of ["mariadb", "mysql"]) {
    const measured = await withServer(
      flavour,
      (url) => withFolder((folder) => compare(flavour, url, folder, note)),
      { optional: flavour === "mysql" },
    );
    rows.push(...(measured ?? []));
  }
  return rows;
}

async function compare(flavour, url, folder, note) {
  const connection = await mysql.createConnection(url);
  try {
    note(`${flavour}: filling the table`);
    await fill(connection);
    const { hostname, port, username, password } = new URL(url);
    const env = {
      SLA_MYSQL_HOST: hostname,
      SLA_MYSQL_PORT: port || "3306",
      SLA_MYSQL_USER: decodeURIComponent(username),
      SLA_MYSQL_PASSWORD: decodeURIComponent(password),
      SLA_MYSQL_SCHEMA: SCHEMA,
    };
    writeProject(folder);
    const scans = [];
    const tested = [];
    for (let round = 0; round < ROUNDS; round++) {
      scans.push(await scan(connection));
      await measureProcess(sla, ["test", "--project-dir", folder, "--target", "mysql"], { env });
      tested.push(testSeconds(join(folder, "target", "run_results.json")));
      note(`${flavour}: scan ${seconds(scans.at(-1))}, tests ${seconds(tested.at(-1))}`);
    }
    const ratio = median(tested) / median(scans);
    return [
      {
        what: `${flavour}: 40 tests (scan ${seconds(median(scans))})`,
        measured: `${seconds(median(tested))}, ${times(ratio)}`,
        ...(flavour === "mariadb" && { promised: `≤ ${times(MOST)}`, kept: ratio <= MOST }),
      },
    ];
  } finally {
    await connection.query(`DROP DATABASE IF EXISTS ${SCHEMA}`);
    await connection.end();
  }
}

async function fill(connection) {
  await connection.query(`DROP DATABASE IF EXISTS ${SCHEMA}`);
  await connection.query(`CREATE DATABASE ${SCHEMA} CHARACTER SET utf8mb4`);
  const typed = [
    "id BIGINT PRIMARY KEY",
    "code VARCHAR(20)",
    ...numbers.map((name) => `${name} INT`),
    ...words.map((name) => `${name} VARCHAR(20)`),
    ...dates.map((name) => `${name} DATETIME`),
  ];
  await connection.query(`CREATE TABLE ${SCHEMA}.orders (${typed.join(", ")}) ENGINE=InnoDB`);
  const digits =
    "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
  const places = [...String(ROWS - 1)].map((_, at) => `p${at}`);
  const n = places.map((place, at) => `${place}.d * ${10 ** at}`).join(" + ");
  const values = [
    "n",
    "CONCAT('code', n)",
    ...numbers.map((_, at) => `n % ${100 + at}`),
    ...words.map((_, at) => `ELT(1 + (n + ${at}) % 4, 'open', 'paid', 'lost', 'closed')`),
    ...dates.map((_, at) => `'2026-01-01' + INTERVAL n + ${at} SECOND`),
  ];
  await connection.query(
    `INSERT INTO ${SCHEMA}.orders SELECT ${values.join(", ")} FROM (SELECT ${n} AS n FROM ${places.map((place) => `${digits} ${place}`).join(", ")}) s WHERE n < ${ROWS}`,
  );
  await connection.query(`ANALYZE TABLE ${SCHEMA}.orders`);
}

function writeProject(folder) {
  const data_tests = (name) => [
    "not_null",
    ...(name === "id" || name === "code" ? ["unique"] : []),
    ...(numbers.includes(name) ? [{ accepted_range: { min_value: 0, max_value: 1000 } }] : []),
    ...(words.includes(name) ? [{ accepted_values: { values: ["open", "paid", "lost", "closed"] } }] : []),
    ...(dates.includes(name) ? [{ expression_is_true: { expression: ">= '2026-01-01'" } }] : []),
  ];
  const table = { name: "orders", columns: columns.map((name) => ({ name, data_tests: data_tests(name) })) };
  mkdirSync(join(folder, "models"), { recursive: true });
  writeFileSync(join(folder, "project.yml"), "name: bench\n");
  // JSON is YAML.
  writeFileSync(
    join(folder, "models", "sources.yml"),
    JSON.stringify({ sources: [{ name: "shop", schema: SCHEMA, tables: [table] }] }),
  );
}

/** Seconds of one statement that reads every column of every row, and does no more. */
async function scan(connection) {
  const began = performance.now();
  await connection.query(
    `SELECT COUNT(*) FROM ${SCHEMA}.orders WHERE ${columns.map((name) => `${name} <=> NULL`).join(" OR ")}`,
  );
  return (performance.now() - began) / 1000;
}

/** Seconds from the first test's start to the last one's end. */
function testSeconds(path) {
  const { results } = JSON.parse(readFileSync(path, "utf8"));
  if (results.length !== 40 || results.some(({ status }) => status !== "pass"))
    throw new Error(`expected 40 tests that pass, found ${results.map(({ status }) => status).join(", ")}`);
  const spans = results.flatMap(({ timing }) => timing);
  const first = Math.min(...spans.map(({ started_at }) => Date.parse(started_at)));
  return (Math.max(...spans.map(({ completed_at }) => Date.parse(completed_at))) - first) / 1000;
}
