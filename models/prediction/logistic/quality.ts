/** Counts of cases by what was said and what came: at a threshold, said is "breach" from it on. */
export interface Confusion {
  true_positives: number;
  false_positives: number;
  false_negatives: number;
  true_negatives: number;
}

/** The chance that a breach is ranked before a kept limit, ties counting half; null where one of the two is missing. */
export function areaUnderCurve(scores: Float64Array, outcomes: Uint8Array): number | null {
  const order = byScore(scores);
  let ranks = 0;
  let positives = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    for (let n = from; n < to; n++) {
      if (outcomes[order[n]!] === 0) continue;
      // Ranks from 1; tied cases share the middle of theirs.
      ranks += (from + to + 1) / 2;
      positives++;
    }
    from = to;
  }
  const pairs = positives * (order.length - positives);
  return pairs === 0 ? null : (ranks - (positives * (positives + 1)) / 2) / pairs;
}

/** The mean of −ln(the probability that was given to what came); null without cases. */
export function logLoss(scores: Float64Array, outcomes: Uint8Array): number | null {
  return mean(scores, (score, n) => {
    // No forecast is punished without end: as far as a double can tell it from certainty.
    const given = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, score));
    return -Math.log(outcomes[n] === 1 ? given : 1 - given);
  });
}

/** The mean squared distance between probability and outcome; null without cases. */
export function brierScore(scores: Float64Array, outcomes: Uint8Array): number | null {
  return mean(scores, (score, n) => (score - outcomes[n]!) ** 2);
}

/** The mean probability; null without cases. */
export function meanScore(scores: Float64Array): number | null {
  return mean(scores, (score) => score);
}

/** What comes of saying "breach" from a threshold on. */
export function confusionAt(threshold: number, scores: Float64Array, outcomes: Uint8Array): Confusion {
  const counts = [0, 0, 0, 0];
  scores.forEach((score, n) => {
    counts[(score >= threshold ? 2 : 0) + outcomes[n]!]!++;
  });
  const [trueNegatives, falseNegatives, falsePositives, truePositives] = counts as [
    number,
    number,
    number,
    number,
  ];
  return {
    true_positives: truePositives,
    false_positives: falsePositives,
    false_negatives: falseNegatives,
    true_negatives: trueNegatives,
  };
}

/** What a threshold is to be best at, as a function of what it comes to. */
export const THRESHOLD_RULES: Readonly<Record<string, (counts: Confusion) => number>> = {
  // The balance of how many breaches are found and how many warnings are right.
  f1: ({ true_positives: hits, false_positives: alarms, false_negatives: misses }) =>
    hits === 0 ? 0 : (2 * hits) / (2 * hits + alarms + misses),
  // Share of breaches found less share of kept limits warned of.
  youden: (counts) => {
    const { true_positives: hits, false_positives: alarms } = counts;
    return hits / (hits + counts.false_negatives || 1) - alarms / (alarms + counts.true_negatives || 1);
  },
  // As many warnings as there are breaches.
  share: ({ false_positives: alarms, false_negatives: misses }) => -Math.abs(alarms - misses),
};

/** The threshold at which a rule is best on some cases, the highest of several; a number is taken as it is. */
export function chooseThreshold(rule: string | number, scores: Float64Array, outcomes: Uint8Array): number {
  if (typeof rule === "number") return rule;
  const value = THRESHOLD_RULES[rule];
  if (!value) {
    throw new Error(
      `threshold_rule is "${rule}"; it may be ${Object.keys(THRESHOLD_RULES).join(", ")} or a probability`,
    );
  }
  const order = byScore(scores).reverse();
  const positives = outcomes.reduce((sum, outcome) => sum + outcome, 0);
  let [hits, alarms, best, chosen] = [0, 0, Number.NEGATIVE_INFINITY, 1];
  for (let from = 0; from < order.length; ) {
    const threshold = scores[order[from]!]!;
    for (; from < order.length && scores[order[from]!] === threshold; from++) {
      if (outcomes[order[from]!] === 1) hits++;
      else alarms++;
    }
    const reached = value({
      true_positives: hits,
      false_positives: alarms,
      false_negatives: positives - hits,
      true_negatives: order.length - positives - alarms,
    });
    if (reached > best) [best, chosen] = [reached, threshold];
  }
  return chosen;
}

/** Places of the scores from the lowest to the highest; equal ones in their order. */
export function byScore(scores: Float64Array): Uint32Array {
  return Uint32Array.from(scores.keys()).sort((one, other) => scores[one]! - scores[other]! || one - other);
}

function mean(scores: Float64Array, value: (score: number, n: number) => number): number | null {
  let sum = 0;
  scores.forEach((score, n) => {
    sum += value(score, n);
  });
  return scores.length === 0 ? null : sum / scores.length;
}
