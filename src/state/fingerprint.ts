import { createHash } from "node:crypto";

/** What a node was made from, as digests: one for each reason why it may have to be made again. */
export interface Fingerprint {
  /** Its own code: the SQL with templates filled in, the rows of a CSV, the TypeScript and the variables. */
  code: string;
  /** Its config, columns and relation. */
  config: string;
  /** What its parents were made from. */
  parents: string;
}

const PART = 21;

/** A digest of text, as long as one part of a fingerprint. */
export function digest(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex").slice(0, PART);
}

/** A fingerprint as the ledger keeps it: 63 characters. */
export function formatFingerprint({ code, config, parents }: Fingerprint): string {
  return code + config + parents;
}

/** Which parts differ between two fingerprints. */
export function changedParts(now: string, before: string): (keyof Fingerprint)[] {
  const parts = ["code", "config", "parents"] as const;
  return parts.filter((_, index) => part(now, index) !== part(before, index));
}

function part(fingerprint: string, index: number): string {
  return fingerprint.slice(index * PART, (index + 1) * PART);
}
