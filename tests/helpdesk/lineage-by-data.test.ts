import { afterAll, beforeAll, expect, it } from "vitest";
import { sla } from "../functional/cli.js";
import { Experiment, type Trial } from "../lineage/lineage-by-data.js";
import { copyHelpdesk } from "./helpdesk-copy.js";

/** Few tickets: whether a column changes does not depend on how many there are. */
const VARS = { tickets: 250, months: 4 };

/** One model of each kind of query: joins, spines, windows, aggregates over conditions. */
const MODELS = [
  "fact_tickets",
  "stg_tickets",
  "mart_ticket_flow",
  "backlog_daily",
  "mttr_by_team",
  "uptime_daily",
];

let experiment: Experiment;
const trials: Trial[] = [];

beforeAll(async () => {
  const dir = copyHelpdesk();
  const vars = ["--vars", JSON.stringify(VARS)];
  const select = MODELS.map((name) => `+${name}`);
  for (const args of [["seed"], ["run", "--select", ...select]]) {
    const { code, stdout, stderr } = await sla(dir, [...args, ...vars]);
    expect(code, stdout + stderr).toBe(0);
  }
  experiment = await Experiment.open(dir, VARS);
  for (const model of experiment.models().filter(({ name }) => MODELS.includes(name)))
    trials.push(...(await experiment.trials(model)));
}, 300_000);

afterAll(() => experiment?.close());

it("changes of a column show in no column that is not made of it", () => {
  const contradicted = trials
    .filter((trial) => trial.contradicted.length > 0)
    .map(
      ({ model, input, columns, contradicted }) =>
        `${input}.${columns} → ${model}: ${contradicted.join(", ")}`,
    );
  expect(contradicted).toEqual([]);
  expect(new Set(trials.map(({ model }) => model)).size).toBe(MODELS.length);
  expect(trials.reduce((sum, { independent }) => sum + independent.length, 0)).toBeGreaterThan(300);
});

it("and in nearly every column that is", () => {
  const claims = trials.flatMap(({ model, input, columns, direct }) =>
    direct.map((one) => ({ ...one, claim: `${input}.${columns} → ${model}.${one.column}` })),
  );
  const silent = claims.filter(({ changed }) => !changed).map(({ claim }) => claim);
  expect(claims.length).toBeGreaterThan(50);
  // Not in all: the calendar has whole years, and a few days more or less change none of its days.
  expect(silent.length / claims.length, silent.join("\n")).toBeLessThan(0.1);
});

it("would tell if an input were missing, or a decision over the rows", async () => {
  const model = experiment.models().find(({ name }) => name === "fact_tickets")!;
  const lineage = structuredClone(experiment.lineage);
  const fact = lineage.nodes[model.unique_id]!;
  const due = fact.columns.find(({ name }) => name === "due_at")!;
  due.inputs = due.inputs.filter(({ column }) => column !== "sla_limit_hours");
  fact.rows = fact.rows.filter(({ node }) => !node.endsWith(".stg_sla_metrics"));
  const found = (await experiment.trials(model, lineage)).filter(
    ({ contradicted }) => contradicted.length > 0,
  );
  expect(found.map(({ input, columns }) => `${input}.${columns}`)).toEqual([
    "stg_sla_metrics.ticket_id,resolution_hours",
    "stg_sla_metrics.sla_limit_hours",
    "sla_policy.sla_limit_hours",
  ]);
  expect(found[1]!.contradicted).toEqual(["due_at"]);
}, 60_000);
