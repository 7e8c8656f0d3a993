import type { ExistingRelation, Relation } from "../manifest/index.js";
import type { RunNode } from "./build-plan.js";

/**
 * The nodes that need not run: what they are made from is what their published state was made from, their relations still stand,
 * and nothing that runs comes before them. Nodes are given in dependency order.
 */
export function reusable(
  nodes: readonly RunNode[],
  after: ReadonlyMap<string, readonly string[]>,
  now: ReadonlyMap<string, string>,
  published: ReadonlyMap<string, string>,
  existing: (relation: Relation) => ExistingRelation | null,
): Set<string> {
  const reused = new Set<string>();
  const planned = new Set(nodes.map((node) => node.unique_id));
  for (const node of nodes) {
    const fingerprint = now.get(node.unique_id);
    const same = fingerprint !== undefined && published.get(node.unique_id) === fingerprint;
    const settled = (after.get(node.unique_id) ?? []).every((id) => reused.has(id) || !planned.has(id));
    if (same && settled && relations(node).every((relation) => existing(relation) !== null))
      reused.add(node.unique_id);
  }
  return reused;
}

function relations(node: RunNode): Relation[] {
  if (node.resource_type === "test") return [];
  if (node.resource_type === "seed" && node.tables.length > 0) {
    return node.tables.map((table) => ({ schema: table.schema, identifier: table.alias }));
  }
  return [{ schema: node.schema, identifier: node.alias }];
}
