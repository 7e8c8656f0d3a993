import { nodeMaps } from "./node-maps.js";
import type { ArtifactScope } from "./scope.js";

/** dbt's `graph_summary.json`: nodes by number, and the numbers of those that read them. */
export function graphSummary(scope: ArtifactScope, invocationId: string) {
  const { children } = nodeMaps(scope);
  const ids = Object.keys(children);
  const numbers = new Map(ids.map((id, at) => [id, at]));
  const linked = Object.fromEntries(
    ids.map((id, at) => {
      const succ = children[id]!.map((child) => numbers.get(child)!);
      return [at, { name: id, type: id.slice(0, id.indexOf(".")), ...(succ.length > 0 && { succ }) }];
    }),
  );
  return { _invocation_id: invocationId, linked };
}
