import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { DAY, HOUR, timestamp, weekday } from "../../seeds/helpdesk/calendar.js";
import type { Row } from "../../src/manifest/index.js";
import { ENGINES } from "../harness/engines.js";
import { type CleanTicket, cleaned, rawTables } from "./cleaned.js";
import { areaUnderCurve, fitLogistic } from "./logistic.js";
import { DUCKDB, PREDICTED, PredictionProject } from "./prediction-project.js";

// Whole builds, several a test, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 480_000 });

const AS_OF = Date.UTC(2026, 6, 1) / 1000;
const monthOf = (ticket: CleanTicket) => timestamp(ticket.created).slice(0, 7);
const due = (ticket: CleanTicket) => ticket.created + ticket.limitHours * HOUR;
const isLate = (ticket: CleanTicket) => (ticket.closed ?? Number.POSITIVE_INFINITY) > due(ticket);

/** The features as the raw rows have them, in the spelling of the model's table. */
function levels(ticket: CleanTicket): string[] {
  const { priority, system, category, channel, team, created } = ticket;
  return [
    `priority ${priority}`,
    `system_name ${system}`,
    `category ${category}`,
    `channel ${channel}`,
    `team_name ${team}`,
    `created_hour ${String(Math.floor((created % DAY) / HOUR)).padStart(2, "0")}`,
    `created_weekday ${["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"][weekday(Math.floor(created / DAY))]}`,
  ];
}

/** A second model on the raw rows: other code cleans, encodes and optimises; only what is pooled with what is read from the table. */
function secondModel(training: readonly CleanTicket[], rows: readonly Row[]) {
  const group = new Map(
    rows.map((row) => [
      `${row.feature} ${String(row.level).toUpperCase()}`,
      row.is_reference ? null : `${row.feature} ${row.pooled_as}`,
    ]),
  );
  const columns = new Map<string, number>([["", 0]]);
  const active = (ticket: CleanTicket) => [
    0,
    ...levels(ticket).flatMap((level) => {
      const name = group.get(level);
      if (name === undefined) throw new Error(`${level} is not in the model`);
      if (name === null) return [];
      if (!columns.has(name)) columns.set(name, columns.size);
      return [columns.get(name)!];
    }),
  ];
  const encoded = training.map(active);
  const weights = fitLogistic(encoded, training.map(isLate), columns.size, 1e-9);
  return (ticket: CleanTicket) =>
    1 / (1 + Math.exp(-active(ticket).reduce((sum, n) => sum + weights[n]!, 0)));
}

function quality(tickets: readonly CleanTicket[], probability: (ticket: CleanTicket) => number) {
  const said = tickets.map(probability);
  const came = tickets.map(isLate);
  const mean = (value: (p: number, late: boolean) => number) =>
    said.reduce((sum, p, n) => sum + value(p, came[n]!), 0) / said.length;
  return {
    n: tickets.length,
    breaches: came.filter(Boolean).length,
    auc: areaUnderCurve(said, came),
    log_loss: mean((p, late) => -Math.log(late ? p : 1 - p)),
    brier: mean((p, late) => (p - (late ? 1 : 0)) ** 2),
    mean_probability: mean((p) => p),
  };
}

function expectClose(found: Row, expected: Record<string, number>, name: string): void {
  for (const [column, value] of Object.entries(expected)) {
    expect(Math.abs((found[column] as number) - value), `${column} of ${name}`).toBeLessThan(1e-6);
  }
}

const projects = new Map<string, PredictionProject>();
const built = new Map<string, Record<(typeof PREDICTED)[number], Row[]>>();

