import { cpSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import mysql from "mysql2/promise";
import { openAdapter } from "../dist/adapters/index.js";
import { parseXml, readWorkbook, sheetQuery, tableName } from "../dist/reports/tableau/validate/index.js";
import { measureProcess, sla, withFolder } from "./measure.mjs";
import { withServer } from "./servers.mjs";
import { median, times } from "./table.mjs";

const TICKETS = Number(process.env.SLA_BENCH_TICKETS ?? 1_000_000);
const ROUNDS = Number(process.env.SLA_BENCH_ROUNDS ?? 3);
/** Whether a warehouse that an earlier measurement has built is taken, and left for the next. */
const KEEPS = process.env.SLA_BENCH_KEEP !== undefined;
const FLAVOURS = (process.env.SLA_BENCH_FLAVOURS ?? "mariadb").split(",");
const MOST_MS = 1000;
const SCHEMA = "sla_bench_tableau";

export const title = `tableau: the query of each sheet and card, made of the workbook alone, on ${TICKETS.toLocaleString("en")} tickets: as it opens, and over all days`;

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const PARTS = ["project.yml", "seeds", "macros", "models", "procedures", "snapshots", "tests/data"];

export async function measure(note) {
  const rows = [];
  for (const flavour of FLAVOURS) {
    const measured = await withServer(
      flavour,
      (url) => withFolder((folder) => onServer(flavour, url, folder, note)),
      { optional: flavour !== "mariadb" },
    );
    rows.push(...(measured ?? []));
  }
  return rows;
}

async function onServer(flavour, url, folder, note) {
  const { hostname: host, port, username, password } = new URL(url);
  const server = {
    host,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
  const env = {
    SLA_MYSQL_HOST: host,
    SLA_MYSQL_PORT: String(server.port),
    SLA_MYSQL_USER: server.user,
    SLA_MYSQL_PASSWORD: server.password,
    SLA_MYSQL_SCHEMA: SCHEMA,
  };
  // A copy, so that what the commands write is gone with it.
  for (const part of PARTS) cpSync(join(repository, part), join(folder, part), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "dir");
  const vars = JSON.stringify({ tickets: TICKETS });
  const run = (command, ...args) => {
    note(`${flavour}: sla ${command}`);
    const options = ["--project-dir", folder, "--target", "mysql", "--vars", vars];
    return measureProcess(sla, [command, ...args, ...options], { env });
  };
  const adapter = await openAdapter({
    name: "bench",
    type: "mysql",
    schema: SCHEMA,
    threads: 1,
    ssl: false,
    ...server,
  });
  const connection = await adapter.acquire();
  try {
    const built = await connection.query("SELECT 1 FROM information_schema.schemata WHERE schema_name = ?", [
      `${SCHEMA}_marts`,
    ]);
    if (built.length === 0) {
      await run("seed");
      await run("run", "--select", "+exposure:*");
    }
    await run("tableau");
    const text = readFileSync(join(folder, "target", "tableau", "helpdesk.twb"), "utf8");
    note(`${flavour}: the queries`);
    return await queries(flavour, adapter, connection, text);
  } finally {
    await connection.release();
    await adapter.close();
    if (!KEEPS) await dropSchemas(url);
  }
}

/** One row for each sheet: its query as the workbook opens, and with the period opened to all days. */
async function queries(flavour, adapter, connection, text) {
  const place = (source) => {
    const { schema, table } = tableName(source);
    return adapter.dialect.relation({ schema, identifier: table });
  };
  const asOpened = queriesOf(text, adapter.dialect, place);
  const overAll = queriesOf(openedToAllDays(text), adapter.dialect, place);
  const scans = new Map();
  const rows = [];
  for (const [name, { sql, table }] of asOpened) {
    if (!scans.has(table)) scans.set(table, await milliseconds(connection, `SELECT COUNT(*) FROM ${table}`));
    const [scan, own, all] = [
      scans.get(table),
      await milliseconds(connection, sql),
      await milliseconds(connection, overAll.get(name).sql),
    ];
    rows.push({
      what: `${flavour}: ${name}`,
      measured: `${ms(own)}, ${times(own / scan)} a count; all days ${ms(all)}, ${times(all / scan)}`,
      promised: `< ${ms(MOST_MS)}`,
      kept: own < MOST_MS,
    });
  }
  const counts = [...scans].map(([table, took]) => ({
    what: `${flavour}: a count of ${table.split(".").at(-1).replaceAll("`", "")}`,
    measured: ms(took),
  }));
  return [...counts, ...rows];
}

function queriesOf(text, dialect, place) {
  const workbook = readWorkbook(parseXml(Buffer.from(text)).root);
  return new Map(
    workbook.sheets.map((sheet) => {
      const { sql, source } = sheetQuery(workbook, sheet, dialect, place);
      return [sheet.name, { sql, table: place(workbook.sources.get(source)) }];
    }),
  );
}

/** The workbook's days all begin or end a period; as a reader moves the controls to both ends. */
function openedToAllDays(text) {
  const days = [...new Set(text.match(/#\d{4}-\d{2}-\d{2}#/g))].sort();
  return text.replaceAll(days[0], "#1970-01-01#").replaceAll(days.at(-1), "#2999-12-31#");
}

async function milliseconds(connection, sql) {
  const taken = [];
  // Before the first, the pages are read once: a dashboard is opened again and again.
  await connection.query(sql);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const began = performance.now();
    await connection.query(sql);
    taken.push(performance.now() - began);
  }
  return median(taken);
}

const ms = (value) => `${Math.round(value)} ms`;

async function dropSchemas(url) {
  const connection = await mysql.createConnection({ uri: url });
  const [found] = await connection.query("SHOW DATABASES");
  for (const { Database: name } of found) {
    if (name === SCHEMA || name.startsWith(`${SCHEMA}_`)) await connection.query(`DROP DATABASE \`${name}\``);
  }
  await connection.end();
}
