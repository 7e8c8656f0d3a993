import type { Criterion } from "./selector-spec.js";

/** What is to be selected: criteria and what is made of them. `expects` is what to warn of when nothing comes out. */
export type Selection =
  | { kind: "criterion"; criterion: Criterion }
  | { kind: "union" | "intersection" | "difference"; parts: readonly Selection[]; expects?: string };

/** Selectors of `selectors.yml`, by name. */
export interface NamedSelectors {
  /** In the order of the file. */
  names: readonly string[];
  /** The one with `default: true`. */
  default: string | null;
  /** Throws SLA208 for a name that is none, and for one that is made of itself. */
  get(name: string): Selection;
}

/** One criterion as a selection. */
export function only(criterion: Criterion): Selection {
  return { kind: "criterion", criterion };
}
