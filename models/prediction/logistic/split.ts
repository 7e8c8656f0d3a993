/** Months divided into earlier ones to learn from and later ones to be judged by. */
export interface Split {
  /** The last month to learn from; empty where there is none. */
  trainedUntil: string;
}

/**
 * The last month of training: the given one, or the one before the last `holdout` months, of which at most half of all are taken.
 */
export function splitMonths(
  months: readonly string[],
  { trainUntil, holdout }: { trainUntil?: string | undefined; holdout: number },
): Split {
  if (trainUntil !== undefined) return { trainedUntil: trainUntil };
  const ordered = [...months].sort();
  const later = Math.min(holdout, Math.floor(ordered.length / 2));
  return { trainedUntil: ordered.at(-1 - later) ?? "" };
}
