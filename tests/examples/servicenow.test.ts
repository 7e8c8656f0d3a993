import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artifactFaults } from "../artifacts/found.js";
import { type CliResult, sla } from "../functional/cli.js";
import { ENGINES, type Engine, schemaName, scratchFolder } from "../harness/engines.js";
import { copyExample, onEngine, Warehouse } from "./example-project.js";
import { SPECIAL, syntheticLog, writeLog } from "./synthetic-log.js";

const TABLES: Record<string, number> = {
  "analysis.backlog_daily": 6,
  "analysis.breach_features": 8,
  "analysis.breach_model": 11,
  "analysis.breach_model_calibration": 9,
  "analysis.breach_model_metrics": 23,
  "analysis.breach_rate_monthly": 5,
  "analysis.eda_daily": 5,
  "analysis.eda_hourly": 5,
  "analysis.eda_mttr_group": 5,
  "analysis.eda_pareto": 6,
  "analysis.first_response_monthly": 9,
  "analysis.incident_volume_daily": 6,
  "analysis.mttr_by_group": 7,
  "analysis.observed_days": 2,
  "analysis.repeat_incidents": 11,
  dim_callers: 5,
  dim_categories: 3,
  dim_dates: 12,
  dim_groups: 4,
  dim_people: 5,
  dim_priorities: 2,
  fact_incidents: 38,
  "marts.mart_incident_flow": 4,
  "marts.mart_incidents": 18,
  "raw.incident_log": 37,
  "staging.stg_incident_events": 40,
  "staging.stg_incidents": 39,
};

/** The log by rule ends in March: its model learns from the incidents of February and is judged by all others. */
const LEARNING = { breach_train_until: "2016-02", breach_least_cases: 2 };

const example = copyExample("servicenow");
const warehouses: Warehouse[] = [];
afterAll(() => Promise.all(warehouses.map((warehouse) => warehouse.close())));

/** Builds the example from a log, each engine in a copy of its own, as several build at once. */
async function build(
  engine: Engine,
  name: string,
  vars: Record<string, string | number>,
): Promise<{ result: CliResult; warehouse: Warehouse; faults: string[] }> {
  const dir = copyExample("servicenow");
  const schema = engine.type === "duckdb" ? "servicenow" : schemaName(name);
  const { args, env } = onEngine(engine, schema);
  const result = await sla(dir, ["build", ...args, "--vars", JSON.stringify(vars)], { env });
  const faults: string[] = [];
  if (name === "rule") {
    for (const more of [
      ["docs", "generate"],
      ["source", "freshness"],
    ]) {
      const { code, stdout, stderr } = await sla(dir, [...more, ...args, "--vars", JSON.stringify(vars)], {
        env,
      });
      if (code !== 0) faults.push(stdout + stderr);
    }
    faults.push(...artifactFaults(join(dir, "target")));
  }
  const warehouse = await Warehouse.open(engine, schema, join(dir, "warehouse.duckdb"));
  warehouses.push(warehouse);
  return { result, warehouse, faults };
}

