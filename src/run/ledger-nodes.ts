import { ownTables, type Relation, type RunResult } from "../manifest/index.js";
import type { NodeRecord } from "../state/index.js";
import type { RunNode } from "./build-plan.js";

/** What the ledger keeps of a run's nodes. A test counts as published when it passed in a run that published. */
export function ledgerNodes(
  nodes: readonly RunNode[],
  results: readonly RunResult[],
  published: ReadonlySet<string>,
  fingerprints: ReadonlyMap<string, string>,
): NodeRecord[] {
  const byId = new Map(nodes.map((node) => [node.unique_id, node]));
  return results.map((result) => {
    const node = byId.get(result.unique_id)!;
    const built = "alias" in node;
    return {
      result,
      resource_type: node.resource_type,
      materialized: built ? node.config.materialized : null,
      relations: relationsOf(node),
      fingerprint: fingerprints.get(result.unique_id) ?? null,
      published:
        published.has(result.unique_id) ||
        result.status === "reused" ||
        (!built && result.status === "pass" && published.size > 0),
    };
  });
}

/** The relations that a node builds: none for a test, one for a model, one a table for a seeder. */
export function relationsOf(node: RunNode): Relation[] {
  if (!("alias" in node)) return [];
  const tables = ownTables(node);
  if (tables.length > 0) return tables.map(({ schema, alias }) => ({ schema, identifier: alias }));
  return [{ schema: node.schema, identifier: node.alias }];
}
