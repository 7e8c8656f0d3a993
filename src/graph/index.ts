export { Graph } from "./graph.js";
export type { IndirectSelection } from "./indirect-selection.js";
export { type SelectOptions, select } from "./select.js";