describe("a log of 300 incidents by rule", () => {
  const built = new Map<string, Warehouse>();

  describe.each(ENGINES)("on $name", (engine) => {
    let result: CliResult;
    let warehouse: Warehouse;
    let faults: string[];

    beforeAll(async () => {
      const log = writeLog(join(scratchFolder(), `${engine.name}.csv.gz`));
      ({ result, warehouse, faults } = await build(engine, "rule", { log_file: log, ...LEARNING }));
      built.set(engine.name, warehouse);
    });

    const only = async (sql: (table: (name: string) => string) => string) => (await warehouse.query(sql))[0];
    const incident = (n: number, columns: string) =>
      only(
        (table) =>
          `SELECT ${columns} FROM ${table("fact_incidents")} WHERE incident_number = 'INC${String(n).padStart(7, "0")}'`,
      );

    test("builds, and all its tests pass", () => {
      expect(result.code, result.stdout + result.stderr).toBe(0);
    });

    test("leaves dbt's artifacts that are right", () => {
      expect(faults).toEqual([]);
    });

    test("makes what it describes, column by column", async () => {
      const contents = await warehouse.contents();
      expect(
        Object.fromEntries(Object.entries(contents).map(([name, columns]) => [name, columns.length])),
      ).toEqual(TABLES);
    });

    test("has the figures that follow from the rules", async () => {
      expect(
        await only(
          (table) => `SELECT
            COUNT(*) AS incidents,
            SUM(is_sla_breached) AS breached,
            SUM(is_open) AS open_ones,
            SUM(event_count) AS events,
            COUNT(resolution_hours) AS resolved,
            SUM(resolution_hours) AS hours,
            COUNT(first_response_minutes) AS answered,
            SUM(first_response_minutes) AS minutes,
            SUM(is_repeat_incident) AS repeats,
            SUM(is_reopened) AS reopened,
            SUM(has_problem) AS problems,
            SUM(has_change) AS changes,
            SUM(is_knowledge_used) AS documents
          FROM ${table("fact_incidents")}`,
        ),
      ).toEqual({
        incidents: 300,
        breached: 100,
        open_ones: 2,
        // 225 of 4 events and 75 of 3; 299 and 300 lack 3 and 1, and 9 has one more in the state -100.
        events: 225 * 4 + 75 * 3 - 3 - 1 + 1,
        // 30 have lost the time (300 among them), and 299 has none.
        resolved: 269,
        // Half of (1 + … + 300) − (10 + 20 + … + 300) − 299.
        hours: (45_150 - 4_650 - 299) / 2,
        answered: 299,
        // 75 after 10 minutes and 225 after 30; 7 is 35 minutes early, 299 never is.
        minutes: 750 + 6_750 - 35 - 30,
        // Each twentieth, and 31.
        repeats: 15 + 1,
        reopened: 1,
        problems: 4,
        changes: 1,
        documents: 60,
      });
    });

    test("counts breaches by priority on last states", async () => {
      expect(
        await warehouse.query(
          (table) => `SELECT priority_name, COUNT(*) AS incidents, SUM(is_sla_breached) AS breached
            FROM ${table("fact_incidents")} AS facts
            INNER JOIN ${table("dim_priorities")} AS priorities ON facts.priority_code = priorities.priority_code
            GROUP BY priority_name ORDER BY priority_name`,
        ),
      ).toEqual([
        { priority_name: "Critical", incidents: 6, breached: 2 },
        { priority_name: "High", incidents: 6, breached: 2 },
        { priority_name: "Moderate", incidents: 288, breached: 96 },
      ]);
    });

    test("has every member in its dimension", async () => {
      const count = (name: string) => only((table) => `SELECT COUNT(*) AS n FROM ${table(name)}`);
      // 300 callers less the 15 of each twentieth, 31 and 48.
      expect(await count("dim_callers")).toEqual({ n: 283 });
      // 10 categories of 2, but no caller's number is a multiple of 20.
      expect(await count("dim_categories")).toEqual({ n: 19 });
      // 5 groups in last states, and Unknown.
      expect(await count("dim_groups")).toEqual({ n: 6 });
      // 7 openers, 30 assignees, 30 resolvers, and Unknown.
      expect(await count("dim_people")).toEqual({ n: 68 });
      expect(await count("dim_priorities")).toEqual({ n: 3 });
      // 2016 is a leap year, and all of it is there.
      expect(await count("dim_dates")).toEqual({ n: 366 });
      expect(
        await only(
          (table) =>
            `SELECT COUNT(*) AS n FROM ${table("fact_incidents")} WHERE assignment_group = 'Unknown' AND opened_by <> 'Unknown'`,
        ),
      ).toEqual({ n: 20 });
    });

    test("takes the last line of the file, not the latest time or count", async () => {
      expect(await incident(SPECIAL.backwards, "is_sla_breached, update_count, incident_state")).toEqual({
        is_sla_breached: 1,
        update_count: 0,
        incident_state: "Closed",
      });
    });

    test("knows a repeat to the minute", async () => {
      expect(await incident(SPECIAL.dayLater, "is_repeat_incident")).toEqual({ is_repeat_incident: 1 });
      expect(await incident(SPECIAL.moreThanDayLater, "is_repeat_incident")).toEqual({
        is_repeat_incident: 0,
      });
    });

    test("finds the first response, and none", async () => {
      const columns = "incident_state, first_response_minutes";
      expect(await incident(SPECIAL.unknownState, columns)).toEqual({
        incident_state: "Closed",
        first_response_minutes: 30,
      });
      expect(await incident(SPECIAL.negativeResponse, columns)).toMatchObject({ first_response_minutes: -5 });
      expect(await incident(SPECIAL.untouched, columns)).toEqual({
        incident_state: "New",
        first_response_minutes: null,
      });
      expect(await incident(SPECIAL.waiting, columns)).toEqual({
        incident_state: "Awaiting User Info",
        first_response_minutes: 10,
      });
    });

    test("reads times, blanks, quotes and question marks for what they are", async () => {
      expect(
        await incident(
          2,
          "opened_at, resolved_at, opened_date, opened_hour, opened_weekday, opened_by, location, first_response_minutes",
        ),
      ).toEqual({
        opened_at: "2016-02-29 03:12:00",
        resolved_at: "2016-02-29 04:12:00",
        opened_date: "2016-02-29",
        opened_hour: 3,
        opened_weekday: 0,
        opened_by: "Opened by 2",
        location: "Location 2, second floor",
        first_response_minutes: 30,
      });
      expect(await incident(60, "opened_by, closed_code, resolved_at, resolution_hours")).toEqual({
        opened_by: "Unknown",
        closed_code: "Unknown",
        resolved_at: null,
        resolution_hours: null,
      });
      expect(
        await warehouse.query(
          (table) =>
            `SELECT vendor, COUNT(*) AS n FROM ${table("staging.stg_incident_events")} WHERE vendor IS NOT NULL GROUP BY vendor`,
        ),
      ).toEqual([{ vendor: "Vendor 3", n: 1 }]);
    });
  });

  test.each(Object.keys(TABLES))("%s is the same on all engines", async (name) => {
    const [reference, ...others] = ENGINES.map((engine) => built.get(engine.name)!);
    const rows = await reference!.rows(name);
    expect(rows.length).toBeGreaterThan(0);
    for (const other of others) expect(await other.rows(name)).toEqual(rows);
  });
});

