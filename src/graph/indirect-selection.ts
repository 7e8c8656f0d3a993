import type { GraphNode } from "../manifest/index.js";
import type { Graph } from "./graph.js";

/** dbt's modes of `--indirect-selection`: how tests ride along with what they test. */
export const INDIRECT_SELECTIONS = ["eager", "cautious", "buildable", "empty"] as const;

/** How tests ride along: with any parent, with all, with all that are selected or ancestors of what is, or never. */
export type IndirectSelection = (typeof INDIRECT_SELECTIONS)[number];

/** Whether a node rides along with its parents, though no criterion names it. */
export function ridesAlong(node: GraphNode | undefined): boolean {
  const type: string | undefined = node?.resource_type;
  return type === "test" || type === "unit_test";
}

/** The rule by which a test with these parents is in, given what is selected; `sources` count as built already. */
export function rideRule(
  mode: IndirectSelection,
  selected: ReadonlySet<string>,
  graph: Graph,
  sources: Iterable<string> = [],
): (parents: readonly string[]) => boolean {
  switch (mode) {
    case "eager":
      return () => true;
    case "empty":
      return () => false;
    case "cautious":
      return (parents) => parents.every((id) => selected.has(id));
    case "buildable": {
      const built = new Set([...selected, ...graph.ancestors(selected), ...sources]);
      return (parents) => parents.every((id) => built.has(id));
    }
  }
}
