import type { RelationHandle } from "sla";
import type { Feature, Given } from "./feature.js";
import { Observations } from "./observations.js";

/** Which columns of a relation say what, besides the features. */
export interface CaseColumns {
  /** Tells cases apart, and orders them. */
  key: string;
  /** The month to which a case belongs. */
  period: string;
  /** 1 for a breach, 0 for a kept limit, null while it is not known. */
  outcome: string;
  /** 1 for a case that has not ended, though its outcome is known. */
  open?: string;
}

/** The cases of a relation whose outcome is known, in the order of their keys: the same on every engine. */
export async function readCases(
  relation: RelationHandle<Record<string, Given>>,
  features: readonly Feature[],
  { key, period, outcome, open }: CaseColumns,
): Promise<Observations> {
  const cases = new Observations(features);
  const columns = [key, period, outcome, ...(open ? [open] : []), ...features.map(({ name }) => name)];
  const query = relation.query().select(columns).where(outcome, "is not", null).orderBy(key);
  for await (const found of relation.rows(query)) {
    const row = found as Record<string, Given>;
    cases.add(
      row,
      row[key] as string | number,
      String(row[period]),
      row[outcome] === 1,
      open !== undefined && row[open] === 1,
    );
  }
  return cases;
}
