import { encodeLevels, OTHER } from "./encoding.js";
import { type Feature, type GivenRow, levelOf } from "./feature.js";
import type { Observations } from "./observations.js";
import { fitLogistic } from "./training.js";

/** A row of a model's table: the model passes through the warehouse as its coefficients. */
export type ModelRow = {
  feature: string;
  level: string;
  pooled_as: string;
  coefficient: number;
  odds_ratio: number;
  n: number;
  breaches: number;
  is_reference: number;
  reference_level: string;
  gradient: number;
  trained_until: string;
};

/** The level under which a model's table says what a level gets that was not in training. */
export const UNSEEN = "(unseen)";
const INTERCEPT = "(intercept)";

/** Trains on the given cases and returns the model as rows: the intercept, then each level of each feature. */
export async function trainModel(
  cases: Observations,
  rows: Uint32Array,
  { least, trainedUntil, steps }: { least: number; trainedUntil: string; steps?: number },
): Promise<ModelRow[]> {
  const encoding = encodeLevels(cases, rows, least);
  const { coefficients, gradient } = await fitLogistic(cases, rows, encoding, steps);
  const row = (
    of: Pick<ModelRow, "feature" | "level" | "pooled_as" | "n" | "breaches" | "reference_level">,
    coefficient: number,
    column?: number,
  ): ModelRow => ({
    ...of,
    coefficient,
    odds_ratio: Math.exp(coefficient),
    is_reference: of.pooled_as === of.reference_level ? 1 : 0,
    gradient: column === undefined ? 0 : gradient[column]!,
    trained_until: trainedUntil,
  });
  const breaches = rows.reduce((sum, at) => sum + (cases.outcome(at) ? 1 : 0), 0);
  const intercept = {
    feature: INTERCEPT,
    level: INTERCEPT,
    pooled_as: INTERCEPT,
    n: rows.length,
    breaches,
    reference_level: "",
  };
  return [
    row(intercept, coefficients[0]!, 0),
    ...cases.features.flatMap((feature) => {
      const levels = encoding.levels.filter((one) => one.feature === feature.name);
      const known = levels.map((one) =>
        row(
          {
            feature: feature.name,
            level: one.level,
            pooled_as: one.pooledAs,
            n: one.cases,
            breaches: one.positives,
            reference_level: one.reference,
          },
          one.column === undefined ? 0 : coefficients[one.column]!,
          one.column,
        ),
      );
      return [...known, unseen(feature, known, row)];
    }),
  ];
}

/** What was not met in training counts as the rare ones did, or as the average case where none was rare. */
function unseen(
  feature: Feature,
  known: readonly ModelRow[],
  row: (
    of: Pick<ModelRow, "feature" | "level" | "pooled_as" | "n" | "breaches" | "reference_level">,
    coefficient: number,
  ) => ModelRow,
): ModelRow {
  const rare = known.find((one) => one.pooled_as === OTHER);
  const of = { feature: feature.name, level: UNSEEN, n: 0, breaches: 0 };
  const reference_level = known[0]?.reference_level ?? "";
  return rare
    ? row({ ...of, pooled_as: OTHER, reference_level }, rare.coefficient)
    : row({ ...of, pooled_as: "(average)", reference_level }, average(known));
}

function average(rows: readonly ModelRow[]): number {
  const cases = rows.reduce((sum, { n }) => sum + n, 0);
  return cases === 0 ? 0 : rows.reduce((sum, { n, coefficient }) => sum + n * coefficient, 0) / cases;
}

/** What a feature adds to the log odds of a case, against the average case. */
export interface Contribution {
  feature: Feature;
  level: string;
  /** False for a level that was not met in training. */
  known: boolean;
  against_average: number;
  /** The same as a factor of the odds. */
  factor: number;
}

interface Scale {
  feature: Feature;
  coefficients: ReadonlyMap<string, number>;
  unseen: number;
  average: number;
  /** Contributions by level, each made when it is first asked for. */
  contributions: Map<string, Contribution>;
}

/** A trained model, read back from its table. */
export class LogisticModel {
  readonly trainedUntil: string;
  readonly #intercept: number;
  readonly #scales: readonly Scale[];

  constructor(features: readonly Feature[], rows: readonly ModelRow[]) {
    const intercept = rows.find(({ feature }) => feature === INTERCEPT);
    if (!intercept) throw new Error("the model's table has no intercept");
    this.trainedUntil = intercept.trained_until;
    this.#intercept = intercept.coefficient;
    this.#scales = features.map((feature) => {
      const own = rows.filter((row) => row.feature === feature.name);
      return {
        feature,
        coefficients: new Map(own.map(({ level, coefficient }) => [level, coefficient])),
        unseen: own.find(({ level }) => level === UNSEEN)?.coefficient ?? 0,
        contributions: new Map(),
        // In the order of the names: an engine may return the rows in another one.
        average: average(own.sort((one, other) => (one.level < other.level ? -1 : 1))),
      };
    });
  }

  /** The probability of a row. */
  probability(row: GivenRow): number {
    let sum = this.#intercept;
    for (const { feature, coefficients, unseen } of this.#scales) {
      sum += coefficients.get(levelOf(feature, row)) ?? unseen;
    }
    return logistic(sum);
  }

  /** The probabilities of some cases. */
  probabilities(cases: Observations, rows: Uint32Array): Float64Array {
    const byNumber = this.#scales.map(({ coefficients, unseen }, n) =>
      Float64Array.from(cases.levels[n]!, (level) => coefficients.get(level) ?? unseen),
    );
    return Float64Array.from(rows, (at) => {
      let sum = this.#intercept;
      for (let n = 0; n < byNumber.length; n++) sum += byNumber[n]![cases.level(n, at)]!;
      return logistic(sum);
    });
  }

  /** What speaks for and against, the strongest reason for a breach first. */
  contributions(row: GivenRow): Contribution[] {
    return this.#scales
      .map((scale) => contribution(scale, levelOf(scale.feature, row)))
      .sort((one, other) => other.against_average - one.against_average);
  }
}

function contribution(scale: Scale, level: string): Contribution {
  const made = scale.contributions.get(level);
  if (made) return made;
  const coefficient = scale.coefficients.get(level);
  const against_average = (coefficient ?? scale.unseen) - scale.average;
  const of = {
    feature: scale.feature,
    level,
    known: coefficient !== undefined,
    against_average,
    factor: Math.exp(against_average),
  };
  scale.contributions.set(level, of);
  return of;
}

function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
