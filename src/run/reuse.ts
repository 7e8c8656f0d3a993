import type { ExistingRelation, Relation } from "../manifest/index.js";
import type { RunNode } from "./build-plan.js";
import { relationsOf } from "./ledger-nodes.js";

/**
 * The nodes that need not run: what they are made from is what their published state was made from, their relations still stand,
 * and nothing that runs comes before them; `after` is free of cycles.
 */
export function reusable(
  nodes: readonly RunNode[],
  after: ReadonlyMap<string, readonly string[]>,
  now: ReadonlyMap<string, string>,
  published: ReadonlyMap<string, string>,
  existing: (relation: Relation) => ExistingRelation | null,
): Set<string> {
  const planned = new Map(nodes.map((node) => [node.unique_id, node]));
  const decided = new Map<string, boolean>();
  const decide = (node: RunNode): boolean => {
    const known = decided.get(node.unique_id);
    if (known !== undefined) return known;
    const fingerprint = now.get(node.unique_id);
    const answer =
      fingerprint !== undefined &&
      published.get(node.unique_id) === fingerprint &&
      relationsOf(node).every((relation) => existing(relation) !== null) &&
      (after.get(node.unique_id) ?? []).every((id) => {
        const before = planned.get(id);
        return before === undefined || decide(before);
      });
    decided.set(node.unique_id, answer);
    return answer;
  };
  return new Set(nodes.filter(decide).map((node) => node.unique_id));
}
