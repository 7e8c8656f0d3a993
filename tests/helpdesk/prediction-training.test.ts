import { beforeAll, describe, expect, it } from "vitest";
import { FEATURES } from "../../models/prediction/breach/features.js";
import {
  breachSettings,
  type Feature,
  LogisticModel,
  logLoss,
  type ModelRow,
  mainReasons,
  Observations,
  outcomes,
  splitMonths,
  stratifiedSample,
  trainModel,
  UNSEEN,
} from "../../models/prediction/logistic/index.js";
import { DAY, HOUR, timestamp, weekday } from "../../seeds/helpdesk/calendar.js";
import { type CleanTicket, cleaned, rawTables } from "./cleaned.js";
import { fitLogistic } from "./logistic.js";

const AS_OF = Date.UTC(2026, 6, 1) / 1000;
const LAST = "2025-12";

async function observe(variables: { tickets: number; seed?: number }): Promise<Observations> {
  const cases = new Observations(FEATURES);
  for (const ticket of cleaned(await rawTables(variables))) {
    if (ticket.created + ticket.limitHours * HOUR >= AS_OF) continue;
    cases.add(row(ticket), ticket.id, timestamp(ticket.created).slice(0, 7), late(ticket));
  }
  return cases;
}

function row(ticket: CleanTicket) {
  return {
    priority: ticket.priority,
    system_name: ticket.system,
    category: ticket.category,
    channel: ticket.channel,
    team_name: ticket.team,
    created_hour: Math.floor((ticket.created % DAY) / HOUR),
    created_weekday: weekday(Math.floor(ticket.created / DAY)),
  };
}

function late(ticket: CleanTicket): boolean {
  return (ticket.closed ?? Number.POSITIVE_INFINITY) - ticket.created > ticket.limitHours * HOUR;
}

/** The optimum for the levels that the model has, by Newton's method, which shares nothing with gradient descent. */
function optimum(cases: Observations, training: Uint32Array, rows: readonly ModelRow[]) {
  const columns = new Map<string, number>();
  const column = new Map<string, number | undefined>();
  for (const { feature, level, pooled_as, is_reference } of rows) {
    if (level === UNSEEN) continue;
    const group = `${feature} ${pooled_as}`;
    if (!is_reference && !columns.has(group)) columns.set(group, columns.size);
    column.set(`${feature} ${level}`, is_reference ? undefined : columns.get(group));
  }
  const active = (at: number) => [
    columns.get("(intercept) (intercept)")!,
    ...cases.features.flatMap(({ name }, n) => {
      const of = column.get(`${name} ${cases.levels[n]![cases.level(n, at)]}`);
      return of === undefined ? [] : [of];
    }),
  ];
  const weights = fitLogistic(
    Array.from(training, active),
    Array.from(training, (at) => cases.outcome(at)),
    columns.size,
    1e-9,
  );
  return (at: number) => 1 / (1 + Math.exp(-active(at).reduce((sum, n) => sum + weights[n]!, 0)));
}

