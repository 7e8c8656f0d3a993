import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { DUCKDB, PredictionProject } from "./prediction-project.js";

// Whole builds, several a test, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 480_000 });

const total = async (project: PredictionProject, split: string) =>
  (await project.tables()).breach_model_metrics.find((row) => row.split === split && row.period === "all")!;

describe("other banks", () => {
  it.each([
    { tickets: 10_000, seed: 7 },
    { tickets: 2_000 },
    { tickets: 300 },
    { tickets: 300, months: 1 },
    { tickets: 1 },
  ])(
    "$tickets tickets (seed $seed, months $months) build, and all tests of the prediction pass",
    async (vars) => {
      const project = await PredictionProject.build(DUCKDB, vars);
      await project.succeed(["test", "--select", "path:models/prediction"]);
      const test = await total(project, "test");
      const train = await total(project, "train");
      expect((test.n as number) + (train.n as number)).toBeGreaterThan(0.9 * vars.tickets - 1);
      if (vars.tickets >= 2_000) {
        expect(test.auc as number).toBeGreaterThan(0.7);
        expect(test.auc as number).toBeGreaterThan(test.baseline_auc as number);
      }
      // A few breaches say too little to hold an AUC to a floor.
      expect(test.auc_floor === null).toBe((test.breaches as number) < 200);
      expect(readFileSync(join(project.dir, "target", "exports", "breach_model.md"), "utf8")).toContain(
        "## Limits of use",
      );
    },
  );
});

describe("turns that a bank may take", () => {
  it("none open: an empty list; a new system: its tickets count as rare ones; no breach: one probability for all", async () => {
    const project = await PredictionProject.build(DUCKDB, { tickets: 2_000 });
    const open = await project.open((warehouse) =>
      warehouse.query(
        (table) => `SELECT MAX(ticket_id) AS id FROM ${table("fact_tickets")} WHERE is_open = 1`,
      ),
    );
    const id = open[0]!.id as number;

    await project.change(
      (table) =>
        `INSERT INTO ${table("dim_systems")} BY NAME SELECT * REPLACE ('NEW' AS system_code, 'Instant Payments' AS system_name) FROM ${table("dim_systems")} WHERE system_code = 'CBS'`,
      (table) => `UPDATE ${table("fact_tickets")} SET system_code = 'NEW' WHERE ticket_id = ${id}`,
    );
    await project.predict();
    const tables = await project.tables();
    const row = tables.breach_scores.find(({ ticket_id }) => ticket_id === id)!;
    expect(row.system_name).toBe("Instant Payments");
    expect(tables.breach_model.some(({ level }) => level === "Instant Payments")).toBe(false);
    const logOdds = ["(intercept) (intercept)", "system_name (unseen)"]
      .concat(
        ["priority", "category", "channel", "team_name"].map((name) => `${name} ${row[name]}`),
        [`created_hour ${String(row.created_at).slice(11, 13)}`],
        [
          `created_weekday ${["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][new Date(`${row.created_at}Z`).getUTCDay()]}`,
        ],
      )
      .map(
        (name) =>
          tables.breach_model.find(({ feature, level }) => `${feature} ${level}` === name)!
            .coefficient as number,
      )
      .reduce((sum, one) => sum + one, 0);
    expect(row.model_probability).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 12);

    await project.change(
      (table) => `UPDATE ${table("fact_tickets")} SET sla_breached = 0, is_overdue = 0, is_open = 0`,
    );
    await project.predict();
    const none = await project.tables();
    expect(none.breach_scores).toEqual([]);
    const intercepts = none.breach_model.filter(({ coefficient }) => coefficient !== 0);
    expect(intercepts.length).toBe(1);
    const n = intercepts[0]!.n as number;
    expect(intercepts[0]!.odds_ratio).toBeCloseTo(0.5 / (n + 0.5), 12);
    expect((await total(project, "test")).auc).toBeNull();
    await project.succeed(["test", "--select", "path:models/prediction"]);
  });

  it("trains on a sample where there is more, and says so", async () => {
    const project = await PredictionProject.build(DUCKDB, { tickets: 10_000, breach_sample_rows: 3_000 });
    const tables = await project.tables();
    expect(tables.breach_model.find(({ feature, level }) => feature === level)!.n).toBe(3_000);
    expect((await total(project, "train")).n).toBe(7_123);
    expect((await total(project, "test")).auc as number).toBeGreaterThan(0.75);
    expect(readFileSync(join(project.dir, "target", "exports", "breach_model.md"), "utf8")).toContain(
      "Trained on a sample of 3,000 of the earlier tickets",
    );
  });

  it("says which variable is wrong", async () => {
    const project = await PredictionProject.build(DUCKDB, { tickets: 300 });
    const { code, stdout, stderr } = await project.run(["run", "--select", "breach_model"], {
      breach_holdout_months: "half",
    });
    expect(code).toBe(1);
    expect((stdout + stderr).replace(/\s+/g, " ")).toContain(
      'the variable breach_holdout_months is "half"; it should be a whole number from 0',
    );
  });
});
