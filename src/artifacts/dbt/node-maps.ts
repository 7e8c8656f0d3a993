import type { GraphNode } from "../../manifest/index.js";
import type { ArtifactScope } from "./scope.js";

/** Who reads whom, by dbt's ids. */
export interface NodeMaps {
  parents: Record<string, string[]>;
  children: Record<string, string[]>;
}

/** Parents and children of every node but macros and docs, sorted. */
export function nodeMaps({ manifest, ids }: ArtifactScope): NodeMaps {
  const edges = new Map<string, string[]>();
  const live: GraphNode[] = [
    ...Object.values(manifest.nodes),
    ...Object.values(manifest.sources),
    ...Object.values(manifest.metrics),
    ...Object.values(manifest.exposures),
  ];
  for (const node of live) {
    // dbt's seeds and sources have no parents: that a seeder fills its sources is not told.
    const none = node.resource_type === "source" || node.resource_type === "seed";
    const parents = none ? [] : ids.dependencies(node).sort();
    for (const id of ids.of(node.unique_id)) edges.set(id, parents);
  }
  const sorted = [...edges.keys()].sort();
  const parents: Record<string, string[]> = {};
  const children: Record<string, string[]> = {};
  for (const id of sorted) {
    parents[id] = edges.get(id)!;
    children[id] = [];
  }
  for (const id of sorted) for (const parent of parents[id]!) children[parent]?.push(id);
  return { parents, children };
}
