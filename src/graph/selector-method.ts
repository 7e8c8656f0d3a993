import type { GraphNode, Manifest } from "../manifest/index.js";
import type { PreviousState } from "./previous-state.js";
import type { Criterion } from "./selector-spec.js";

/** What methods look at beside the node itself. */
export interface MethodScope {
  manifest: Manifest;
  state: PreviousState | undefined;
  /** Takes what is odd but no error. */
  warnings: string[];
}

/** Makes the test that a criterion puts to each node and source. */
export type SelectorMethod = (criterion: Criterion, scope: MethodScope) => (node: GraphNode) => boolean;
