import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Row } from "../../src/manifest/index.js";
import { DUCKDB, PredictionProject } from "./prediction-project.js";

// Whole builds, several a test, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 480_000 });

/** Known at creation and a feature, or what tells tickets and months apart. */
const FEATURES = [
  "ticket_id",
  "priority",
  "system_code",
  "category",
  "channel",
  "team_code",
  "created_hour",
  "created_weekday",
  "created_date",
  "due_at",
];
/** The outcome, from which earlier months are learnt. */
const OUTCOME = ["is_open", "is_overdue", "sla_breached"];

type Table = (name: string) => string;

/** Every column but these goes, together with the others, from each ticket to another one. */
function shuffleAllBut(columns: readonly string[], all: readonly string[]) {
  const others = all.filter((column) => !columns.includes(column));
  const list = (of: readonly string[], from: string) => of.map((column) => `${from}.${column}`).join(", ");
  return [
    (table: Table) =>
      `CREATE OR REPLACE TABLE shuffled AS
       SELECT ${list(columns, "kept")}, ${list(others, "other")}
       FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY ticket_id) AS n FROM ${table("fact_tickets")}) AS kept
       INNER JOIN (SELECT *, ROW_NUMBER() OVER (ORDER BY hash(ticket_id)) AS n FROM ${table("fact_tickets")}) AS other ON kept.n = other.n`,
    (table: Table) => `DELETE FROM ${table("fact_tickets")}`,
    (table: Table) => `INSERT INTO ${table("fact_tickets")} BY NAME SELECT * FROM shuffled`,
    () => "DROP TABLE shuffled",
  ];
}

/** By ticket, what the model said. */
const said = (rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.ticket_id, [row.model_probability, row.main_reasons]]));

describe("what becomes known after creation", () => {
  let project: PredictionProject;
  let before: Awaited<ReturnType<PredictionProject["tables"]>>;
  let columns: string[];
  beforeAll(async () => {
    project = await PredictionProject.build(DUCKDB);
    before = await project.tables();
    columns = (await project.open((warehouse) => warehouse.contents())).fact_tickets!;
  });

  it("changes nothing: all of it shuffled, model, metrics, calibration and scores are the same to the bit", async () => {
    expect(columns.length - FEATURES.length - OUTCOME.length).toBeGreaterThan(15);
    const loss = (table: Table) =>
      `SELECT SUM(estimated_financial_loss * ticket_id) AS s FROM ${table("fact_tickets")}`;
    const sum = await project.open((warehouse) => warehouse.query(loss));
    await project.change(...shuffleAllBut([...FEATURES, ...OUTCOME], columns));
    expect(await project.open((warehouse) => warehouse.query(loss))).not.toEqual(sum);
    await project.predict();
    const after = await project.tables();
    for (const table of ["breach_model", "breach_model_metrics", "breach_model_calibration"] as const) {
      expect(after[table]).toEqual(before[table]);
    }
    // The list shows what a ticket's status is now, and that was shuffled, too.
    const without = (rows: readonly Row[]) => rows.map((row) => ({ ...row, status: null, created_at: null }));
    expect(without(after.breach_scores)).toEqual(without(before.breach_scores));
  });

  it("the outcomes of later months change no probability, only what is measured", async () => {
    await project.change(
      (table) =>
        `UPDATE ${table("fact_tickets")} SET sla_breached = 1 - sla_breached WHERE created_date >= DATE '2026-01-01' AND is_open = 0`,
    );
    await project.predict();
    const after = await project.tables();
    expect(after.breach_model).toEqual(before.breach_model);
    expect(said(after.breach_scores)).toEqual(said(before.breach_scores));
    expect(after.breach_model_metrics).not.toEqual(before.breach_model_metrics);
  });

  it("and the check can fail: a feature shuffled, or the outcomes of earlier months, change them", async () => {
    await project.change(
      (table) =>
        `UPDATE ${table("fact_tickets")} SET sla_breached = 1 - sla_breached WHERE ticket_id % 50 = 0 AND is_open = 0`,
    );
    await project.predict();
    const outcomes = await project.tables();
    expect(outcomes.breach_model).not.toEqual(before.breach_model);
    await project.change(
      ...shuffleAllBut([...FEATURES.filter((name) => name !== "category"), ...OUTCOME], columns),
    );
    await project.predict();
    expect(said((await project.tables()).breach_scores)).not.toEqual(said(outcomes.breach_scores));
  });
});
