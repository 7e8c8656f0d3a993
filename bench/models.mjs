import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import mysql from "mysql2/promise";
import { measureProcess, sla, withFolder } from "./measure.mjs";
import { withServer } from "./servers.mjs";
import { median, seconds, times } from "./table.mjs";

const ROWS = Number(process.env.SLA_BENCH_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.SLA_BENCH_ROUNDS ?? 3);
const MOST_SECONDS = 20;
const MOST_MIB = 600;
const SCHEMA = "sla_bench_models";

export const title = `models: ${ROWS.toLocaleString("en")} rows of 10 columns through TypeScript, against the engine's own INSERT … SELECT`;

const digits = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS d`).join(" UNION ALL ");
const places = ["a", "b", "c", "d", "e", "f"];
const RAW = `SELECT id,
  CONCAT('INC', id) AS number,
  TIMESTAMP('2024-01-02 03:04:05') AS opened_at,
  CASE WHEN id % 3 = 0 THEN NULL ELSE TIMESTAMP('2024-02-02 13:14:15') END AS closed_at,
  id % 5 AS priority,
  CONCAT('Printer on floor ', id % 77, ' is broken') AS title,
  id % 2000 AS customer_id,
  CAST(id % 1000 AS DECIMAL(10, 2)) AS cost,
  id % 2 AS is_vip,
  CONCAT('Some longer text that describes the issue in words ', id) AS note
FROM (
  SELECT ${places.map((place, at) => `${place}.d * ${10 ** at}`).join(" + ")} AS id
  FROM ${places.map((place) => `(${digits}) AS ${place}`).join(" CROSS JOIN ")}
) AS numbers
WHERE id < ${ROWS}
`;
const COLUMNS = {
  id: "bigint",
  number: "varchar(20)",
  opened_at: "datetime",
  closed_at: "datetime",
  priority: "int",
  title: "varchar(200)",
  customer_id: "int",
  cost: "decimal(10,2)",
  is_vip: "int",
  note: "text",
};

const model = (worker, run) => `import { defineModel } from "sla";
export default defineModel({ refs: ["raw"], worker: ${worker}, columns: ${JSON.stringify(COLUMNS)}, ${run} });
`;
const STREAM = `async *run({ ref }) { yield* ref("raw").rows(); }`;
const SCORE = `async *run({ ref }) {
  for await (const row of ref<any>("raw").rows()) {
    let score = 0;
    for (let at = 1; at <= 40; at++) score += Math.exp(-((row.priority + at) * row.cost) / 1000);
    yield { ...row, cost: score % 1000 };
  }
}`;
const TABLE = `async run({ ref }) { return ref("raw").table(); }`;

const WAYS = [
  ["rows() to rows, on the main thread", "stream_main", model(false, STREAM)],
  ["rows() to rows, on a thread", "stream_thread", model(true, STREAM)],
  ["rows() scored by a model of 40 terms, on a thread", "score_thread", model(true, SCORE)],
  ["table() to table, on a thread", "table_thread", model(true, TABLE)],
];

export async function measure(note) {
  const rows = await withFolder((folder) => compare("duckdb", folder, {}, note));
  for (const flavour of ["mariadb", "mysql"]) {
    const measured = await withServer(
      flavour,
      (url) => withFolder((folder) => onServer(flavour, url, folder, note)),
      {
        optional: flavour === "mysql",
      },
    );
    rows.push(...(measured ?? []));
  }
  return rows;
}

async function onServer(flavour, url, folder, note) {
  const { hostname, port, username, password } = new URL(url);
  const env = {
    SLA_MYSQL_HOST: hostname,
    SLA_MYSQL_PORT: port || "3306",
    SLA_MYSQL_USER: decodeURIComponent(username),
    SLA_MYSQL_PASSWORD: decodeURIComponent(password),
    SLA_MYSQL_SCHEMA: SCHEMA,
  };
  try {
    return await compare(flavour, folder, env, note);
  } finally {
    const connection = await mysql.createConnection(url);
    await connection.query(`DROP DATABASE IF EXISTS ${SCHEMA}`);
    await connection.end();
  }
}

async function compare(engine, folder, env, note) {
  const files = {
    "project.yml": "name: bench\nmodels: {materialized: table}\n",
    "models/raw.sql": RAW,
    "models/copy.sql": `SELECT * FROM {{ref "raw"}}\n`,
    ...Object.fromEntries(WAYS.map(([, name, text]) => [`models/${name}.ts`, text])),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const target = engine === "duckdb" ? "local" : "mysql";
  const run = async (name) => {
    const { peakMiB } = await measureProcess(sla, ["run", "--select", name, "--target", target], {
      env,
      cwd: folder,
    });
    const { results } = JSON.parse(readFileSync(join(folder, "target", "run_results.json"), "utf8"));
    return { seconds: results[0].execution_time, peakMiB };
  };
  note(`${engine}: the rows`);
  await run("raw");
  const measured = new Map();
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const name of ["copy", ...WAYS.map(([, way]) => way)]) {
      note(`${engine}, round ${round} of ${ROUNDS}: ${name}`);
      measured.set(name, [...(measured.get(name) ?? []), await run(name)]);
    }
  }
  const took = (name) => median(measured.get(name).map((one) => one.seconds));
  const rows = [{ what: `${engine}: INSERT … SELECT`, measured: seconds(took("copy")) }];
  for (const [what, name] of WAYS) {
    const peak = Math.max(...measured.get(name).map(({ peakMiB }) => peakMiB));
    // Of servers, only our own process is measured. A table holds all rows: nothing is promised of its memory.
    const streamed = name !== "table_thread";
    rows.push({
      what: `${engine}: ${what}`,
      measured: `${seconds(took(name))}, ${times(took(name) / took("copy"))} the engine's, ${Math.round(peak)} MiB`,
      ...(streamed && {
        promised: `< ${MOST_SECONDS} s, < ${MOST_MIB} MiB`,
        kept: took(name) < MOST_SECONDS && peak < MOST_MIB,
      }),
    });
  }
  return rows;
}
