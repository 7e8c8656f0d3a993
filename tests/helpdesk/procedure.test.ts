import { join } from "node:path";
import mysql from "mysql2/promise";
import { beforeAll, describe, expect, it } from "vitest";
import { onEngine, Warehouse } from "../examples/example-project.js";
import { sla } from "../functional/cli.js";
import { ENGINES, type Engine, schemaName } from "../harness/engines.js";
import { type Bank, bankOf } from "./analyses/bank.js";
import { facts } from "./facts.js";
import { copyHelpdesk } from "./helpdesk-copy.js";

/** A row of `chronic_issues`, as far as it is counted here. */
interface Chronic {
  month_start_date: string;
  system_code: string;
  tickets: number;
  breaches: number;
  breach_share: number;
  share_of_month: number;
  rank_in_month: number;
  months_in_a_row: number;
  threshold: number;
}

const monthOf = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 7)}-01`;
const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** The same, counted ticket by ticket without SQL. */
function chronic(bank: Bank, threshold: number): Chronic[] {
  const counts = new Map<string, { tickets: number; breaches: number }>();
  const months = new Map<string, number[]>();
  for (const ticket of bank.tickets) {
    const key = `${monthOf(ticket.created)}|${bank.systemCode(ticket)}`;
    const count = counts.get(key) ?? { tickets: 0, breaches: 0 };
    count.tickets += 1;
    if (ticket.closed !== null && ticket.breached) count.breaches += 1;
    counts.set(key, count);
  }
  for (const [key, { breaches }] of counts) {
    const [month] = key.split("|") as [string];
    months.set(month, [...(months.get(month) ?? []), breaches]);
  }
  const found = [...counts].filter(([, { breaches }]) => breaches > threshold);
  const flagged = new Set(found.map(([key]) => key));
  return found.map(([key, { tickets, breaches }]) => {
    const [month, system] = key.split("|") as [string, string];
    const others = months.get(month)!;
    let row = 1;
    for (let number = monthNumber(month) - 1; ; number--, row++) {
      const before = `${Math.floor((number - 1) / 12)}-${String(((number - 1) % 12) + 1).padStart(2, "0")}-01`;
      if (!flagged.has(`${before}|${system}`)) break;
    }
    return {
      month_start_date: month,
      system_code: system,
      tickets,
      breaches,
      breach_share: round(breaches / tickets),
      share_of_month: round(breaches / others.reduce((sum, count) => sum + count, 0)),
      rank_in_month: 1 + others.filter((count) => count > breaches).length,
      months_in_a_row: row,
      threshold,
    };
  });
}

const sorted = (rows: readonly object[]): string[] =>
  rows
    .map((row) =>
      JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))),
    )
    .sort();

describe.each(ENGINES)("flag_chronic_issues on $name", (engine: Engine) => {
  const schema = engine.type === "duckdb" ? "sla" : schemaName(`chronic_${engine.name}`);
  const { args, env } = onEngine(engine, schema);
  const dir = copyHelpdesk();
  let bank: Bank;

  const run = async (...command: string[]): Promise<string> => {
    const result = await sla(dir, [...command, ...args], { env });
    expect(result.code, `${result.stdout}\n${result.stderr}`).toBe(0);
    return result.stdout;
  };
  const rows = async () => {
    const warehouse = await Warehouse.open(engine, schema, join(dir, "warehouse.duckdb"));
    try {
      const found = await warehouse.rows("analysis.chronic_issues");
      return sorted(found.map(({ system_name, owner_team_code, ...row }) => row));
    } finally {
      await warehouse.close();
    }
  };

  beforeAll(async () => {
    bank = await bankOf({});
    await run("seed");
    await run("run", "--select", "+flag_chronic_issues", "+dim_dates");
  }, 120_000);

  it("finds what a count of the raw tickets finds", async () => {
    const wanted = chronic(bank, 10);
    expect(await rows()).toEqual(sorted(wanted));
    const known = facts(bank.tickets, bank.asOf);
    expect(new Set(wanted.map((row) => row.system_code)).size).toBe(known.chronicSystems);
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.some((row) => row.months_in_a_row > 1)).toBe(true);
  });

  it("looks closer when it is called by hand, and passes its tests", async () => {
    const said = await run("call", "flag_chronic_issues", "--threshold", "5");
    const wanted = chronic(bank, 5);
    expect(said).toContain(`CALL flag_chronic_issues(5): ${wanted.length} rows`);
    expect(said).toContain("ERROR=0");
    expect(await rows()).toEqual(sorted(wanted));
  });

  it.runIf(engine.type === "mysql")("gives the same rows to any client that calls it", async () => {
    await run("run", "--select", "flag_chronic_issues");
    const byNode = await rows();
    const { host, port, user, password } = engine.server!;
    const bare = await mysql.createConnection({ host, port, user, password, database: `${schema}_analysis` });
    try {
      await bare.query("CALL flag_chronic_issues(3)");
      expect(await rows()).toEqual(sorted(chronic(bank, 3)));
      await bare.query("CALL flag_chronic_issues(10)");
    } finally {
      await bare.end();
    }
    expect(await rows()).toEqual(byNode);
  });
});