describe("what cannot be read", () => {
  const folder = scratchFolder();
  const [, ...lines] = syntheticLog().split("\n");
  const BAD: Record<string, { vars: string[]; says: string[] }> = {
    "no variable": {
      vars: [],
      says: ["the variable log_file is not set", "10.24432/C57S4H", "--vars 'log_file: "],
    },
    "no such file": {
      vars: ["--vars", "log_file: nowhere.csv"],
      says: ["nowhere.csv", "there is no such file", "10.24432/C57S4H"],
    },
    "another CSV": {
      vars: ["--vars", `log_file: ${writeLog(join(folder, "other.csv"), "id,name\n1,a\n")}`],
      says: ["not an incident event log", "36 columns: number, incident_state", "id, name"],
    },
    "a column less": {
      vars: [
        "--vars",
        `log_file: ${writeLog(join(folder, "less.csv"), syntheticLog().replace("made_sla,", "made_sola,"))}`,
      ],
      says: ["lacks the column made_sla"],
    },
    "a field less in a line": {
      vars: [
        "--vars",
        `log_file: ${writeLog(
          join(folder, "short.csv"),
          [syntheticLog().split("\n")[0], lines[0], "INC0000001,Closed"].join("\n"),
        )}`,
      ],
      says: ["short.csv", "expect 36, got 2 on line 3"],
    },
    "a zip archive": {
      vars: ["--vars", `log_file: ${writeLog(join(folder, "log.zip"), "PK\u0003\u0004")}`],
      says: ["is a zip archive: unpack it"],
    },
    "no events": {
      vars: ["--vars", `log_file: ${writeLog(join(folder, "empty.csv"), syntheticLog().split("\n")[0])}`],
      says: ["empty.csv holds no events"],
    },
  };

  test.each(Object.entries(BAD))("%s", async (_, { vars, says }) => {
    const { code, stdout, stderr } = await sla(example, ["build", ...vars]);
    // Long messages are wrapped by width.
    const text = `${stdout}\n${stderr}`.replace(/\s+/g, " ");
    for (const saying of says) expect(text).toContain(saying);
    expect(code).toBe(1);
  });
});

const named = process.env.SLA_SERVICENOW_LOG;
const REAL =
  named ?? fileURLToPath(new URL("../../../shared/data/real/uci_incident_event_log.csv.gz", import.meta.url));

describe("the published log", () => {
  if (named === undefined && !existsSync(REAL)) {
    test.skip("is not here: name it in SLA_SERVICENOW_LOG to test its figures too");
    return;
  }
  const built = new Map<string, { result: CliResult; warehouse: Warehouse }>();

  beforeAll(async () => {
    await Promise.all(
      ENGINES.map(async (engine) => built.set(engine.name, await build(engine, "real", { log_file: REAL }))),
    );
  }, 300_000);

  test.each(ENGINES)("has 24,918 incidents and 9,115 breaches on $name", async (engine) => {
    const { result, warehouse } = built.get(engine.name)!;
    expect(result.code, result.stdout + result.stderr).toBe(0);
    expect(
      await warehouse.query(
        (table) => `SELECT
          COUNT(*) AS incidents,
          SUM(is_sla_breached) AS breached,
          SUM(event_count) AS events,
          COUNT(resolution_hours) AS resolved,
          SUM(CASE WHEN assignment_group = 'Unknown' THEN 1 ELSE 0 END) AS groupless
        FROM ${table("fact_incidents")}`,
      ),
    ).toEqual([
      { incidents: 24_918, breached: 9_115, events: 141_712, resolved: 24_918 - 1_556, groupless: 2_157 },
    ]);
  });

  // The raw table is not read again: staging shows every column of it, and reading takes longer than building.
  test.each(Object.keys(TABLES).filter((name) => !name.startsWith("raw.")))(
    "%s is the same on all engines",
    async (name) => {
      const digests = await Promise.all(
        ENGINES.map((engine) => built.get(engine.name)!.warehouse.digest(name)),
      );
      expect(new Set(digests).size, digests.join("\n")).toBe(1);
    },
  );
});
