import type { Contribution } from "./model.js";

/** What raises the odds by less than this factor is no reason. */
const LEAST = 1.25;

/** The strongest reasons for a breach in words, with the factor by which each raises the odds against the average case. */
export function mainReasons(contributions: readonly Contribution[], most = 3): string {
  const reasons = contributions
    .filter(({ against_average }) => Math.exp(against_average) >= LEAST)
    .slice(0, most)
    .map(
      ({ feature, level, known, against_average }) =>
        `${feature.words(level)}${known ? "" : ", which is new,"} (odds × ${Math.exp(against_average).toFixed(1)})`,
    );
  return reasons.length === 0 ? "nothing raises its odds above the average" : reasons.join("; ");
}
