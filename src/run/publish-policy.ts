import type { RunResult } from "../manifest/index.js";
import type { RunNode } from "./build-plan.js";

/** `all`: everything or nothing. `passed`: what was built and passed its tests, as dbt would leave it. */
export type PublishPolicy = "all" | "passed";

/** Which of the built nodes may be shown to readers. */
export function publishable(
  policy: PublishPolicy,
  nodes: readonly RunNode[],
  results: readonly RunResult[],
  parents: (uniqueId: string) => readonly string[],
): Set<string> {
  const status = new Map(results.map((result) => [result.unique_id, result.status]));
  // What was not touched by the run is as visible as it was.
  const failed = nodes.filter(({ unique_id }) => isBad(status.get(unique_id)));
  const built = nodes.filter(
    ({ resource_type, unique_id }) => resource_type !== "test" && status.get(unique_id) === "success",
  );
  if (policy === "all") return new Set(failed.length > 0 ? [] : built.map(({ unique_id }) => unique_id));

  const withheld = new Set<string>();
  for (const node of failed) {
    withheld.add(node.unique_id);
    if (node.resource_type === "test" && status.get(node.unique_id) !== "skipped") {
      for (const tested of node.depends_on.nodes) withheld.add(tested);
    }
  }
  // What was built on something that stays as it was must stay as it was, too. Nodes come in dependency order.
  for (const { unique_id } of nodes) {
    if (ancestorsIn(withheld, unique_id, parents)) withheld.add(unique_id);
  }
  return new Set(built.map(({ unique_id }) => unique_id).filter((id) => !withheld.has(id)));
}

function isBad(status: RunResult["status"] | undefined): boolean {
  return status === undefined || status === "error" || status === "fail" || status === "skipped";
}

/** Whether a parent, or one behind parents that do not run themselves (sources, ephemeral models), is withheld. */
function ancestorsIn(
  withheld: ReadonlySet<string>,
  id: string,
  parents: (uniqueId: string) => readonly string[],
): boolean {
  const seen = new Set<string>();
  const stack = [...parents(id)];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (withheld.has(next)) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    stack.push(...parents(next));
  }
  return false;
}
