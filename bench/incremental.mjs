import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { measureProcess, sla, withFolder } from "./measure.mjs";
import { withServer } from "./servers.mjs";
import { median, seconds } from "./table.mjs";

const TICKETS = Number(process.env.SLA_BENCH_TICKETS ?? 1_000_000);
const DAYS = 720;
const MOST = 0.1;
const SCHEMA = "sla_bench_incremental";
const ROUNDS = 3;

export const title = `incremental: ${TICKETS.toLocaleString("en")} tickets and one more day of them, against building the table anew`;

/** Facts of tickets with the keys of the helpdesk's, and the tests of their key; a build that goes on takes in what has changed since. */
const FILES = {
  "project.yml": "name: bench\n",
  "models/fact.sql": `{{config materialized="incremental" unique_key="ticket_id" primary_key="ticket_id"}}
SELECT
  ticket_id,
  customer_id,
  system_code,
  team_code,
  engineer_name,
  region_code,
  status,
  DATE(created_at) AS created_date,
  DATE(closed_at) AS closed_date,
  created_at,
  closed_at,
  changed_at,
  CAST(TIMESTAMPDIFF(SECOND, created_at, closed_at) / 3600 AS DECIMAL(12, 4)) AS resolution_hours,
  subject
FROM {{source "desk" "tickets"}}
{{#if is_incremental}}WHERE changed_at > (SELECT MAX(changed_at) FROM {{this}}){{/if}}
`,
  "models/models.yml": `models:
  - name: fact
    config:
      indexes:
        - { columns: [created_date] }
        - { columns: [closed_date] }
        - { columns: [system_code, created_date] }
        - { columns: [region_code, created_date] }
        - { columns: [team_code] }
        - { columns: [engineer_name] }
        - { columns: [customer_id, system_code, created_at] }
        - { columns: [changed_at] }
    columns:
      - { name: ticket_id, data_type: bigint, tests: [unique, not_null] }
sources:
  - name: desk
    schema: ${SCHEMA}_raw
    tables: [{ name: tickets }]
`,
};

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
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const connection = await mysql.createConnection({ uri: url });
  const { hostname, port, username, password } = new URL(url);
  const env = {
    SLA_MYSQL_HOST: hostname,
    SLA_MYSQL_PORT: port || "3306",
    SLA_MYSQL_USER: decodeURIComponent(username),
    SLA_MYSQL_PASSWORD: decodeURIComponent(password),
    SLA_MYSQL_SCHEMA: SCHEMA,
  };
  const build = async (...more) =>
    (await measureProcess(sla, ["build", "--project-dir", folder, "--target", "mysql", ...more], { env }))
      .seconds;
  const drop = async () => {
    for (const name of [SCHEMA, `${SCHEMA}_raw`])
      await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
  };
  try {
    await drop();
    note(`${flavour}: making the source`);
    await connection.query(`CREATE DATABASE \`${SCHEMA}_raw\` CHARACTER SET utf8mb4`);
    await connection.query(
      `CREATE TABLE \`${SCHEMA}_raw\`.tickets (ticket_id BIGINT NOT NULL PRIMARY KEY, customer_id VARCHAR(32), engineer_name VARCHAR(96), region_code VARCHAR(8), system_code VARCHAR(8), team_code VARCHAR(8), status VARCHAR(16), created_at DATETIME, closed_at DATETIME, changed_at DATETIME, subject VARCHAR(200), KEY (changed_at))`,
    );
    for (let from = 0; from < TICKETS; from += 100_000)
      await day(connection, from, Math.min(100_000, TICKETS - from));
    const perDay = Math.ceil(TICKETS / DAYS);
    const [full, more] = [[], []];
    let tickets = TICKETS;
    for (let round = 1; round <= ROUNDS; round += 1) {
      note(`${flavour}, round ${round} of ${ROUNDS}: the whole table`);
      full.push(await build("--full-refresh"));
      await day(connection, tickets, perDay);
      tickets += perDay;
      note(`${flavour}, round ${round} of ${ROUNDS}: one more day`);
      more.push(await build());
    }
    const equal = await same(connection);
    const ratio = median(more.map((taken, at) => taken / full[at]));
    return [
      { what: `${flavour}: the whole table`, measured: seconds(median(full)) },
      {
        what: `${flavour}: one more day, ${perDay.toLocaleString("en")} tickets`,
        measured: seconds(median(more)),
      },
      {
        what: `${flavour}: one more day / the whole table`,
        measured: `${(ratio * 100).toFixed(1)} %`,
        promised: `< ${MOST * 100} %`,
        kept: ratio < MOST,
      },
      {
        what: `${flavour}: the facts are the source's rows`,
        measured: equal ? "yes" : "no",
        promised: "yes",
        kept: equal,
      },
    ];
  } finally {
    await drop();
    await connection.end();
  }
}

/** Tickets from a number on, 120 seconds apart; the last of them were changed last. */
async function day(connection, from, count) {
  const digit =
    "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
  const number = "a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d";
  await connection.query(
    `INSERT INTO \`${SCHEMA}_raw\`.tickets
SELECT n, CONCAT('customer-', n % 4999), CONCAT('Engineer ', n % 251), CONCAT('R', n % 7), CONCAT('S', n % 40), CONCAT('T', n % 12), IF(n % 9 = 0, 'Open', 'Closed'), DATE_ADD('2020-01-01', INTERVAL n * 60 SECOND),
  IF(n % 9 = 0, NULL, DATE_ADD('2020-01-01', INTERVAL n * 60 + n % 100000 SECOND)), DATE_ADD('2020-01-01', INTERVAL n * 60 SECOND),
  CONCAT('Nothing works since this morning, number ', n)
FROM (SELECT ${from} + ${number} AS n FROM ${["a", "b", "c", "e", "f"].map((name) => `${digit} AS ${name}`).join(" CROSS JOIN ")}) AS numbers
WHERE n < ${from + count}`,
  );
}

/** Whether the facts are the source's rows: a count and a checksum of each. */
async function same(connection) {
  const columns =
    "ticket_id, customer_id, engineer_name, region_code, system_code, team_code, status, created_at, IFNULL(closed_at, ''), changed_at, subject";
  const [there, here] = [`\`${SCHEMA}_raw\`.tickets`, `\`${SCHEMA}\`.fact`].map(
    (table) => `SELECT COUNT(*) AS n, SUM(CRC32(CONCAT_WS('|', ${columns}))) AS sum FROM ${table}`,
  );
  const [[source], [facts]] = [(await connection.query(there))[0], (await connection.query(here))[0]];
  return String(source.n) === String(facts.n) && String(source.sum) === String(facts.sum);
}
