import type { Contribution } from "./model.js";

/** What raises the odds by less than this factor is no reason. */
const LEAST = 1.25;

/** The strongest reasons for a breach in words, with the factor by which each raises the odds against the average case. */
export function mainReasons(contributions: readonly Contribution[], most = 3): string {
  const reasons: string[] = [];
  for (const one of contributions) {
    if (one.factor < LEAST || reasons.length === most) break;
    reasons.push(inWords(one));
  }
  return reasons.length === 0 ? "nothing raises its odds above the average" : reasons.join("; ");
}

const WORDS = new WeakMap<Contribution, string>();

function inWords(contribution: Contribution): string {
  const { feature, level, known, factor } = contribution;
  const words =
    WORDS.get(contribution) ??
    `${feature.words(level)}${known ? "" : ", which is new,"} (odds × ${factor.toFixed(1)})`;
  WORDS.set(contribution, words);
  return words;
}
