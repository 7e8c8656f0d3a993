import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import mysql from "mysql2/promise";
import { measureProcess, sla, withFolder } from "./measure.mjs";
import { withServer } from "./servers.mjs";
import { median, seconds, times } from "./table.mjs";

const TRAINED = 10_000;
const SCORED = Number(process.env.SLA_BENCH_SCORED ?? 1_000_000);
const ROUNDS = Number(process.env.SLA_BENCH_ROUNDS ?? 3);
const MOST_TRAINING = 5;
const MOST_SCORING = 20;
const MOST_MIB = 600;
const SCHEMA = "sla_bench_predict";

export const title = `predict: the breach model trained on ${TRAINED.toLocaleString("en")} tickets, and a list of ${SCORED.toLocaleString("en")} open ones with ranks and reasons`;

/** Preloaded into a measured process: at its end it writes down the processor's time that it took (seconds), its threads' included. */
const PROCESSOR = `data:text/javascript,${encodeURIComponent(`
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
if (isMainThread) process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.SLA_BENCH_PROCESSOR_FILE, String((user + system) / 1e6));
});`)}`;

const repository = dirname(dirname(fileURLToPath(import.meta.url)));

/** Tickets by rule instead of the simulation, which would take longer than what is measured. */
const SEEDER = `
import { defineSeeder } from "sla";
const PICK = (list, n) => list[n % list.length];
export default defineSeeder({
  tables: { tickets: { columns: {
    ticket_id: "bigint", priority: "varchar(16)", system_name: "varchar(64)", category: "varchar(16)", channel: "varchar(16)",
    team_name: "varchar(64)", created_hour: "tinyint", created_weekday: "tinyint", created_month: "varchar(7)", is_breach: "tinyint",
    is_open: "tinyint", is_overdue: "tinyint", status: "varchar(16)", created_at: "datetime", due_at: "datetime", hours_left: "decimal(12,4)",
  } } },
  *run({ vars }) {
    const total = vars.trained + vars.scored;
    for (let from = 0; from < total; from += 2000) {
      const rows = [];
      for (let id = from; id < Math.min(total, from + 2000); id++) {
        const mixed = Math.imul(id + 1, 0x9e3779b1) >>> 0;
        const known = id < vars.trained;
        const hour = (mixed >>> 3) % 24;
        const priority = (mixed >>> 8) % 4;
        const system = Math.floor(25 * ((mixed >>> 12) % 1000 / 1000) ** 2);
        const chance = 0.05 + 0.06 * priority + (hour < 7 ? 0.15 : 0) + 0.01 * system;
        rows.push([id + 1, PICK(["Low", "Medium", "High", "Critical"], priority), "System " + system,
          PICK(["Hardware", "Software", "Network", "Access"], mixed >>> 5), PICK(["Email", "Phone", "Portal"], mixed >>> 7),
          "Team " + system % 9, hour, (mixed >>> 16) % 7, known ? "2026-0" + (1 + id % 4) : "2026-06",
          known ? (Math.imul(mixed, 0x85ebca6b) >>> 0) / 2 ** 32 < chance ? 1 : 0 : null, known ? 0 : 1, !known && id % 4 === 0 ? 1 : 0,
          known ? "Closed" : "Open", "2026-06-30 10:00:00", "2026-07-02 10:00:00", known ? null : (id % 4 === 0 ? -1 : 1) * (id % 70)]);
      }
      yield { table: "tickets", rows };
    }
  },
});
`;

export async function measure(note) {
  const rows = await withFolder((folder) => rounds("embedded", folder, [], {}, note));
  for (const flavour of ["mariadb", "mysql"]) {
    const measured = await withServer(
      flavour,
      (url) => withFolder((folder) => onServer(flavour, url, folder, note)),
      { optional: flavour === "mysql" },
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
  await dropSchemas(url);
  try {
    return await rounds(flavour, folder, ["--target", "mysql"], env, note);
  } finally {
    await dropSchemas(url);
  }
}

async function dropSchemas(url) {
  const connection = await mysql.createConnection({ uri: url });
  const [found] = await connection.query("SHOW DATABASES");
  for (const { Database: name } of found) {
    if (name === SCHEMA || name.startsWith(`${SCHEMA}_`)) await connection.query(`DROP DATABASE \`${name}\``);
  }
  await connection.end();
}

async function rounds(engine, folder, target, env, note) {
  write(folder);
  const vars = JSON.stringify({ trained: TRAINED, scored: SCORED, breach_holdout_months: 0 });
  const options = ["--project-dir", folder, ...target, "--vars", vars];
  note(`${engine}: seeding ${(TRAINED + SCORED).toLocaleString("en")} tickets`);
  await measureProcess(sla, ["seed", ...options], { env });
  const taken = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    note(`${engine}: round ${round} of ${ROUNDS}`);
    const run = (name) => measureBoth(["run", "--select", name, ...options], env, join(folder, "processor"));
    // What the command takes for a model that does nothing is no part of training or scoring, but it is counted.
    taken.push({
      features: await run("breach_features"),
      training: await run("breach_model"),
      metrics: await run("breach_model_metrics"),
      scoring: await run("breach_scores"),
    });
  }
  const middle = (name, of = "seconds") => median(taken.map((round) => round[name][of]));
  const peak = (name) => Math.max(...taken.map((round) => round[name].peakMiB));
  const row = (what, name, most) => [
    {
      what: `${engine}: ${what}, whole process`,
      measured: seconds(middle(name)),
      ...(most && { promised: `< ${most} s`, kept: middle(name) < most }),
    },
    { what: `${engine}: ${what}, processor's time`, measured: seconds(middle(name, "cpuSeconds")) },
  ];
  return [
    ...row("a view, for comparison", "features"),
    ...row("training", "training", MOST_TRAINING),
    ...row("metrics", "metrics"),
    ...row("scoring", "scoring", MOST_SCORING),
    {
      what: `${engine}: scoring / a view`,
      measured: times(median(taken.map(({ scoring, features }) => scoring.seconds / features.seconds))),
    },
    {
      what: `${engine}: peak memory of scoring`,
      measured: `${Math.round(peak("scoring"))} MiB`,
      promised: `< ${MOST_MIB} MiB`,
      kept: peak("scoring") < MOST_MIB,
    },
  ];
}

/** What `measureProcess` says of the command, and the seconds of the processor. */
async function measureBoth(args, env, file) {
  const preload = `${process.env.NODE_OPTIONS ?? ""} --import=${PROCESSOR}`;
  const taken = await measureProcess(sla, args, {
    env: { ...env, NODE_OPTIONS: preload, SLA_BENCH_PROCESSOR_FILE: file },
  });
  return { ...taken, cpuSeconds: Number(readFileSync(file, "utf8")) };
}

/** The helpdesk's own models, on tickets by rule. */
function write(folder) {
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "dir");
  cpSync(join(repository, "models", "prediction"), join(folder, "models", "prediction"), { recursive: true });
  rmSync(join(folder, "models", "prediction", "prediction.yml"));
  mkdirSync(join(folder, "seeds"));
  writeFileSync(join(folder, "seeds", "bench.ts"), SEEDER);
  writeFileSync(
    join(folder, "models", "prediction", "breach_features.sql"),
    `{{config materialized="view"}}\nSELECT * FROM {{source "bench" "tickets"}}\n`,
  );
  writeFileSync(
    join(folder, "project.yml"),
    `name: predict\nversion: "1"\nvars: { as_of: "2026-07-01 00:00:00" }\n`,
  );
}
