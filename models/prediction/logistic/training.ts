import type { Encoding } from "./encoding.js";
import type { Observations } from "./observations.js";

/** Coefficients by column, and what is left of the gradient there: zero at the optimum. */
export interface Fit {
  coefficients: Float64Array;
  /** Per column: outcome less probability, summed over the cases that have it and divided by all cases. */
  gradient: Float64Array;
}

/** Steps of gradient descent: in whitened columns a hundred bring the gradient below 1e-8. */
export const STEPS = 100;

/** What `ml-logistic-regression`, which has no types of its own, offers of its class. */
interface Library {
  default: new (options: {
    numSteps: number;
    learningRate: number;
  }) => {
    train(features: object, outcomes: object): void;
    classifiers: { weights: { get(row: number, column: number): number } }[];
  };
}

/**
 * Logistic regression by `ml-logistic-regression`: plain gradient descent, so what it is given decides how far it gets. Columns of zeros and
 * ones of unequal frequency take it tens of thousands of steps. So the columns are whitened first (rotated and scaled until their
 * products average to the identity), which changes no prediction, lets one learning rate fit all and needs some hundred steps; the weights are
 * turned back into coefficients of the columns. Columns that say the same are shared out evenly.
 */
export async function fitLogistic(
  cases: Observations,
  rows: Uint32Array,
  encoding: Encoding,
  steps = STEPS,
): Promise<Fit> {
  const active = activeColumns(cases, rows, encoding);
  const outcomes = Array.from(rows, (at) => (cases.outcome(at) ? 1 : 0));
  const positives = outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
  if (positives === 0 || positives === outcomes.length) {
    // No descent, so nothing of a gradient is left.
    const alone = interceptAlone(positives, outcomes.length, encoding.columns);
    return { coefficients: alone, gradient: new Float64Array(encoding.columns) };
  }
  const coefficients = await descend(active, outcomes, encoding.columns, steps);
  return { coefficients, gradient: gradientAt(coefficients, active, outcomes) };
}

/** The columns that are 1 in each row. */
function activeColumns(cases: Observations, rows: Uint32Array, encoding: Encoding): number[][] {
  const columns = cases.features.map((feature, n) => {
    const byLevel = new Map(
      encoding.levels.filter((one) => one.feature === feature.name).map((one) => [one.level, one.column]),
    );
    return cases.levels[n]!.map((level) => byLevel.get(level));
  });
  return Array.from(rows, (at) => {
    const active = [0];
    columns.forEach((byNumber, n) => {
      const column = byNumber[cases.level(n, at)];
      if (column !== undefined) active.push(column);
    });
    return active;
  });
}

/** Where all end alike there is nothing to learn: the share, half a case added to each side, so that its odds are finite. */
function interceptAlone(positives: number, count: number, columns: number): Float64Array {
  const coefficients = new Float64Array(columns);
  coefficients[0] = Math.log((positives + 0.5) / (count - positives + 0.5));
  return coefficients;
}

async function descend(
  active: readonly number[][],
  outcomes: number[],
  columns: number,
  steps: number,
): Promise<Float64Array> {
  const { EigenvalueDecomposition, Matrix } = await import("ml-matrix");
  // @ts-expect-error: the package has no types.
  const { default: LogisticRegression } = (await import("ml-logistic-regression")) as Library;
  const count = active.length;

  const products = Matrix.zeros(columns, columns);
  for (const row of active) {
    for (const one of row) for (const other of row) products.set(one, other, products.get(one, other) + 1);
  }
  const { realEigenvalues: sizes, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(
    products.div(count),
    { assumeSymmetric: true },
  );
  const largest = Math.max(...sizes);
  const kept = sizes.flatMap((size, n) => (size > largest * 1e-10 ? [n] : []));
  const whitening = new Matrix(columns, kept.length);
  kept.forEach((n, to) => {
    for (let column = 0; column < columns; column++) {
      whitening.set(column, to, vectors.get(column, n) / Math.sqrt(sizes[n]!));
    }
  });

  const features = new Matrix(count, kept.length);
  active.forEach((row, at) => {
    for (let to = 0; to < kept.length; to++) {
      let sum = 0;
      for (const column of row) sum += whitening.get(column, to);
      features.set(at, to, sum);
    }
  });
  // The loss bends by at most a quarter per case in any direction: with this rate every step goes down.
  const model = new LogisticRegression({ numSteps: steps, learningRate: 4 / count });
  model.train(features, Matrix.columnVector(outcomes));
  // The first classifier tells class 0 from the rest: its scores are the chance of class 1. The second is its mirror image.
  const { weights } = model.classifiers[0]!;
  return Float64Array.from({ length: columns }, (_, column) =>
    kept.reduce((sum, _, to) => sum + whitening.get(column, to) * weights.get(0, to), 0),
  );
}

function gradientAt(
  coefficients: Float64Array,
  active: readonly number[][],
  outcomes: readonly number[],
): Float64Array {
  const gradient = new Float64Array(coefficients.length);
  active.forEach((row, n) => {
    let sum = 0;
    for (const column of row) sum += coefficients[column]!;
    const error = outcomes[n]! - 1 / (1 + Math.exp(-sum));
    for (const column of row) gradient[column]! += error / active.length;
  });
  return gradient;
}
