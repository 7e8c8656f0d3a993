import type { Graph } from "./graph.js";

/** Makes the rule by which a test rides along with what is selected: given its parents, does it? */
type Rule = (selected: ReadonlySet<string>, graph: Graph) => (parents: readonly string[]) => boolean;

/** dbt's modes of `--indirect-selection`. */
export const INDIRECT_SELECTION = {
  /** Any parent is selected. */
  eager: () => () => true,
  /** All parents are selected. */
  cautious: (selected) => (parents) => parents.every((id) => selected.has(id)),
  /** All parents are selected, or ancestors of what is. */
  buildable: (selected, graph) => {
    const built = new Set([...selected, ...graph.ancestors(selected)]);
    return (parents) => parents.every((id) => built.has(id));
  },
  /** Never. */
  empty: () => () => false,
} satisfies Record<string, Rule>;

/** How tests ride along. */
export type IndirectSelection = keyof typeof INDIRECT_SELECTION;
