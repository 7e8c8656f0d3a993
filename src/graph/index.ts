export {
  type ColumnEdge,
  ColumnGraph,
  type ColumnRef,
  type ColumnStep,
  reachedNodes,
} from "./column-graph.js";
export { columnOwner, parseColumnCriterion, parseColumnName } from "./column-name.js";
export { Graph } from "./graph.js";
export { INDIRECT_SELECTIONS, type IndirectSelection } from "./indirect-selection.js";
export { type Aspect, compareManifests, type ManifestComparison } from "./manifest-comparison.js";
export type { LoadedSources, PreviousState } from "./previous-state.js";
export { type SelectOptions, select } from "./select.js";
export type { NamedSelectors } from "./selection.js";
export { namedSelectors } from "./yaml-selectors.js";
