import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY } from "../../seeds/helpdesk/calendar.js";
import { onEngine, Warehouse } from "../examples/example-project.js";
import { sla } from "../functional/cli.js";
import { ENGINES, schemaName } from "../harness/engines.js";
import { type Bank, bankOf } from "./analyses/bank.js";
import { downtime } from "./analyses/downtime.js";
import type { Row } from "./analyses/exact.js";
import { flow } from "./analyses/flow.js";
import { service } from "./analyses/service.js";
import { facts } from "./facts.js";
import { copyHelpdesk } from "./helpdesk-copy.js";

/** The default bank, and one whose last day has hardly begun: answers and fixes are still under way. */
const BANKS = {
  "10,000 tickets": {},
  "a day in the middle": { tickets: 3000, months: 6, seed: 7, as_of: "2026-06-30 11:15:11" },
};

const TABLES = [
  "observed_days",
  "ticket_volume_daily",
  "backlog_daily",
  "repeat_incidents",
  "mttr_by_team",
  "mttr_by_system",
  "breach_rate_monthly",
  "first_response_monthly",
  "outage_intervals",
  "uptime_daily",
  "uptime_monthly",
];

const text = (rows: readonly object[]) =>
  rows
    .map((row) =>
      JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))),
    )
    .sort();

describe.each(Object.entries(BANKS))("the analyses of %s", (name, variables) => {
  let bank: Bank;
  let expected: Record<string, Row[]>;
  beforeAll(async () => {
    bank = await bankOf(variables);
    expected = { ...flow(bank), ...service(bank), ...downtime(bank) };
  });

  describe.each(ENGINES)("on $name", (engine) => {
    let warehouse: Warehouse;
    beforeAll(async () => {
      const dir = copyHelpdesk();
      const schema = engine.type === "duckdb" ? "sla" : schemaName(`analyses${name.length}_${engine.name}`);
      const { args, env } = onEngine(engine, schema);
      const rest = [...args, "--vars", JSON.stringify(variables)];
      for (const command of [["seed"], ["run", "--select", "+path:models/analysis"]]) {
        const result = await sla(dir, [...command, ...rest], { env });
        expect(result.code, `${result.stdout}\n${result.stderr}`).toBe(0);
      }
      warehouse = await Warehouse.open(engine, schema, join(dir, "warehouse.duckdb"));
    }, 120_000);
    afterAll(() => warehouse.close());

    it.each(TABLES)("%s is what the raw rows give without SQL", async (table) => {
      const found = text(await warehouse.rows(`analysis.${table}`));
      const wanted = text(expected[table]!);
      const [theirs, ours] = [new Set(found), new Set(wanted)];
      const missing = wanted.filter((row) => !theirs.has(row));
      const unexpected = found.filter((row) => !ours.has(row));
      expect({ missing: missing.slice(0, 3), unexpected: unexpected.slice(0, 3) }).toEqual({
        missing: [],
        unexpected: [],
      });
      expect(found.length).toBe(wanted.length);
    });

    it("finds what the seeds say is there", async () => {
      const known = facts(bank.tickets, bank.asOf);
      const one = async (sql: (table: (name: string) => string) => string) =>
        (await warehouse.query(sql))[0]!;
      const breaches = await one(
        (table) =>
          `SELECT SUM(breached) AS above, SUM(resolved) AS below FROM ${table("analysis.breach_rate_monthly")} WHERE priority = 'All'`,
      );
      expect(Number(breaches.above) / Number(breaches.below)).toBeCloseTo(known.breachShare, 10);
      const repeats = await one((table) => `SELECT COUNT(*) AS n FROM ${table("analysis.repeat_incidents")}`);
      expect(Number(repeats.n) / bank.tickets.length).toBeCloseTo(known.repeatShare, 10);
      const overlap = await one(
        (table) =>
          `SELECT SUM(reported_minutes) AS above, SUM(outage_minutes) AS below FROM ${table("analysis.outage_intervals")}`,
      );
      expect(Number(overlap.above) / Number(overlap.below)).toBeCloseTo(known.outageOverlap, 4);
      expect(Number(overlap.above)).toBeGreaterThan(1.2 * Number(overlap.below));
      const uptime = await warehouse.query(
        (table) =>
          `SELECT system_code, SUM(outage_minutes) AS above, SUM(clock_minutes) AS below FROM ${table("analysis.uptime_daily")} GROUP BY system_code`,
      );
      const lowest = Math.min(...uptime.map((row) => 1 - Number(row.above) / Number(row.below)));
      expect(lowest).toBeCloseTo(known.uptime.lowest, 7);
      expect(lowest).toBeGreaterThan(0.995);
      expect(lowest).toBeLessThan(0.9995);
    });
  });

  it("have cases of everything that is easily got wrong", () => {
    const { outage_intervals, uptime_daily, repeat_incidents, backlog_daily, observed_days } =
      expected as Record<string, Row[]>;
    expect(outage_intervals!.some((row) => row.started_date !== row.ended_date)).toBe(true);
    expect(outage_intervals!.some((row) => Number(row.tickets) > 1)).toBe(true);
    expect(uptime_daily!.some((row) => Number(row.down_minutes) < Number(row.outage_minutes))).toBe(true);
    expect(repeat_incidents!.some((row) => Number(row.chain_position) > 2)).toBe(true);
    expect(backlog_daily!.at(-1)!.overdue_at_end).toBeGreaterThan(0);
    if (Object.hasOwn(variables, "as_of")) {
      const month = expected.first_response_monthly!.at(-1)!.month_start_date;
      const last = expected.first_response_monthly!.filter((row) => row.month_start_date === month);
      const unanswered = last.map((row) => Number(row.tickets) - Number(row.answered));
      expect(unanswered[0]).toBeGreaterThan(1);
      // Of those that nobody has answered, some are late and some are not.
      expect(last.some((row) => Number(row.in_time) + Number(row.late) > Number(row.answered))).toBe(true);
      expect(last.some((row) => Number(row.in_time) + Number(row.late) < Number(row.tickets))).toBe(true);
    }
    expect(observed_days!.length).toBe(Math.ceil((bank.asOf - bank.days[0]!) / DAY));
  });
});