describe.each([
  { tickets: 10_000, seed: 42 },
  { tickets: 10_000, seed: 7 },
  { tickets: 2_000, seed: 42 },
])("trained on $tickets tickets (seed $seed)", (variables) => {
  let cases: Observations;
  let training: Uint32Array;
  let later: Uint32Array;
  let rows: ModelRow[];
  let milliseconds: number;
  beforeAll(async () => {
    cases = await observe(variables);
    training = cases.where((at) => cases.period(at) <= LAST);
    later = cases.where((at) => cases.period(at) > LAST);
    const began = process.cpuUsage();
    rows = await trainModel(cases, training, { least: 10, trainedUntil: LAST });
    const { user, system } = process.cpuUsage(began);
    milliseconds = (user + system) / 1000;
  });

  it("has converged: log loss in later months is that of the optimum, within 1 %", () => {
    const came = outcomes(cases, later);
    const ours = logLoss(new LogisticModel(FEATURES, rows).probabilities(cases, later), came)!;
    const best = logLoss(Float64Array.from(later, optimum(cases, training, rows)), came)!;
    expect(Math.abs(ours / best - 1)).toBeLessThan(0.01);
    // In fact it is much nearer.
    expect(Math.abs(ours / best - 1)).toBeLessThan(1e-4);
    expect(Math.max(...rows.map(({ gradient }) => Math.abs(gradient)))).toBeLessThan(1e-6);
  });

  it("would not have converged in a few steps: the check can fail", async () => {
    const few = await trainModel(cases, training, { least: 10, trainedUntil: LAST, steps: 2 });
    expect(Math.max(...few.map(({ gradient }) => Math.abs(gradient)))).toBeGreaterThan(1e-4);
    const came = outcomes(cases, later);
    const ours = logLoss(new LogisticModel(FEATURES, few).probabilities(cases, later), came)!;
    const best = logLoss(Float64Array.from(later, optimum(cases, training, rows)), came)!;
    expect(ours / best - 1).toBeGreaterThan(0.01);
  });

  // Of the processor, not by the clock, which says more about what else the machine does. By the clock: `npm run bench -- predict`.
  it("takes less than five seconds of the processor's time", () => {
    expect(milliseconds).toBeLessThan(5_000);
  });

  it("gives every level that occurs its coefficient, and pools what is rare", () => {
    const levels = rows.filter(({ level }) => level !== UNSEEN);
    for (const feature of FEATURES) {
      const own = levels.filter((one) => one.feature === feature.name);
      expect(own.reduce((sum, { n }) => sum + n, 0)).toBe(training.length);
      for (const group of new Set(own.map(({ pooled_as }) => pooled_as))) {
        const members = own.filter(({ pooled_as }) => pooled_as === group);
        expect(new Set(members.map(({ coefficient }) => coefficient)).size).toBe(1);
        const breaches = members.reduce((sum, one) => sum + one.breaches, 0);
        expect(breaches).toBeGreaterThanOrEqual(10);
        expect(members.reduce((sum, { n }) => sum + n, 0) - breaches).toBeGreaterThanOrEqual(10);
      }
      expect(
        own.filter(({ is_reference }) => is_reference === 1).every(({ coefficient }) => coefficient === 0),
      ).toBe(true);
    }
  });

  it("gives the same numbers again", async () => {
    expect(await trainModel(cases, training, { least: 10, trainedUntil: LAST })).toEqual(rows);
  });
});

describe("what is small or lopsided", () => {
  const features: Feature[] = [{ name: "kind", words: (level) => `kind ${level}` }];
  const build = (given: [string, boolean][]) => {
    const cases = new Observations(features);
    given.forEach(([kind, outcome], n) => {
      cases.add({ kind }, n, "2026-01", outcome);
    });
    return cases;
  };
  const train = async (cases: Observations, least = 1) => {
    const rows = await trainModel(
      cases,
      cases.where(() => true),
      { least, trainedUntil: "2026-01" },
    );
    return new LogisticModel(features, rows);
  };

  it("two levels get the odds of their own shares", async () => {
    // 1 of 4 and 3 of 4: by hand, probabilities are the shares.
    const cases = build([
      ...Array.from({ length: 4 }, (_, n): [string, boolean] => ["a", n < 1]),
      ...Array.from({ length: 4 }, (_, n): [string, boolean] => ["b", n < 3]),
    ]);
    const model = await train(cases);
    expect(model.probability({ kind: "a" })).toBeCloseTo(0.25, 8);
    expect(model.probability({ kind: "b" })).toBeCloseTo(0.75, 8);
  });

  it("a level that was not met counts as the rare ones, or as the average", async () => {
    const many = (kind: string, n: number, breaches: number) =>
      Array.from({ length: n }, (_, at): [string, boolean] => [kind, at < breaches]);
    const withRare = await train(
      build([...many("a", 100, 20), ...many("b", 100, 60), ...many("c", 8, 4), ...many("d", 12, 8)]),
      6,
    );
    expect(withRare.probability({ kind: "new" })).toBeCloseTo(12 / 20, 8);
    expect(withRare.probability({ kind: "new" })).toBe(withRare.probability({ kind: "c" }));
    const without = await train(build([...many("a", 100, 20), ...many("b", 100, 80)]), 6);
    expect(without.probability({ kind: "new" })).toBeCloseTo(0.5, 8);
    expect(without.probability({ kind: null })).toBe(without.probability({ kind: "new" }));
    expect(mainReasons(withRare.contributions({ kind: "new" }))).toBe("kind new, which is new, (odds × 2.3)");
  });

  it.each([true, false])("one class only: the share, never quite certain (%s)", async (outcome) => {
    const model = await train(build(Array.from({ length: 9 }, () => ["a", outcome])));
    expect(model.probability({ kind: "a" })).toBeCloseTo(outcome ? 0.95 : 0.05, 12);
    expect(model.probability({ kind: "b" })).toBeCloseTo(outcome ? 0.95 : 0.05, 12);
  });

  it("nothing at all: even odds", async () => {
    expect((await train(build([]))).probability({ kind: "a" })).toBe(0.5);
  });

  it("features that say the same share what they have to say", async () => {
    const twice: Feature[] = [features[0]!, { name: "again", words: (level) => level }];
    const cases = new Observations(twice);
    for (let n = 0; n < 40; n++) {
      const kind = n < 20 ? "a" : "b";
      cases.add({ kind, again: kind }, n, "2026-01", n % 20 < (kind === "a" ? 5 : 15));
    }
    const rows = await trainModel(
      cases,
      cases.where(() => true),
      { least: 1, trainedUntil: "2026-01" },
    );
    const model = new LogisticModel(twice, rows);
    expect(model.probability({ kind: "a", again: "a" })).toBeCloseTo(0.25, 8);
    expect(model.probability({ kind: "b", again: "b" })).toBeCloseTo(0.75, 8);
    const [one, other] = rows.filter(({ level, is_reference }) => level === "b" && !is_reference);
    expect(one!.coefficient).toBeCloseTo(other!.coefficient, 8);
  });
});

