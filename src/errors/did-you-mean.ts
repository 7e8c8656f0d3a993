import { closest, distance } from "fastest-levenshtein";

/** The candidate nearest to `name`, if it is near enough to be a likely typo (a third of its length, at least 2 edits). */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const list = [...candidates];
  if (list.length === 0) return undefined;
  const lower = name.toLowerCase();
  const exact = list.find((candidate) => candidate.toLowerCase() === lower);
  if (exact !== undefined) return exact;
  const best = closest(
    lower,
    list.map((candidate) => candidate.toLowerCase()),
  );
  const found = list.find((candidate) => candidate.toLowerCase() === best);
  if (found === undefined) return undefined;
  return distance(lower, best) <= Math.max(2, Math.floor(name.length / 3)) ? found : undefined;
}

/** `did you mean "x"?`, or undefined when nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const found = nearest(name, candidates);
  return found === undefined ? undefined : `Did you mean "${found}"?`;
}
