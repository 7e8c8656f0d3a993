import type { LogisticModel } from "./model.js";
import type { Observations } from "./observations.js";
import {
  areaUnderCurve,
  brierScore,
  type Confusion,
  chooseThreshold,
  confusionAt,
  logLoss,
  meanScore,
} from "./quality.js";

/** How good the probabilities of some cases were. */
interface Quality extends Confusion {
  auc: number | null;
  log_loss: number | null;
  brier: number | null;
  mean_probability: number | null;
  threshold: number;
}

type Prefixed<T> = { [K in keyof T as `baseline_${K & string}`]: T[K] };

/** A row of the metrics: the model and, beside it, the baseline on the same cases. */
export interface MetricsRow extends Quality, Prefixed<Quality> {
  split: string;
  period: string;
  n: number;
  breaches: number;
  auc_floor: number | null;
}

/** The period under which a split's total stands. */
export const ALL = "all";

/** What to measure and how. */
export interface MetricsOptions {
  /** The feature whose breach shares in training are the baseline: what a desk knows without a model. */
  baseline: string;
  thresholdRule: string | number;
  aucFloor: number;
  /** With fewer breaches than these the AUC is too uncertain to be held to the floor. */
  floorBreaches: number;
}

/** Quality in training and later, as a whole and by month. Thresholds and baseline come from training alone. */
export function measureModel(
  model: LogisticModel,
  cases: Observations,
  { baseline, thresholdRule, aucFloor, floorBreaches }: MetricsOptions,
): MetricsRow[] {
  const isTraining = (at: number) => cases.period(at) <= model.trainedUntil;
  const training = cases.where(isTraining);
  const later = cases.where((at) => !isTraining(at));
  const shares = sharesByLevel(cases, training, baseline);
  const thresholds = {
    model: chooseThreshold(thresholdRule, model.probabilities(cases, training), outcomes(cases, training)),
    baseline: chooseThreshold(thresholdRule, pick(shares, training), outcomes(cases, training)),
  };
  const measure = (split: string, period: string, rows: Uint32Array): MetricsRow => {
    const came = outcomes(cases, rows);
    const own = quality(model.probabilities(cases, rows), came, thresholds.model);
    const simple = quality(pick(shares, rows), came, thresholds.baseline);
    const breaches = came.reduce((sum, one) => sum + one, 0);
    const held = split === "test" && period === ALL && breaches >= floorBreaches;
    return {
      split,
      period,
      n: rows.length,
      breaches,
      ...own,
      ...(Object.fromEntries(
        Object.entries(simple).map(([name, value]) => [`baseline_${name}`, value]),
      ) as Prefixed<Quality>),
      auc_floor: held ? aucFloor : null,
    };
  };
  const byMonth = (split: string, rows: Uint32Array) =>
    [...new Set(Array.from(rows, (at) => cases.period(at)))].sort().map((month) =>
      measure(
        split,
        month,
        rows.filter((at) => cases.period(at) === month),
      ),
    );
  return [
    measure("train", ALL, training),
    measure("test", ALL, later),
    measure(
      "test_resolved",
      ALL,
      later.filter((at) => !cases.marked(at)),
    ),
    ...byMonth("train", training),
    ...byMonth("test", later),
  ];
}

/** What the metrics come to, in a line. */
export function inShort(rows: readonly MetricsRow[]): string {
  const later = rows.find(({ split, period }) => split === "test" && period === ALL);
  if (!later || later.auc === null)
    return "no AUC: the later months have no breaches, or nothing but breaches";
  const floor =
    later.auc_floor === null
      ? "too few breaches to hold it to a floor"
      : `floor ${later.auc_floor.toFixed(3)}`;
  return `AUC ${later.auc.toFixed(3)} on ${later.n} cases of later months; baseline ${later.baseline_auc?.toFixed(3)}, ${floor}`;
}

/** Outcomes as 0 and 1. */
export function outcomes(cases: Observations, rows: Uint32Array): Uint8Array {
  return Uint8Array.from(rows, (at) => (cases.outcome(at) ? 1 : 0));
}

function quality(scores: Float64Array, came: Uint8Array, threshold: number): Quality {
  return {
    mean_probability: meanScore(scores),
    auc: areaUnderCurve(scores, came),
    log_loss: logLoss(scores, came),
    brier: brierScore(scores, came),
    threshold,
    ...confusionAt(threshold, scores, came),
  };
}

/** The share of breaches among the training cases of each case's level, half a case added to each side. */
function sharesByLevel(cases: Observations, training: Uint32Array, feature: string): Float64Array {
  const n = cases.features.findIndex(({ name }) => name === feature);
  if (n < 0) throw new Error(`the baseline "${feature}" is not among the features`);
  const counts = cases.levels[n]!.map(() => ({ all: 0, breaches: 0 }));
  let breaches = 0;
  for (const at of training) {
    const count = counts[cases.level(n, at)]!;
    count.all++;
    if (!cases.outcome(at)) continue;
    count.breaches++;
    breaches++;
  }
  const overall = (breaches + 0.5) / (training.length + 1);
  const byLevel = counts.map((count) =>
    count.all === 0 ? overall : (count.breaches + 0.5) / (count.all + 1),
  );
  return Float64Array.from({ length: cases.count }, (_, at) => byLevel[cases.level(n, at)]!);
}

function pick(values: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (at) => values[at]!);
}
