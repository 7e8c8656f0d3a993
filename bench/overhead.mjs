import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import mysql from "mysql2/promise";
import { measureProcess, sla, withFolder } from "./measure.mjs";
import { replayPlan } from "./replay-plan.mjs";
import { withServer } from "./servers.mjs";
import { median, seconds, times } from "./table.mjs";

export const title =
  "overhead: 200 trivial models on MariaDB, 4 threads, against a replay of the statements they sent";

const PAIRS = 5;
const THREADS = 4;
const MOST = 1.3;
const SCHEMA = "sla_bench";
/** A user of its own, so that the log shows the statements of this project and no other's. */
const USER = { user: "sla_bench", password: "bench" };

/** 100 tables in four generations and a view on each: next to no work for the server, all of it for the framework. */
export function writeProject(folder) {
  mkdirSync(join(folder, "models"), { recursive: true });
  writeFileSync(join(folder, "project.yml"), `name: overhead\nversion: 1.0.0\ntarget: mysql\n`);
  const name = (letter, at) => `${letter}_${String(at).padStart(3, "0")}`;
  for (let at = 1; at <= 100; at += 1) {
    const body =
      at <= 25
        ? `SELECT ${at} AS id, 'one' AS name`
        : `SELECT id + 1 AS id, name FROM {{ref "${name("t", at - 25)}"}}`;
    writeFileSync(
      join(folder, "models", `${name("t", at)}.sql`),
      `{{config materialized="table" primary_key="id"}}\n${body}\n`,
    );
    writeFileSync(
      join(folder, "models", `${name("v", at)}.sql`),
      `{{config materialized="view"}}\nSELECT id, name FROM {{ref "${name("t", at)}"}}\n`,
    );
  }
  return 200;
}

export async function measure(note) {
  return withServer("mariadb", (url) => withFolder((folder) => compare(url, folder, note)));
}

async function compare(url, folder, note) {
  const admin = await mysql.createConnection({ uri: url });
  const { hostname, port } = new URL(url);
  const env = {
    SLA_MYSQL_HOST: hostname,
    SLA_MYSQL_PORT: port || "3306",
    SLA_MYSQL_USER: USER.user,
    SLA_MYSQL_PASSWORD: USER.password,
    SLA_MYSQL_SCHEMA: SCHEMA,
  };
  const models = writeProject(folder);
  const build = () =>
    measureProcess(sla, ["build", "--project-dir", folder, "--threads", String(THREADS)], { env });
  const drop = () => admin.query(`DROP DATABASE IF EXISTS ${SCHEMA}`);
  // The replay writes the very rows into the ledger that the captured run wrote.
  const forget = async () => {
    for (const table of ["_sla_runs", "_sla_nodes"]) await admin.query(`TRUNCATE TABLE ${SCHEMA}.${table}`);
  };
  const inside = () => {
    const { results } = JSON.parse(readFileSync(join(folder, "target", "run_results.json"), "utf8"));
    const times = results.flatMap(({ timing }) => timing);
    const last = Math.max(...times.map(({ completed_at }) => Date.parse(completed_at)));
    return (last - Math.min(...times.map(({ started_at }) => Date.parse(started_at)))) / 1000;
  };
  const planFile = join(folder, "replay.json");
  const replayScript = fileURLToPath(new URL("replay.mjs", import.meta.url));
  const replay = () =>
    measureProcess(replayScript, [planFile], {
      env: { SLA_BENCH_CONNECTION: JSON.stringify({ host: hostname, port: Number(port || 3306), ...USER }) },
    });

  const rows = [];
  try {
    await admin.query(`CREATE USER IF NOT EXISTS ${USER.user} IDENTIFIED BY '${USER.password}'`);
    await admin.query(`GRANT ALL ON *.* TO ${USER.user}`);
    for (const [kind, before] of [
      ["first build", drop],
      ["rebuild", forget],
    ]) {
      await before();
      const plan = replayPlan(await captured(admin, build));
      writeFileSync(planFile, JSON.stringify(plan));
      const pairs = [];
      for (let at = 1; at <= PAIRS; at += 1) {
        note(`${kind}: pair ${at} of ${PAIRS}`);
        await before();
        const ours = { whole: (await build()).seconds, inside: inside() };
        await before();
        const played = await replay();
        pairs.push({ ours, bare: { whole: played.seconds, inside: Number(played.stdout) } });
      }
      const middle = (pick) => median(pairs.map(pick));
      const ratio = middle(({ ours, bare }) => ours.inside / bare.inside);
      rows.push(
        { what: `${kind}: sla, first node to last`, measured: seconds(middle(({ ours }) => ours.inside)) },
        {
          what: `${kind}: replay, first statement to last`,
          measured: seconds(middle(({ bare }) => bare.inside)),
        },
        {
          what: `${kind}: sla / replay`,
          measured: times(ratio),
          promised: `≤ ${times(MOST)}`,
          kept: ratio <= MOST,
        },
        {
          what: `${kind}: sla / replay, whole processes`,
          measured: times(middle(({ ours, bare }) => ours.whole / bare.whole)),
        },
        { what: `${kind}: sla, whole process`, measured: seconds(middle(({ ours }) => ours.whole)) },
        { what: `${kind}: statements a model`, measured: (plan.statements.length / models).toFixed(2) },
        { what: `${kind}: connections`, measured: String(plan.connections) },
      );
    }
    return rows;
  } finally {
    await drop();
    await admin.query(`DROP USER IF EXISTS ${USER.user}`);
    await admin.end();
  }
}

/** The statements that `run` sends, from the server's general log: [{connection, sql}] in the order they began. */
async function captured(admin, run) {
  const [[before]] = await admin.query(
    "SELECT @@GLOBAL.general_log AS enabled, @@GLOBAL.log_output AS output",
  );
  await admin.query("SET GLOBAL log_output = 'TABLE'");
  await admin.query("TRUNCATE TABLE mysql.general_log");
  await admin.query("SET GLOBAL general_log = 1");
  try {
    await run();
  } finally {
    await admin.query(`SET GLOBAL general_log = ${before.enabled}`);
    await admin.query("SET GLOBAL log_output = ?", [before.output]);
  }
  const [logged] = await admin.query(
    `SELECT thread_id AS connection, CONVERT(argument USING utf8mb4) AS \`sql\` FROM mysql.general_log
     WHERE user_host LIKE '${USER.user}%' AND command_type IN ('Query', 'Execute')`,
  );
  await admin.query("TRUNCATE TABLE mysql.general_log");
  return logged;
}
