import { join } from "node:path";
import { createCompiler } from "../compile/index.js";
import { type FoundFreshness, generateSite, type WrittenSite } from "../docs/index.js";
import { SlaError, toSlaErrors } from "../errors/index.js";
import { projectLineage } from "../lineage/index.js";
import type { RunResults } from "../manifest/index.js";
import { translate } from "../sql/index.js";
import { type CommandOptions, type Effects, invoke, open } from "./invocation.js";
import { readArtifact } from "./previous-state.js";

/** What `docs generate` is told. */
export interface DocsOptions extends CommandOptions {
  /** Ask no warehouse: no types, sizes and runs. */
  emptyCatalog?: boolean | undefined;
}

/** `sla docs generate`: writes the site of the project to `target/site`. */
export async function generateDocs(options: DocsOptions, effects: Effects): Promise<WrittenSite> {
  const invocation = await invoke(options, effects, { target: options.emptyCatalog !== true });
  const { project, manifest, graph } = invocation;
  const adapter =
    options.emptyCatalog === true ? null : await open(invocation, effects).catch(withoutWarehouse);
  try {
    return await generateSite({
      project,
      manifest,
      order: graph.order(graph.ids()),
      compiler: createCompiler(project, manifest, {
        relation: (node) => ({ schema: node.schema, identifier: node.alias }),
        isIncremental: () => false,
        runStartedAt: invocation.startedAt,
      }),
      translate: adapter?.type === "duckdb" ? adapter.translate : translate,
      adapter,
      results: readArtifact<RunResults>(join(project.targetPath, "run_results.json")),
      freshness: foundFreshness(project.targetPath),
      lineage: await projectLineage(project, manifest, { runStartedAt: invocation.startedAt }),
      at: invocation.startedAt,
    });
  } finally {
    await adapter?.close();
  }
}

/** Says how to do without a warehouse that cannot be reached. */
function withoutWarehouse(thrown: unknown): never {
  const [error] = toSlaErrors(thrown);
  throw new SlaError({
    code: error!.code,
    message: error!.message,
    hint: [error!.hint, "`--empty-catalog` writes the site without the warehouse: no types, sizes and runs."]
      .filter((part) => part !== undefined)
      .join(" "),
    cause: thrown,
  });
}

interface SourcesArtifact {
  results: { unique_id: string; status: string; max_loaded_at?: string | null }[];
}

function foundFreshness(targetPath: string): Map<string, FoundFreshness> {
  const artifact = readArtifact<SourcesArtifact>(join(targetPath, "sources.json"));
  return new Map(
    (artifact?.results ?? []).map(({ unique_id, status, max_loaded_at }) => [
      unique_id,
      { status, loaded: max_loaded_at ?? null },
    ]),
  );
}