describe("the sample", () => {
  let cases: Observations;
  let all: Uint32Array;
  beforeAll(async () => {
    cases = await observe({ tickets: 10_000 });
    all = cases.where(() => true);
  });

  it("keeps months and outcomes in proportion, to a ticket", () => {
    const sample = stratifiedSample(cases, all, 2_000);
    expect(sample.length).toBe(2_000);
    expect([...sample]).toEqual([...new Set(sample)].sort((one, other) => one - other));
    const count = (rows: Uint32Array) => {
      const counts = new Map<string, number>();
      for (const at of rows) {
        const key = `${cases.period(at)} ${cases.outcome(at)}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    };
    const whole = count(all);
    for (const [key, n] of count(sample)) {
      expect(Math.abs(n - (whole.get(key)! * 2_000) / all.length), key).toBeLessThanOrEqual(1);
    }
  });

  it("is a sample: other tickets than the first ones, and all of them where there are few", () => {
    const sample = stratifiedSample(cases, all, 2_000);
    expect(sample.at(-1)! > 9_000 && sample[0]! < 200).toBe(true);
    expect(stratifiedSample(cases, all, 20_000)).toBe(all);
  });

  it("does not depend on what a ticket stands beside", () => {
    // Without each second month, the other months' shares of twice the sample are chosen alike.
    const even = cases.where((at) => Number(cases.period(at).slice(5)) % 2 === 0);
    const few = new Set(stratifiedSample(cases, even, Math.round((2_000 * even.length) / all.length)));
    const many = [...stratifiedSample(cases, all, 2_000)].filter((at) => even.includes(at));
    const both = many.filter((at) => few.has(at)).length;
    expect(both / many.length).toBeGreaterThan(0.98);
  });
});

describe("months and settings", () => {
  const months = ["2026-03", "2026-01", "2026-02", "2026-04"];

  it("hold the last months out, at most half", () => {
    expect(splitMonths(months, { holdout: 1 })).toEqual({ trainedUntil: "2026-03" });
    expect(splitMonths(months, { holdout: 6 })).toEqual({ trainedUntil: "2026-02" });
    expect(splitMonths(months, { holdout: 1, trainUntil: "2025-12" })).toEqual({ trainedUntil: "2025-12" });
    expect(splitMonths(["2026-01"], { holdout: 6 })).toEqual({ trainedUntil: "2026-01" });
    expect(splitMonths([], { holdout: 6 })).toEqual({ trainedUntil: "" });
  });

  it("say what is wrong with them", () => {
    expect(breachSettings({ breach_auc_floor: 0.9 })).toMatchObject({ auc_floor: 0.9, holdout_months: 6 });
    expect(() => breachSettings({ breach_holdout_months: "many" })).toThrow(
      'the variable breach_holdout_months is "many"; it should be a whole number from 0',
    );
    expect(() => breachSettings({ breach_train_until: "December" })).toThrow("a month as 2025-12");
    expect(() => breachSettings({ breach_auc_floor: 72 })).toThrow("a number from 0 to 1");
    expect(() => breachSettings({ breach_threshold_rule: 2 })).toThrow("the name of a rule or a probability");
  });
});
