import { type SlaError, toSlaErrors } from "../errors/index.js";
import type { Manifest, RunResult } from "../manifest/index.js";
import type { Publication } from "../materializations/index.js";
import type { BuildPlan } from "./build-plan.js";
import type { Emit } from "./events.js";
import { type PublishPolicy, publishable } from "./publish-policy.js";
import type { RunSession } from "./run-session.js";

interface PublishOptions {
  manifest: Manifest;
  plan: BuildPlan;
  publish: PublishPolicy;
  signal: AbortSignal;
  clock(): Date;
  emit: Emit;
}

/** The results, in which some nodes failed after all: schedulers and `retry` read them. */
export function failed(
  results: readonly RunResult[],
  which: (id: string) => boolean,
  what: string,
  error: unknown,
): RunResult[] {
  const [{ code, message }] = toSlaErrors(error) as [SlaError];
  return results.map((result) =>
    which(result.unique_id) ? { ...result, status: "error", code, message: `${what}: ${message}` } : result,
  );
}

/** The nodes that readers may see. */
export function visibleNodes(
  { plan, manifest, publish, signal }: PublishOptions,
  results: readonly RunResult[],
): Set<string> {
  return signal.aborted
    ? new Set()
    : publishable(publish, plan.nodes, results, (id) => manifest.parent_map[id] ?? []);
}

/** Publishes what may be shown and says so, or says why nothing changed for readers. */
export async function publishRun(
  options: PublishOptions,
  session: RunSession,
  shown: ReadonlySet<string>,
  publications: ReadonlyMap<string, Publication>,
): Promise<void> {
  const { plan, manifest, emit, clock } = options;
  const visible = plan.nodes.flatMap(({ unique_id }) => {
    const publication = publications.get(unique_id);
    return shown.has(unique_id) && publication !== undefined ? [publication] : [];
  });
  const begun = clock();
  await session.publish(visible);
  const withheld = [...publications.keys()].filter((id) => !shown.has(id));
  if (visible.length === 0 && withheld.length === 0) return;
  emit({
    type: "published",
    at: clock(),
    nodes: visible.length,
    withheld: withheld.map((id) => manifest.nodes[id]!.name),
    seconds: (clock().getTime() - begun.getTime()) / 1000,
  });
}
