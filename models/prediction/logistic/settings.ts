import { STEPS } from "./training.js";

/** What a project may set for its breach model, as variables that begin with `breach_`. */
export interface BreachSettings {
  /** The last month to learn from, as `2025-12`; absent: what `holdout_months` leaves. */
  train_until: string | undefined;
  /** So many of the last months judge the model: at most half of all. */
  holdout_months: number;
  /** Most cases to train on; of more, a stratified sample. */
  sample_rows: number;
  /** A level with fewer breaches or kept limits than these has no coefficient of its own. */
  least_cases: number;
  /** Steps of gradient descent. */
  steps: number;
  /** `f1`, `youden`, `share`, or a probability. */
  threshold_rule: string | number;
  /** Below this AUC in later months a test fails … */
  auc_floor: number;
  /** … if there are as many breaches in them: with fewer, chance says too much. */
  auc_floor_breaches: number;
}

const DEFAULTS: BreachSettings = {
  train_until: undefined,
  holdout_months: 6,
  sample_rows: 20_000,
  least_cases: 10,
  steps: STEPS,
  threshold_rule: "f1",
  auc_floor: 0.7,
  auc_floor_breaches: 200,
};

/** Settings from the project's variables (`breach_auc_floor` and so on), else the defaults. */
export function breachSettings(vars: Readonly<Record<string, unknown>>): BreachSettings {
  const given = (name: keyof BreachSettings) => vars[`breach_${name}`] ?? DEFAULTS[name];
  const whole = (name: keyof BreachSettings, least: number) => {
    const value = given(name);
    if (!Number.isInteger(value) || (value as number) < least)
      throw misfit(name, value, `a whole number from ${least}`);
    return value as number;
  };
  const until = given("train_until");
  if (until !== undefined && !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(String(until))) {
    throw misfit("train_until", until, "a month as 2025-12");
  }
  const rule = given("threshold_rule");
  if (typeof rule !== "string" && !isShare(rule)) {
    throw misfit("threshold_rule", rule, "the name of a rule or a probability");
  }
  const floor = given("auc_floor");
  if (!isShare(floor)) throw misfit("auc_floor", floor, "a number from 0 to 1");
  return {
    train_until: until === undefined ? undefined : String(until),
    holdout_months: whole("holdout_months", 0),
    sample_rows: whole("sample_rows", 1),
    least_cases: whole("least_cases", 1),
    steps: whole("steps", 1),
    threshold_rule: rule as string | number,
    auc_floor: floor,
    auc_floor_breaches: whole("auc_floor_breaches", 1),
  };
}

function isShare(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function misfit(name: string, value: unknown, expected: string): Error {
  return new Error(`the variable breach_${name} is ${JSON.stringify(value)}; it should be ${expected}`);
}
