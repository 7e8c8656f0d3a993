import { ColumnGraph, parseColumnCriterion, reachedNodes } from "../graph/index.js";
import { type GraphNode, getNode, type ResourceKind, resourceKind } from "../manifest/index.js";
import { type CommandOptions, type Effects, type Invocation, invoke } from "./invocation.js";
import { refreshManifests } from "./manifest-files.js";
import { selectNodes } from "./node-selection.js";

/** What `ls` is told. */
export interface LsOptions extends CommandOptions {
  resourceTypes?: ResourceKind[] | undefined;
  /** Only nodes with this column, and as its `+` say with those that it is made of or that are made of it. */
  column?: string | undefined;
  output?: keyof typeof OUTPUTS | undefined;
}

/** How a node is listed. */
const OUTPUTS = {
  /** What `--select` takes for exactly this node. */
  selector: (node: GraphNode) => {
    if (node.resource_type === "source")
      return `source:${node.package_name}.${node.source_name}.${node.name}`;
    if (node.resource_type === "metric" || node.resource_type === "exposure")
      return `${node.resource_type}:${node.package_name}.${node.name}`;
    return node.fqn.join(".");
  },
  name: (node: GraphNode) => node.name,
  path: (node: GraphNode) => node.original_file_path,
  json: (node: GraphNode) =>
    JSON.stringify({
      name: node.name,
      resource_type: resourceKind(node),
      package_name: node.package_name,
      original_file_path: node.original_file_path,
      unique_id: node.unique_id,
      alias: "alias" in node ? node.alias : node.name,
      schema: "schema" in node ? node.schema : null,
      materialized:
        node.resource_type === "model" || node.resource_type === "snapshot"
          ? node.config.materialized
          : resourceKind(node),
      tags: node.tags,
      depends_on: node.depends_on,
    }),
};

/** Names of the ways to list a node. */
export const LS_OUTPUTS = Object.keys(OUTPUTS) as (keyof typeof OUTPUTS)[];

/** `sla ls`: the selected nodes, a line each, in the order of a build. */
export async function ls(options: LsOptions, effects: Effects): Promise<string[]> {
  const invocation = await invoke(options, effects, { target: false });
  const { manifest, graph } = invocation;
  await refreshManifests(invocation, effects);
  const types = options.resourceTypes;
  const reached = options.column === undefined ? undefined : await reachedBy(options.column, invocation);
  const show = OUTPUTS[options.output ?? "selector"];
  return graph
    .order(selectNodes(invocation, options, effects))
    .map((id) => getNode(manifest, id)!)
    .filter((node) => types === undefined || types.includes(resourceKind(node)))
    .filter((node) => reached === undefined || reached.has(node.unique_id))
    .map(show);
}

async function reachedBy(column: string, { project, manifest, startedAt }: Invocation) {
  const { projectLineage } = await import("../lineage/index.js");
  const lineage = await projectLineage(project, manifest, { runStartedAt: startedAt });
  return reachedNodes(new ColumnGraph(lineage), parseColumnCriterion(column, manifest, lineage));
}