describe("the prediction", () => {
  beforeAll(async () => {
    for (const engine of ENGINES) {
      const project = await PredictionProject.build(engine);
      projects.set(engine.name, project);
      built.set(engine.name, await project.tables());
    }
  });
  const tables = () => built.get("duckdb")!;
  const metrics = (split: string, period: string) =>
    tables().breach_model_metrics.find((row) => row.split === split && row.period === period)!;

  it.each(ENGINES.filter((engine) => engine !== DUCKDB))(
    "is the same on $name, to a billionth",
    ({ name }) => {
      for (const table of PREDICTED) {
        const [here, there] = [tables()[table], built.get(name)![table]];
        expect(there.length, table).toBe(here.length);
        expect(here.length).toBeGreaterThan(0);
        here.forEach((row, n) => {
          for (const [column, value] of Object.entries(row)) {
            const other = there[n]![column];
            if (typeof value === "number" && typeof other === "number") {
              expect(Math.abs(value - other), `${table}.${column}`).toBeLessThanOrEqual(1e-9);
            } else expect(other, `${table}.${column}`).toEqual(value);
          }
        });
      }
    },
  );

  it.each(ENGINES)("passes its tests on $name", async ({ name }) => {
    const text = await projects.get(name)!.succeed(["test", "--select", "path:models/prediction"]);
    expect(text).toMatch(/PASS +test +breach_model_reaches_its_auc_floor/);
    expect(text).toMatch(/PASS +test +breach_model_has_converged/);
  });

  it("finds what the seeds promise: AUC of 0.75 to 0.85 in later months, well above the baseline's", () => {
    const { auc, baseline_auc, log_loss, baseline_log_loss } = metrics("test", "all") as Record<
      string,
      number
    >;
    expect(auc).toBeGreaterThan(0.75);
    expect(auc).toBeLessThan(0.85);
    expect(auc! - baseline_auc!).toBeGreaterThan(0.1);
    expect(log_loss!).toBeLessThan(baseline_log_loss!);
  });

  it("has the figures that a second model on the raw rows has, without SQL and without the library", async () => {
    const tickets = cleaned(await rawTables({}));
    const known = tickets.filter((ticket) => due(ticket) < AS_OF);
    const training = known.filter((ticket) => monthOf(ticket) <= "2025-12");
    const later = known.filter((ticket) => monthOf(ticket) > "2025-12");
    const model = secondModel(training, tables().breach_model);

    const shares = new Map<string, number>();
    for (const priority of new Set(training.map((ticket) => ticket.priority))) {
      const own = training.filter((ticket) => ticket.priority === priority);
      shares.set(priority, (own.filter(isLate).length + 0.5) / (own.length + 1));
    }
    const compare = (split: string, period: string, rows: readonly CleanTicket[]) => {
      const found = metrics(split, period);
      expectClose(found, quality(rows, model), `${split} ${period}`);
      const baseline = quality(rows, (ticket) => shares.get(ticket.priority)!);
      expectClose(
        found,
        { baseline_auc: baseline.auc, baseline_log_loss: baseline.log_loss, baseline_brier: baseline.brier },
        `baseline of ${split} ${period}`,
      );
      const warned = rows.filter((ticket) => model(ticket) >= (found.threshold as number) - 1e-9);
      expectClose(
        found,
        {
          true_positives: warned.filter(isLate).length,
          false_positives: warned.filter((ticket) => !isLate(ticket)).length,
        },
        `warnings of ${split} ${period}`,
      );
    };
    compare("train", "all", training);
    compare("test", "all", later);
    compare(
      "test_resolved",
      "all",
      later.filter(({ closed }) => closed !== null),
    );
    const months = [...new Set(known.map(monthOf))];
    expect(tables().breach_model_metrics.length).toBe(months.length + 3);
    for (const month of months) {
      compare(
        month <= "2025-12" ? "train" : "test",
        month,
        known.filter((ticket) => monthOf(ticket) === month),
      );
    }

    const open = new Map(
      tickets.filter(({ closed }) => closed === null).map((ticket) => [ticket.id, ticket]),
    );
    expect(
      tables()
        .breach_scores.map((row) => row.ticket_id)
        .sort(),
    ).toEqual([...open.keys()].sort());
    for (const row of tables().breach_scores) {
      const ticket = open.get(row.ticket_id as number)!;
      expect(Math.abs((row.model_probability as number) - model(ticket))).toBeLessThan(1e-6);
      expect(row.hours_left).toBeCloseTo((due(ticket) - AS_OF) / HOUR, 3);
      expect(row.alert_state === "Overdue").toBe(due(ticket) < AS_OF);
    }
  });

  it("lists what can still be avoided first, and calls what has happened certain", () => {
    const list = tables().breach_scores.toSorted(
      (a, b) => (a.alert_rank as number) - (b.alert_rank as number),
    );
    expect(list.map((row) => row.alert_rank)).toEqual(list.map((_, n) => n + 1));
    const overdue = list.filter((row) => row.alert_state === "Overdue");
    const avoidable = list.filter((row) => row.alert_state !== "Overdue");
    expect(list).toEqual([...avoidable, ...overdue]);
    expect(overdue.length).toBeGreaterThan(5);
    expect(avoidable.length).toBeGreaterThan(5);
    const threshold = metrics("train", "all").threshold as number;
    avoidable.forEach((row, n) => {
      expect(row.breach_probability).toBe(row.model_probability);
      expect(row.alert_state).toBe((row.breach_probability as number) >= threshold ? "At risk" : "On track");
      expect(row.hours_left as number).toBeGreaterThanOrEqual(0);
      if (n > 0)
        expect(row.breach_probability as number).toBeLessThanOrEqual(
          avoidable[n - 1]!.breach_probability as number,
        );
    });
    overdue.forEach((row, n) => {
      expect(row.breach_probability).toBe(1);
      expect(row.hours_left as number).toBeLessThan(0);
      if (n > 0)
        expect(row.hours_left as number).toBeGreaterThanOrEqual(overdue[n - 1]!.hours_left as number);
    });
  });

  it("gives as reasons what raises the odds most", () => {
    const coefficient = new Map(
      tables().breach_model.map((row) => [`${row.feature} ${row.level}`, row.coefficient as number]),
    );
    const average = (feature: string) => {
      const own = tables().breach_model.filter((row) => row.feature === feature);
      const n = own.reduce((sum, row) => sum + (row.n as number), 0);
      return own.reduce((sum, row) => sum + (row.n as number) * (row.coefficient as number), 0) / n;
    };
    for (const row of tables().breach_scores) {
      const odds = Math.exp(coefficient.get(`system_name ${row.system_name}`)! - average("system_name"));
      const reasons = String(row.main_reasons).split("; ");
      expect(reasons.length).toBeLessThanOrEqual(3);
      const factors = reasons.map((reason) => Number(/× ([\d.]+)/.exec(reason)?.[1] ?? 0));
      expect(factors).toEqual(factors.toSorted((a, b) => b - a));
      const given = reasons.find((reason) => reason.startsWith(`about ${row.system_name} `));
      if (given) expect(given).toBe(`about ${row.system_name} (odds × ${odds.toFixed(1)})`);
      else expect(odds < 1.25 || odds <= factors.at(-1)! + 0.05).toBe(true);
    }
  });

  it("writes a model card with these figures, and the picture, alike on all engines", () => {
    const read = (name: string, file: string) =>
      readFileSync(join(projects.get(name)!.dir, "target", "exports", file));
    const card = read("duckdb", "breach_model.md").toString();
    expect(card).toContain(
      `| later months | 2,851 | 18.2 % | ${(100 * (metrics("test", "all").mean_probability as number)).toFixed(1)} % | ${(metrics("test", "all").auc as number).toFixed(3)} |`,
    );
    expect(card).toContain("](breach_model_calibration.svg)");
    for (const { name } of ENGINES) {
      expect(read(name, "breach_model.md").toString()).toBe(card);
      for (const file of ["breach_model_calibration.svg", "breach_model_calibration.png"]) {
        expect(read(name, file).equals(read("duckdb", file)), file).toBe(true);
      }
    }
  });

  it("fails its build, and publishes nothing, where the AUC is below the floor", async () => {
    const project = projects.get("duckdb")!;
    const { code, stdout } = await project.run(["build", "--select", "breach_model_metrics+"], {
      breach_auc_floor: 0.79,
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAIL +test +breach_model_reaches_its_auc_floor/);
    expect(await project.tables()).toEqual(tables());
    await project.succeed(
      ["build", "--select", "breach_model_metrics", "breach_model_calibration", "breach_scores"],
      {
        breach_auc_floor: 0.77,
      },
    );
  });
});
