import { type CommandOptions, type Effects, invoke } from "./invocation.js";
import { refreshManifests } from "./manifest-files.js";

/** What was found, by resource type, and how long it took in seconds. */
export interface ParseSummary {
  project: string;
  counts: Record<string, number>;
  elapsed: number;
  /** Path of the manifest. */
  manifest: string;
}

/** `sla parse`: reads and orders the project without a warehouse, and writes the manifest. */
export async function parse(options: CommandOptions, effects: Effects): Promise<ParseSummary> {
  const invocation = await invoke(options, effects, { target: false });
  const { manifest, project, graph, startedAt } = invocation;
  graph.order([...Object.keys(manifest.nodes), ...Object.keys(manifest.sources)]);
  await refreshManifests(invocation, effects);
  const counts: Record<string, number> = {};
  for (const node of [
    ...Object.values(manifest.nodes),
    ...Object.values(manifest.sources),
    ...Object.values(manifest.macros),
    ...Object.values(manifest.metrics),
    ...Object.values(manifest.exposures),
  ]) {
    counts[node.resource_type] = (counts[node.resource_type] ?? 0) + 1;
  }
  return {
    project: project.name,
    counts,
    elapsed: (effects.clock().getTime() - startedAt.getTime()) / 1000,
    manifest: `${project.targetPath}/manifest.json`,
  };
}
