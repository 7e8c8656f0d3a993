import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Adapter, openAdapter } from "../adapters/index.js";
import { parseManifest } from "../compile/index.js";
import { Graph, select } from "../graph/index.js";
import type { Manifest, ResourceType } from "../manifest/index.js";
import { loadProject, type Project } from "../project/index.js";
import type { Emit } from "../run/index.js";

/** What every command is told. */
export interface CommandOptions {
  projectDir: string;
  target?: string | undefined;
  vars?: Record<string, unknown> | undefined;
  threads?: number | undefined;
  select?: string[] | undefined;
  exclude?: string[] | undefined;
}

/** What a command may touch of the world. */
export interface Effects {
  env: NodeJS.ProcessEnv;
  clock(): Date;
  emit: Emit;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** A project, parsed and ordered: what all commands start from. */
export interface Invocation {
  id: string;
  startedAt: Date;
  project: Project;
  manifest: Manifest;
  graph: Graph;
}

/** Reads, parses and orders the project; throws everything that is wrong with it. */
export async function invoke(
  options: CommandOptions,
  effects: Effects,
  needs: { target: boolean },
): Promise<Invocation> {
  const startedAt = effects.clock();
  const project = await loadProject({
    projectDir: options.projectDir,
    ...(options.target === undefined ? {} : { target: options.target }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.vars === undefined ? {} : { vars: options.vars }),
    env: effects.env,
    requireTarget: needs.target,
  });
  const { manifest, warnings } = await parseManifest(project);
  const graph = Graph.of(manifest);
  for (const { message, location } of warnings) warn(effects, message, location);
  return { id: randomUUID(), startedAt, project, manifest, graph };
}

/** The selected nodes; what a criterion did not find is a warning, as in dbt. */
export function selectNodes(
  { manifest, graph }: Invocation,
  options: CommandOptions,
  effects: Effects,
  resourceTypes?: ResourceType[],
): string[] {
  const { ids, warnings } = select(manifest, graph, {
    ...(options.select === undefined ? {} : { select: options.select }),
    ...(options.exclude === undefined ? {} : { exclude: options.exclude }),
    ...(resourceTypes === undefined ? {} : { resourceTypes }),
  });
  for (const message of warnings) warn(effects, message);
  return ids;
}

/** Opens the target's engine. Close it in a `finally`. */
export function open({ project }: Invocation): Promise<Adapter> {
  return openAdapter(project.target, { cacheDir: `${project.targetPath}/cache` });
}

/** The version of this package. */
export function slaVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function warn(effects: Effects, message: string, location?: { path: string; line?: number }): void {
  effects.emit({
    type: "warning",
    at: effects.clock(),
    message,
    ...(location === undefined ? {} : { path: location.path }),
    ...(location?.line === undefined ? {} : { line: location.line }),
  });
}
