import { hash } from "node:crypto";
import { join } from "node:path";
import type { ArtifactScope } from "../artifacts/index.js";
import { codeEdition, projectRedaction, readSelectorsYml } from "../project/index.js";
import { startsWith, writeJson, writeWhole } from "../run/index.js";
import { type CompiledTexts, hasSql, NOT_COMPILED } from "./compiled-texts.js";
import type { Effects, Invocation } from "./invocation.js";

/** The file of our own manifest: everything that we know of a project. */
export const OWN_MANIFEST = "sla_manifest.json";

/** Writes `sla_manifest.json`, the whole project as plain data: what `--state`, `--defer` and `retry` read. */
export function writeOwnManifest({ project, manifest }: Invocation): void {
  const path = join(project.targetPath, OWN_MANIFEST);
  // The manifest of a large project takes longer to write than to make: one that would be the same stays.
  if (!startsWith(path, `{"metadata":${JSON.stringify(manifest.metadata)}`))
    writeWhole(path, JSON.stringify(manifest));
}

/** Writes both manifests where they do not say what the project is now; compiled SQL that stands there stays. */
export async function refreshManifests(
  invocation: Invocation,
  effects: Effects,
  compiled: CompiledTexts = NOT_COMPILED,
): Promise<void> {
  writeOwnManifest(invocation);
  await writeDbtManifest(invocation, effects, compiled, false);
}

/**
 * Writes dbt's `manifest.json` and `graph_summary.json` for this invocation. What is long about the first is written only when the
 * project has changed, or other nodes were compiled; else it gets another header.
 */
export async function writeDbtManifest(
  invocation: Invocation,
  effects: Effects,
  compiled: CompiledTexts,
  own = true,
): Promise<void> {
  const { changeHeader, graphSummary, headerText, manifestMetadata, manifestSections, ...artifacts } =
    await import("../artifacts/index.js");
  const { project } = invocation;
  const path = join(project.targetPath, "manifest.json");
  const scope = await artifactScopeOf(invocation, effects, compiled);
  const selectors = selectorsOf(invocation);
  const digest = digestOf(invocation, scope, selectors);
  const wanted = nameOf(invocation, compiled);
  const made = artifacts.readMade(path);
  const stays =
    made !== null &&
    made.digest === digest &&
    !compiled.deferred &&
    (made.compiled === wanted || made.compiled === "all" || wanted === "none");
  if (stays && !own) return;
  const redact = projectRedaction(project, "left");
  const origin = originOf(invocation);
  const header = (name: string): string =>
    redact(headerText(manifestMetadata(scope, origin, { digest, compiled: name })));
  if (!stays || !changeHeader(path, made.header, header(made.compiled)))
    artifacts.writeManifestFile(path, header(wanted), manifestSections(scope, selectors), redact);
  writeJson(join(project.targetPath, "graph_summary.json"), graphSummary(scope, invocation.id));
}

/** What dbt's artifacts of this invocation are made from. */
export async function artifactScopeOf(
  { project, manifest }: Invocation,
  effects: Effects,
  { texts }: CompiledTexts,
): Promise<ArtifactScope> {
  const { artifactScope } = await import("../artifacts/index.js");
  return artifactScope(project, manifest, effects.clock(), (node) => texts.get(node.unique_id) ?? null);
}

/** Which invocation an artifact is of. */
export function originOf({ id, startedAt, project }: Invocation) {
  return { invocationId: id, startedAt, slaVersion: project.slaVersion };
}

function selectorsOf({ project }: Invocation): Record<string, unknown> {
  const yml = readSelectorsYml(project.dir);
  return Object.fromEntries((yml?.selectors ?? []).map((selector) => [selector.name, selector]));
}

/** A hash of all that dbt's manifest is made from, but for which nodes are compiled. */
function digestOf({ project, manifest }: Invocation, scope: ArtifactScope, selectors: unknown): string {
  const names = new Set<string>();
  const find = (text: string): void => {
    for (const [, name] of text.matchAll(/env_var\s+["']([^"']+)["']/g)) names.add(name!);
  };
  for (const node of Object.values(manifest.nodes)) if ("raw_code" in node) find(node.raw_code);
  for (const node of Object.values(manifest.macros)) find(node.macro_sql);
  const env = [...names].sort().map((name) => [name, project.env[name] ?? null]);
  const parts = [
    manifest.metadata.digest,
    codeEdition(["artifacts", "sql", "quality"]),
    scope.database,
    scope.targetFolder,
    selectors,
    env,
  ];
  return hash("sha256", JSON.stringify(parts));
}

/** What was compiled, in a word. */
function nameOf({ id, manifest }: Invocation, { asked, deferred }: CompiledTexts): string {
  if (deferred) return `deferred ${id}`;
  if (asked.size === 0) return "none";
  const all = Object.values(manifest.nodes).every((node) => !hasSql(node) || asked.has(node.unique_id));
  return all ? "all" : hash("sha256", [...asked].sort().join("\n")).slice(0, 16);
}
