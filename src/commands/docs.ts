import { join } from "node:path";
import { createCompiler } from "../compile/index.js";
import { type FoundFreshness, generateSite, type WrittenSite } from "../docs/index.js";
import { SlaError, toSlaErrors } from "../errors/index.js";
import { projectLineage } from "../lineage/index.js";
import { hasSecrets, masked, projectRedaction } from "../project/index.js";
import { writeWhole } from "../run/index.js";
import { translate } from "../sql/index.js";
import { compiledTexts, NOT_COMPILED, type TextEngine } from "./compiled-texts.js";
import { type CommandOptions, type Effects, type Invocation, invoke, open } from "./invocation.js";
import { artifactScopeOf, originOf, refreshManifests } from "./manifest-files.js";
import { readArtifact, readResults } from "./previous-state.js";

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
    const shown = hasSecrets(project) ? masked(project) : project;
    const duckdb = adapter?.type === "duckdb" ? adapter.translate : translate;
    const site = await generateSite({
      project,
      manifest,
      order: graph.order(graph.ids()),
      compiler: createCompiler(shown, shown === project ? manifest : { ...manifest }, {
        relation: (node) => ({ schema: node.schema, identifier: node.alias }),
        isIncremental: () => false,
        runStartedAt: invocation.startedAt,
      }),
      translate: duckdb,
      adapter,
      results: readResults(project.targetPath),
      freshness: foundFreshness(project.targetPath),
      lineage: await projectLineage(project, manifest, { runStartedAt: invocation.startedAt }),
      at: invocation.startedAt,
    });
    const engine: TextEngine =
      project.target.type === "duckdb"
        ? { type: "duckdb", translate: duckdb }
        : { type: "mysql", translate: async (sql) => sql };
    const texts = await compiledTexts(invocation, graph.ids(), engine);
    await refreshManifests(invocation, effects, texts);
    await writeCatalog(invocation, effects, site.catalog);
    return site;
  } finally {
    await adapter?.close();
  }
}

/** Writes dbt's `catalog.json`: an empty one where the warehouse was not asked. */
async function writeCatalog(
  invocation: Invocation,
  effects: Effects,
  found: WrittenSite["catalog"],
): Promise<void> {
  const { dbtCatalog } = await import("../artifacts/index.js");
  const scope = await artifactScopeOf(invocation, effects, NOT_COMPILED);
  const catalog = dbtCatalog(found, originOf(invocation), effects.clock(), scope);
  const text = projectRedaction(invocation.project)(JSON.stringify(catalog, null, 2));
  writeWhole(join(invocation.project.targetPath, "catalog.json"), `${text}\n`);
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
