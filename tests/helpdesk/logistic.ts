/** A row of one-hot features: the positions that are 1. */
export type Active = readonly number[];

/** Logistic regression on one-hot features by Newton's method with a small ridge; returns intercept-free weights. */
export function fitLogistic(
  rows: readonly Active[],
  outcomes: readonly boolean[],
  size: number,
  ridge = 1,
): Float64Array {
  const weights = new Float64Array(size);
  for (let round = 0; round < 12; round++) {
    const gradient = weights.map((weight) => -ridge * weight);
    const hessian = Array.from({ length: size }, (_, n) => {
      const line = new Float64Array(size);
      line[n] = ridge;
      return line;
    });
    rows.forEach((active, n) => {
      const p = probability(weights, active);
      const error = (outcomes[n] ? 1 : 0) - p;
      const spread = p * (1 - p);
      for (const one of active) {
        gradient[one]! += error;
        for (const other of active) hessian[one]![other]! += spread;
      }
    });
    const step = solve(hessian, gradient);
    step.forEach((value, n) => {
      weights[n]! += value;
    });
  }
  return weights;
}

export function probability(weights: Float64Array, active: Active): number {
  let sum = 0;
  for (const position of active) sum += weights[position]!;
  return 1 / (1 + Math.exp(-sum));
}

/** The chance that a positive is ranked before a negative; ties count half. */
export function areaUnderCurve(scores: readonly number[], outcomes: readonly boolean[]): number {
  const order = scores
    .map((score, n) => ({ score, outcome: outcomes[n]! }))
    .sort((a, b) => a.score - b.score);
  let ranks = 0;
  let positives = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]!.score === order[from]!.score) to++;
    for (let n = from; n < to; n++) {
      if (!order[n]!.outcome) continue;
      ranks += (from + to + 1) / 2;
      positives++;
    }
    from = to;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

/** Solves A x = b for a symmetric positive definite A (destroyed) by Gaussian elimination. */
function solve(a: Float64Array[], b: Float64Array): Float64Array {
  const size = b.length;
  const x = Float64Array.from(b);
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = pivot + 1; row < size; row++) {
      const factor = a[row]![pivot]! / a[pivot]![pivot]!;
      if (factor === 0) continue;
      for (let column = pivot; column < size; column++) a[row]![column]! -= factor * a[pivot]![column]!;
      x[row]! -= factor * x[pivot]!;
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let column = row + 1; column < size; column++) x[row]! -= a[row]![column]! * x[column]!;
    x[row]! /= a[row]![row]!;
  }
  return x;
}
