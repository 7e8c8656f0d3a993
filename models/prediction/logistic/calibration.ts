import { byScore } from "./quality.js";

/** A tenth of the cases, by probability. */
export interface CalibrationRow {
  decile: number;
  n: number;
  lowest_probability: number;
  highest_probability: number;
  mean_probability: number;
  breaches: number;
  observed_share: number;
  observed_low: number;
  observed_high: number;
}

/** What came of what was said, by tenths from the lowest probabilities to the highest; tenths without cases are left out. */
export function calibration(scores: Float64Array, outcomes: Uint8Array): CalibrationRow[] {
  const order = byScore(scores);
  return Array.from({ length: 10 }, (_, tenth) => {
    const part = order.slice(
      Math.floor((tenth * order.length) / 10),
      Math.floor(((tenth + 1) * order.length) / 10),
    );
    let [sum, breaches] = [0, 0];
    for (const at of part) {
      sum += scores[at]!;
      breaches += outcomes[at]!;
    }
    const interval = wilsonInterval(breaches, part.length);
    return {
      decile: tenth + 1,
      n: part.length,
      lowest_probability: scores[part[0]!]!,
      highest_probability: scores[part.at(-1)!]!,
      mean_probability: sum / part.length,
      breaches,
      observed_share: breaches / part.length,
      observed_low: interval.low,
      observed_high: interval.high,
    };
  }).filter(({ n }) => n > 0);
}

/** Wilson's interval for a share: with 95 % confidence the chance behind `positives` of `count` lies in it. */
export function wilsonInterval(positives: number, count: number): { low: number; high: number } {
  const z = 1.959963984540054;
  const share = positives / count;
  const middle = (share + (z * z) / (2 * count)) / (1 + (z * z) / count);
  const half =
    (z / (1 + (z * z) / count)) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
