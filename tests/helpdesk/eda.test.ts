import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Row } from "../../src/adapters/index.js";
import { onEngine, Warehouse } from "../examples/example-project.js";
import { sla } from "../functional/cli.js";
import { ENGINES, type Engine, SERVERS, schemaName } from "../harness/engines.js";
import { type CleanTicket, cleaned, rawTables } from "./cleaned.js";
import { copyHelpdesk } from "./helpdesk-copy.js";

const DUCKDB = ENGINES.find((engine) => engine.type === "duckdb")!;
const TABLES = ["eda_pareto", "eda_hourly", "eda_daily", "eda_mttr_team", "eda_mttr_system"] as const;
const DAY = 86_400;

interface Built {
  dir: string;
  tables: Record<(typeof TABLES)[number], Row[]>;
  files: Record<string, Buffer>;
}

const open: Warehouse[] = [];
afterAll(() => Promise.all(open.map((warehouse) => warehouse.close())));

async function build(engine: Engine, schema: string, vars = "{}", dir = copyHelpdesk()): Promise<Built> {
  const { args, env } = onEngine(engine, schema);
  const select = ["--select", "+path:models/eda", "--indirect-selection", "cautious"];
  const result = await sla(dir, ["build", ...args, ...select, "--no-reuse", "--vars", vars], { env });
  expect(result.code, `${result.stdout}\n${result.stderr}`).toBe(0);
  const warehouse = await Warehouse.open(
    engine,
    engine.type === "duckdb" ? "sla" : schema,
    join(dir, "warehouse.duckdb"),
  );
  const tables = {} as Built["tables"];
  for (const table of TABLES) tables[table] = await warehouse.rows(`analysis.${table}`);
  await warehouse.close();
  return { dir, tables, files: exports(dir) };
}

