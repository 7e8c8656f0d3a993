import type { Observations } from "./observations.js";

/**
 * At most so many of the cases, in their order: of each period and outcome the share that it has among all, chosen by the hash of
 * the case's key. The same cases give the same sample, whatever stands around them.
 */
export function stratifiedSample(cases: Observations, from: Uint32Array, most: number): Uint32Array {
  if (from.length <= most) return from;
  const strata = new Map<string, number[]>();
  for (const at of from) {
    const key = `${cases.period(at)} ${cases.outcome(at)}`;
    const stratum = strata.get(key);
    if (stratum) stratum.push(at);
    else strata.set(key, [at]);
  }
  const ordered = [...strata].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, members]) => members);
  const sizes = allocate(
    ordered.map((members) => members.length),
    most,
  );
  const chosen = ordered.flatMap((members, n) =>
    members.sort((one, other) => cases.hash(one) - cases.hash(other) || one - other).slice(0, sizes[n]),
  );
  return Uint32Array.from(chosen).sort();
}

/** Shares a total out in proportion, in whole numbers: the largest remainders get what rounding leaves. */
export function allocate(sizes: readonly number[], total: number): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size * total) / all);
  const shares = exact.map(Math.floor);
  let left = total - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((share, n) => ({ n, remainder: share - Math.floor(share) }))
    .sort((one, other) => other.remainder - one.remainder || one.n - other.n);
  for (const { n } of byRemainder) if (left-- > 0) shares[n]!++;
  return shares;
}
