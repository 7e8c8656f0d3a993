import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Row } from "../../src/manifest/index.js";
import { ENGINES } from "../harness/engines.js";
import { DUCKDB, PredictionProject } from "./prediction-project.js";

// Whole builds, several a test, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 480_000 });

const LATER = fileURLToPath(new URL("./prediction-later.js", import.meta.url));
const SERVER = ENGINES.find(({ type }) => type !== "duckdb");
const OPEN = `SELECT COUNT(*) AS n, SUM(CASE WHEN fix_type IS NOT NULL THEN 1 ELSE 0 END) AS fixed, SUM(sla_breached) AS breached,
  SUM(first_response_minutes * ticket_id) AS responses, SUM(estimated_financial_loss * ticket_id) AS losses`;

/** Replaces a piece of a file that must be there. */
function edit(dir: string, path: string, from: string, to: string): void {
  const file = join(dir, path);
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
}

/** The export of the copy gives to other tickets what is known after creation: what stays and what goes is in `prediction-later.ts`. */
function shuffleLater(dir: string): void {
  edit(
    dir,
    "seeds/helpdesk.ts",
    "import ",
    `import { laterShuffled } from ${JSON.stringify(LATER)};\nimport `,
  );
  edit(
    dir,
    "seeds/helpdesk.ts",
    "generateHelpdesk(helpdeskOptions(vars))",
    "laterShuffled(generateHelpdesk(helpdeskOptions(vars)))",
  );
}

/** One more feature of the model, which the view has from the facts. */
const feature = (sql: string) => (dir: string) => {
  edit(
    dir,
    "models/prediction/breach_features.sql",
    "  known.channel,",
    `  known.channel,\n  ${sql} AS leak,`,
  );
  edit(
    dir,
    "models/prediction/breach/features.ts",
    '{ name: "channel",',
    '{ name: "leak", words: String },\n  { name: "channel",',
  );
};

/** Ways in which something known later could get in: as a feature, or in what a feature is made of, on any floor. */
const LEAKS: Record<string, (dir: string) => void> = {
  "the fix as a feature": feature("COALESCE(known.fix_type, 'none')"),
  "the minutes to the first answer as a feature": feature(
    "CASE WHEN known.first_response_minutes < 15 THEN 'soon' ELSE 'late' END",
  ),
  "the business impact as a feature": feature("CAST(known.has_business_impact AS CHAR)"),
  "an hour of creation that the facts take from the closing": (dir) =>
    edit(dir, "models/star/fact_tickets.sql", "HOUR(created_at)", "HOUR(aged_until)"),
  "a category that staging takes from the status": (dir) =>
    edit(dir, "models/staging/stg_tickets.sql", '{{capitalised "category"}}', '{{capitalised "status"}}'),
};

type Tables = Awaited<ReturnType<PredictionProject["tables"]>>;

// The list shows what a ticket's status is now, and that was shuffled, too.
const scores = (tables: Tables) => tables.breach_scores.map((row: Row) => ({ ...row, status: null }));

/** By ticket, what the model said. */
const said = (rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.ticket_id, [row.model_probability, row.main_reasons]]));

describe.each([DUCKDB, ...(SERVER ? [SERVER] : [])])(
  "what becomes known after creation, on $name",
  (engine) => {
    let project: PredictionProject;
    let shuffled: PredictionProject;
    let before: Tables;
    beforeAll(async () => {
      project = await PredictionProject.build(engine, { later: "as_exported" });
      shuffled = await PredictionProject.build(engine, { later: "shuffled" }, shuffleLater);
      before = await project.tables();
    });

    const facts = (of: PredictionProject, where: string) =>
      of.open((warehouse) =>
        warehouse.query((table) => `${OPEN} FROM ${table("fact_tickets")} WHERE ${where}`),
      );

    it("is shuffled in the export: as many tickets are open, and know things that no open ticket knows", async () => {
      const [is] = await facts(project, "is_open = 1");
      const [now] = await facts(shuffled, "is_open = 1");
      expect(now!.n).toBe(is!.n);
      expect(Number(is!.fixed)).toBe(0);
      expect(Number(now!.fixed)).toBeGreaterThan(Number(now!.n) / 2);
      expect(Number(now!.breached)).toBeGreaterThan(0);
      const [resolved] = await facts(project, "is_open = 0");
      const [others] = await facts(shuffled, "is_open = 0");
      expect(others!.breached).toEqual(resolved!.breached);
      for (const column of ["fixed", "responses", "losses"])
        expect(others![column]).not.toEqual(resolved![column]);
    });

    it("changes nothing: model, metrics, calibration and scores are the same to the bit", async () => {
      const after = await shuffled.tables();
      expect(before.breach_scores.length).toBeGreaterThan(50);
      for (const table of ["breach_model", "breach_model_metrics", "breach_model_calibration"] as const) {
        expect(after[table]).toEqual(before[table]);
      }
      expect(scores(after)).toEqual(scores(before));
    });

    // On one engine: what leaks is the project's doing, not the engine's.
    it.runIf(engine === DUCKDB).each(Object.keys(LEAKS))("and the check can fail: %s", async (leak) => {
      const [one, other] = await Promise.all(
        [project, shuffled].map(async (of) => {
          const restore = of.keep("models");
          LEAKS[leak]!(of.dir);
          await of.succeed(["run", "--select", "+path:models/prediction"]);
          restore();
          return of.tables();
        }),
      );
      expect(said(one!.breach_scores)).not.toEqual(said(other!.breach_scores));
      expect(one!.breach_model).not.toEqual(other!.breach_model);
    });
  },
);

describe("outcomes", () => {
  let project: PredictionProject;
  let before: Tables;
  beforeAll(async () => {
    project = await PredictionProject.build(DUCKDB);
    before = await project.tables();
  });

  it("of later months change no probability, only what is measured", async () => {
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

  it("of earlier months change them: the check can fail", async () => {
    await project.change(
      (table) =>
        `UPDATE ${table("fact_tickets")} SET sla_breached = 1 - sla_breached WHERE ticket_id % 50 = 0 AND is_open = 0`,
    );
    await project.predict();
    const after = await project.tables();
    expect(after.breach_model).not.toEqual(before.breach_model);
    expect(said(after.breach_scores)).not.toEqual(said(before.breach_scores));
  });
});