function exports(dir: string): Record<string, Buffer> {
  const folder = join(dir, "target", "exports");
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
const text = (value: unknown) => String(value).toUpperCase();
const hourOf = (time: number) => Math.floor((time % DAY) / 3600);
/** Monday is 0: the first of January 1970 was a Thursday. */
const weekdayOf = (time: number) => (Math.floor(time / DAY) + 3) % 7;
const dayOf = (time: number) => new Date(time * 1000).toISOString().slice(0, 10);
const hoursOf = (ticket: CleanTicket) => round((ticket.closed! - ticket.created) / 3600, 4);

/** Linear interpolation between the closest ranks. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
}

/** What the tables must say, from the raw rows, without SQL and without Arquero. */
function expectPlain({ tables }: Built, tickets: readonly CleanTicket[], asOf: number): void {
  const by = (key: (ticket: CleanTicket) => string) => {
    const groups = new Map<string, CleanTicket[]>();
    for (const ticket of tickets) groups.set(key(ticket), [...(groups.get(key(ticket)) ?? []), ticket]);
    return groups;
  };
  const n = tickets.length;

  const systems = by((ticket) => ticket.system);
  const pareto = [...tables.eda_pareto].sort((a, b) => Number(a.rank) - Number(b.rank));
  expect(pareto.map((row) => row.rank)).toEqual(pareto.map((_, at) => at + 1));
  let reached = 0;
  for (const [at, row] of pareto.entries()) {
    const count = systems.get(text(row.system_name))?.length ?? 0;
    const before = reached;
    reached += count;
    expect(row.tickets, String(row.system_name)).toBe(count);
    expect(row.share).toBeCloseTo(count / n, 6);
    expect(row.cumulative_share).toBeCloseTo(reached / n, 6);
    expect(row.is_vital).toBe(before < 0.8 * n ? 1 : 0);
    if (at > 0) expect(count).toBeLessThanOrEqual(Number(pareto[at - 1]!.tickets));
  }
  expect(reached).toBe(n);

  const slots = new Map<string, number>();
  const finished = new Map<string, number>();
  const over = Math.floor(asOf / DAY) * DAY;
  for (const { created } of tickets) {
    const slot = `${weekdayOf(created)} ${hourOf(created)}`;
    slots.set(slot, (slots.get(slot) ?? 0) + 1);
    if (created < over) finished.set(slot, (finished.get(slot) ?? 0) + 1);
  }
  const first =
    Math.floor(tickets.reduce((least, { created }) => Math.min(least, created), asOf) / DAY) * DAY;
  const weekdays = [0, 0, 0, 0, 0, 0, 0];
  for (let day = first; day < over; day += DAY) weekdays[weekdayOf(day)]!++;
  expect(tables.eda_hourly).toHaveLength(168);
  for (const row of tables.eda_hourly) {
    const slot = `${row.weekday} ${row.hour}`;
    expect(row.tickets, slot).toBe(slots.get(slot) ?? 0);
    expect(row.share).toBeCloseTo((slots.get(slot) ?? 0) / n, 6);
    expect(row.tickets_per_day).toBeCloseTo((finished.get(slot) ?? 0) / weekdays[Number(row.weekday)]!, 4);
  }

  const days = by((ticket) => dayOf(ticket.created));
  const daily = [...tables.eda_daily].sort((a, b) => (String(a.date_day) < String(b.date_day) ? -1 : 1));
  const expected: string[] = [];
  for (let day = first; day < asOf; day += DAY) expected.push(dayOf(day));
  expect(daily.map((row) => row.date_day)).toEqual(expected);
  const counts = expected.map((day) => days.get(day)?.length ?? 0);
  for (const [at, row] of daily.entries()) {
    const complete = first + (at + 1) * DAY <= asOf;
    expect(row.tickets, String(row.date_day)).toBe(counts[at]);
    expect(row.is_complete).toBe(complete ? 1 : 0);
    if (at < 6 || !complete) expect(row.rolling_mean).toBeNull();
    else {
      const week = counts.slice(at - 6, at + 1).reduce((sum, count) => sum + count, 0);
      expect(row.rolling_mean).toBeCloseTo(week / 7, 6);
    }
  }

  for (const [table, key] of [
    ["eda_mttr_team", "team"],
    ["eda_mttr_system", "system"],
  ] as const) {
    const groups = by((ticket) => ticket[key]);
    let resolved = 0;
    for (const row of tables[table]) {
      const hours = (groups.get(text(row[`${key}_name`])) ?? [])
        .filter((ticket) => ticket.closed !== null)
        .map(hoursOf)
        .sort((a, b) => a - b);
      resolved += hours.length;
      expect(row.tickets, String(row[`${key}_name`])).toBe(hours.length);
      if (hours.length === 0) {
        expect([row.mean_hours, row.median_hours, row.p90_hours]).toEqual([null, null, null]);
        continue;
      }
      const mean = hours.reduce((sum, value) => sum + value, 0) / hours.length;
      expect(Math.abs(Number(row.mean_hours) - mean)).toBeLessThan(6e-5);
      expect(Math.abs(Number(row.median_hours) - quantile(hours, 0.5))).toBeLessThan(6e-5);
      expect(Math.abs(Number(row.p90_hours) - quantile(hours, 0.9))).toBeLessThan(6e-5);
    }
    expect(resolved).toBe(tickets.filter((ticket) => ticket.closed !== null).length);
  }
}

describe("what the data say", () => {
  let built: Built;
  let tickets: CleanTicket[];
  beforeAll(async () => {
    built = await build(DUCKDB, "sla");
    tickets = cleaned(await rawTables({}));
  }, 120_000);

  it("equals a second computation over the raw rows", () => {
    expectPlain(built, tickets, Date.UTC(2026, 6, 1) / 1000);
  });

  it("equals it for another bank, on a day that is not over", async () => {
    const vars = { seed: 7, tickets: 1500, months: 9, as_of: "2026-06-17 13:30:00" };
    const other = await build(DUCKDB, "sla", JSON.stringify(vars));
    expectPlain(other, cleaned(await rawTables(vars)), Date.UTC(2026, 5, 17, 13, 30) / 1000);
    expect(other.files["eda_daily.svg"]!.toString()).toContain("stroke-dasharray");
  }, 120_000);

  it("finds what the seeder is documented to put there", () => {
    const { eda_pareto, eda_hourly, eda_daily, eda_mttr_team } = built.tables;
    const vital = eda_pareto.filter((row) => Number(row.rank) <= 5);
    const share = vital.reduce((sum, row) => sum + Number(row.share), 0);
    expect(share).toBeGreaterThan(0.76);
    expect(share).toBeLessThan(0.84);
    const hours = Array.from({ length: 24 }, (_, hour) =>
      eda_hourly
        .filter((row) => row.hour === hour && Number(row.weekday) < 5)
        .reduce((sum, row) => sum + Number(row.tickets), 0),
    );
    expect(hours[10]).toBeGreaterThan(1.25 * hours[12]!);
    expect(Math.max(hours[14]!, hours[15]!)).toBeGreaterThan(1.25 * hours[12]!);
    expect(hours.indexOf(Math.min(...hours))).toBeLessThan(5);
    const daily = [...eda_daily].sort((a, b) => (String(a.date_day) < String(b.date_day) ? -1 : 1));
    const sum = (rows: Row[]) => rows.reduce((total, row) => total + Number(row.tickets), 0);
    expect(sum(daily.slice(-365)) / sum(daily.slice(0, 365))).toBeGreaterThan(1.1);
    const mean = (name: string) => Number(eda_mttr_team.find((row) => row.team_name === name)!.mean_hours);
    expect(mean("Identity & Access")).toBeCloseTo(14.6, 1);
    expect(mean("Field Services")).toBeCloseTo(42.5, 1);
  });

  it("stands in the CSV files, in the order of the question", () => {
    for (const table of TABLES) {
      const lines = built.files[`${table}.csv`]!.toString().split("\r\n");
      expect(lines.pop()).toBe("");
      const names = lines.shift()!.split(",");
      const rows = lines.map((line) => line.split(","));
      const found = built.tables[table].map((row) =>
        names.map((name) => (row[name] === null ? "" : String(row[name]))),
      );
      expect(new Set(rows.map(String))).toEqual(new Set(found.map(String)));
    }
    const column = (table: string, name: string) => {
      const [heading, ...rows] = built.files[`${table}.csv`]!.toString().trim().split("\r\n");
      const at = heading!.split(",").indexOf(name);
      return rows.map((row) => Number(row.split(",")[at]));
    };
    for (const table of ["eda_mttr_team", "eda_mttr_system"])
      expect(column(table, "mean_hours")).toEqual(column(table, "mean_hours").sort((a, b) => b - a));
    expect(column("eda_pareto", "tickets")).toEqual(column("eda_pareto", "tickets").sort((a, b) => b - a));
  });

  it("is on the pictures, with period and number of tickets", () => {
    const period = "1 July 2024 to 30 June 2026";
    for (const table of TABLES) {
      const svg = built.files[`${table}.svg`]!.toString();
      const n = table.includes("mttr") ? "n = 9,932 resolved tickets" : "n = 10,000";
      expect(svg, table).toContain(`${period}, ${n}`);
      expect(svg).toContain(`Source: analysis.${table}`);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      expect(built.files[`${table}.png`]!.subarray(1, 4).toString()).toBe("PNG");
    }
    expect(built.files["eda_pareto.svg"]!.toString()).toContain(
      "5 of 25 systems (20 %) cause 81.3 % of the tickets",
    );
    for (const { system_name: name } of built.tables.eda_mttr_system)
      expect(built.files["eda_mttr_system.svg"]!.toString()).toContain(
        `>${String(name).replace("&", "&amp;")}</text>`,
      );
  });

  it("is the same, byte for byte, in a second run", async () => {
    const again = await build(DUCKDB, "sla", "{}", built.dir);
    expect(Object.keys(again.files)).toEqual(Object.keys(built.files));
    expect(Object.keys(again.files)).toHaveLength(15);
    for (const [name, content] of Object.entries(built.files))
      expect(content.equals(again.files[name]!), name).toBe(true);
  }, 120_000);

  it.each(SERVERS)(
    "is the same on $name: tables, CSV and every byte of the pictures",
    async (server) => {
      const other = await build(server, schemaName(`eda_${server.name}`));
      expect(other.tables).toEqual(built.tables);
      for (const [name, content] of Object.entries(built.files))
        expect(content.equals(other.files[name]!), name).toBe(true);
    },
    240_000,
  );

  it("is said to be nothing where there are no tickets", async () => {
    const dir = copyHelpdesk();
    const { args, env } = onEngine(DUCKDB, "sla");
    const result = await sla(dir, ["build", ...args, "--empty", "--select", "+path:models/eda"], { env });
    expect(result.stdout).not.toMatch(/ERROR +table .*eda_/);
    const files = exports(dir);
    expect(Object.keys(files)).toHaveLength(15);
    for (const table of TABLES) expect(files[`${table}.svg`]!.toString(), table).toContain(">No data</text>");
  }, 120_000);
});
