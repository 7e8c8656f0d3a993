import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sla } from "../functional/cli.js";
import { ENGINES, type Engine, schemaName, scratchFolder } from "../harness/engines.js";
import { copyExample, onEngine, Warehouse } from "./example-project.js";
import { logAnalyses } from "./log-analyses.js";
import { logIncidents } from "./log-incidents.js";
import { writeLog } from "./synthetic-log.js";

const TABLES = [
  "observed_days",
  "incident_volume_daily",
  "backlog_daily",
  "repeat_incidents",
  "mttr_by_group",
  "breach_rate_monthly",
  "first_response_monthly",
  "eda_daily",
  "eda_hourly",
  "eda_mttr_group",
  "eda_pareto",
];

const named = process.env.SLA_SERVICENOW_LOG;
const PUBLISHED =
  named ?? fileURLToPath(new URL("../../../shared/data/real/uci_incident_event_log.csv.gz", import.meta.url));

/** The log by rule on every engine; the published one, of which another test says that the engines agree, on one. */
const LOGS: [name: string, engine: Engine, path: () => string][] = [
  ...ENGINES.map((engine): [string, Engine, () => string] => [
    `a log by rule on ${engine.name}`,
    engine,
    () => writeLog(join(scratchFolder(), "analyses.csv")),
  ]),
];
if (named !== undefined || existsSync(PUBLISHED)) {
  LOGS.push(["the published log", ENGINES[0]!, () => PUBLISHED]);
}

const text = (rows: readonly object[]) =>
  rows
    .map((row) =>
      JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))),
    )
    .sort();

describe.each(LOGS)("the analyses of %s", (name, engine, path) => {
  let warehouse: Warehouse;
  let pictures: string[];
  let expected: ReturnType<typeof logAnalyses>;
  beforeAll(async () => {
    const log = path();
    expected = logAnalyses(logIncidents(log));
    const dir = copyExample("servicenow");
    const schema = engine.type === "duckdb" ? "servicenow" : schemaName(`analyses_${name.length}`);
    const { args, env } = onEngine(engine, schema);
    for (const command of [["seed"], ["run", "--select", "+path:models/analysis", "+path:models/eda"]]) {
      const result = await sla(dir, [...command, ...args, "--vars", `log_file: ${log}`], { env });
      expect(result.code, `${result.stdout}\n${result.stderr}`).toBe(0);
    }
    pictures = readdirSync(join(dir, "target", "exports")).sort();
    warehouse = await Warehouse.open(engine, schema, join(dir, "warehouse.duckdb"));
  }, 240_000);
  afterAll(() => warehouse.close());

  test.each(TABLES)("%s is what the log gives without SQL", async (table) => {
    const found = text(await warehouse.rows(`analysis.${table}`));
    const wanted = text(expected[table]!);
    const [theirs, ours] = [new Set(found), new Set(wanted)];
    expect(wanted.length).toBeGreaterThan(0);
    expect({
      missing: wanted.filter((row) => !theirs.has(row)).slice(0, 3),
      unexpected: found.filter((row) => !ours.has(row)).slice(0, 3),
    }).toEqual({ missing: [], unexpected: [] });
    expect(found.length).toBe(wanted.length);
  });

  test("its pictures are there", () => {
    const names = TABLES.filter((table) => table.startsWith("eda_"));
    const files = names.flatMap((table) => [`${table}.csv`, `${table}.png`, `${table}.svg`]);
    expect(pictures).toEqual(expect.arrayContaining(files));
  });
});
