import { join } from "node:path";
import { expect, it } from "vitest";
import { artifactFaults } from "../artifacts/found.js";
import { onEngine, Warehouse } from "../examples/example-project.js";
import { sla } from "../functional/cli.js";
import { ENGINES, type Engine, schemaName } from "../harness/engines.js";
import { copyHelpdesk } from "./helpdesk-copy.js";

const DAYS = ["2026-06-01", "2026-06-02", "2026-06-09"];

/** Builds one export after the other into one warehouse, and runs `look` on it. */
async function play(
  engine: Engine,
  name: string,
  days: readonly string[],
  look: (warehouse: Warehouse) => Promise<string[][]>,
): Promise<string[][]> {
  const dir = copyHelpdesk();
  const schema = schemaName(`${name}_${engine.name}`);
  const { args, env } = onEngine(engine, schema);
  for (const day of days) {
    const vars = `{facts: incremental, tickets: 1500, months: 6, as_of: "${day} 00:00:00"}`;
    // One build alone leaves what is looked at on every engine: its artifacts, too.
    const others =
      days.length > 1
        ? []
        : [
            ["docs", "generate"],
            ["source", "freshness"],
          ];
    for (const command of [["build"], ...others]) {
      const result = await sla(dir, [...command, ...args, "--vars", vars], { env });
      expect(result.code, `${result.stdout}\n${result.stderr}`).toBe(0);
    }
  }
  if (days.length === 1) expect(artifactFaults(join(dir, "target"))).toEqual([]);
  const warehouse = await Warehouse.open(
    engine,
    engine.type === "duckdb" ? "sla" : schema,
    join(dir, "warehouse.duckdb"),
  );
  try {
    return await look(warehouse);
  } finally {
    await warehouse.close();
  }
}

const text = (rows: readonly object[]) =>
  rows.map((row) => JSON.stringify(row, (_, value) => (typeof value === "bigint" ? String(value) : value)));

it.each(ENGINES)(
  "day by day, the facts are those of a build of the last day, and the snapshot knows the days between, on $name",
  async (engine) => {
    const facts = (warehouse: Warehouse) =>
      warehouse.query((table) => `SELECT * FROM ${table("fact_tickets")} ORDER BY ticket_id`);
    const [played, history, spans] = (await play(engine, "played", DAYS, async (warehouse) => [
      text(await facts(warehouse)),
      // Of each ticket one version is current, and its status is the fact's.
      text(
        await warehouse.query(
          (table) =>
            `SELECT f.ticket_id FROM ${table("fact_tickets")} AS f LEFT JOIN ${table("snapshots.ticket_status")} AS s ON s.ticket_id = f.ticket_id AND s.dbt_valid_to IS NULL AND s.status = f.status WHERE s.ticket_id IS NULL`,
        ),
      ),
      text(
        await warehouse.query(
          (table) =>
            `SELECT DISTINCT dbt_valid_from, dbt_valid_to FROM ${table("snapshots.ticket_status")} ORDER BY 1, 2`,
        ),
      ).map((row) => row.replace(/[^0-9n:-]/g, " ").replace(/\s+/g, " ")),
    ])) as [string[], string[], string[]];
    const [whole] = (await play(engine, "whole", DAYS.slice(-1), async (warehouse) => [
      text(await facts(warehouse)),
    ])) as [string[]];
    expect(played.length).toBeGreaterThan(1000);
    expect(played).toEqual(whole);
    expect(history).toEqual([]);
    const [first, second, third] = DAYS;
    const joined = spans.join("\n");
    for (const [from, to] of [
      [first, second],
      [first, third],
      [second, third],
    ]) {
      expect(joined).toMatch(new RegExp(`${from} .*${to} `));
    }
  },
  600_000,
);

it.each(ENGINES)(
  "another bank takes the place of the first in the same warehouse, on $name",
  async (engine) => {
    const dir = copyHelpdesk();
    const schema = schemaName(`other_${engine.name}`);
    const { args, env } = onEngine(engine, schema);
    for (const vars of ["{tickets: 1500, months: 6}", "{tickets: 600, months: 6, seed: 43}"]) {
      const result = await sla(dir, ["build", ...args, "--vars", vars], { env });
      expect(result.code, `${result.stdout}\n${result.stderr}`).toBe(0);
    }
    const { stdout } = await sla(
      dir,
      ["show", ...args, "--output=json", "--inline", 'SELECT COUNT(*) AS n FROM {{ref "fact_tickets"}}'],
      { env },
    );
    expect(JSON.parse(stdout)).toEqual([{ n: 600 }]);
  },
);
