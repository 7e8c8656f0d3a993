import type { Adapter } from "../adapters/index.js";
import { relationKey } from "../manifest/index.js";
import type { RunNode } from "./build-plan.js";
import type { BuiltRelation } from "./events.js";
import { relationsOf } from "./ledger-nodes.js";
import type { NodeOutcome } from "./node-runner.js";

/**
 * What a node has built, with the columns that the engine has; nothing for what failed, or cannot be asked any more. `counted` are rows by
 * the relation that was filled.
 */
export async function builtRelations(
  node: RunNode,
  { publication, status }: NodeOutcome,
  adapter: Adapter,
  counted: ReadonlyMap<string, number>,
): Promise<BuiltRelation[]> {
  if (status !== "success" || publication === null) return [];
  const views = new Set(publication.views.map(({ relation }) => relationKey(relation)));
  const found: BuiltRelation[] = [];
  try {
    for (const relation of relationsOf(node)) {
      const key = relationKey(relation);
      const now = publication.standIns.find(({ live }) => relationKey(live) === key)?.now ?? relation;
      found.push({
        relation,
        type: views.has(key) ? "view" : "table",
        columns: await adapter.introspector.columns(now),
        rows: counted.get(relationKey(now)) ?? null,
      });
    }
  } catch {
    // It is only told: what was built stands.
  }
  return found;
}
