import {
  type ColumnEdge,
  ColumnGraph,
  type ColumnRef,
  columnOwner,
  parseColumnName,
} from "../graph/index.js";
import { projectLineage } from "../lineage/index.js";
import { type ColumnLineage, getNode, type RelationalNode } from "../manifest/index.js";
import { type CommandOptions, type Effects, invoke } from "./invocation.js";

/** What `lineage` is told. */
export interface LineageCommandOptions extends CommandOptions {
  /** `node` or `node.column`. */
  of: string;
  upstream: boolean;
  downstream: boolean;
  /** Generations at the most. */
  depth: number;
}

/** A column or a node, and the ways that lead up and down from it. */
export interface LineageAnswer {
  /** With null as its column: all columns of a node. */
  start: ColumnRef;
  /** What users call a node. */
  nameOf(id: string): string;
  /** What a node is: model, source … */
  typeOf(id: string): string;
  /** What properties say of a column. */
  descriptionOf(ref: ColumnRef): string;
  lineage: ColumnLineage;
  graph: ColumnGraph;
  upstream: ColumnEdge[] | null;
  downstream: ColumnEdge[] | null;
}

/** `sla lineage`: where a column comes from and where it goes. No warehouse is asked. */
export async function lineage(options: LineageCommandOptions, effects: Effects): Promise<LineageAnswer> {
  const { project, manifest, startedAt } = await invoke(options, effects, { target: false });
  const columns = await projectLineage(project, manifest, { runStartedAt: startedAt });
  const start = parseColumnName(options.of, manifest, columns);
  const graph = new ColumnGraph(columns);
  const starts =
    start.column === null
      ? columns.nodes[start.node]!.columns.map(({ name }) => ({ node: start.node, column: name }))
      : [start];
  const node = (id: string) => getNode(manifest, id) as RelationalNode;
  const both = options.upstream === options.downstream;
  return {
    start,
    lineage: columns,
    graph,
    nameOf: (id) => columnOwner(node(id)),
    typeOf: (id) => node(id).resource_type,
    descriptionOf: ({ node: id, column }) =>
      column === null ? node(id).description : (node(id).columns[column]?.description ?? ""),
    upstream: both || options.upstream ? graph.walk(starts, "inputs", options.depth) : null,
    downstream: both || options.downstream ? graph.walk(starts, "uses", options.depth) : null,
  };
}
