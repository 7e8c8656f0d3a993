import { randomUUID } from "node:crypto";
import { type Adapter, openAdapter } from "../adapters/index.js";
import { parseManifest } from "../compile/index.js";
import { type Redaction, SlaError, throwIfAny } from "../errors/index.js";
import { Graph, type IndirectSelection, type PreviousState } from "../graph/index.js";
import type { Manifest } from "../manifest/index.js";
import { loadProject, type Project, projectRedaction } from "../project/index.js";
import type { Emit } from "../run/index.js";

/** What every command is told. */
export interface CommandOptions {
  projectDir: string;
  target?: string | undefined;
  vars?: Record<string, unknown> | undefined;
  threads?: number | undefined;
  select?: string[] | undefined;
  exclude?: string[] | undefined;
  /** A selector of `selectors.yml`. */
  selector?: string | undefined;
  indirectSelection?: IndirectSelection | undefined;
  /** A folder with the artifacts of an earlier run. */
  state?: string | undefined;
  /** Warnings are errors. */
  warnError?: boolean | undefined;
}

/** What a command may touch of the world. */
export interface Effects {
  env: NodeJS.ProcessEnv;
  clock(): Date;
  emit: Emit;
  /** Told what to take out of all that is said about this project. */
  conceal?(redact: Redaction): void;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Under which the command is known to whoever calls it; one is made up when absent. */
  invocationId?: string | undefined;
}

/** A project, parsed and ordered: what all commands start from. */
export interface Invocation {
  id: string;
  startedAt: Date;
  project: Project;
  manifest: Manifest;
  graph: Graph;
  /** What `--state` names, once it has been read. */
  previous?: PreviousState;
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
  effects.conceal?.(projectRedaction(project));
  const { manifest, warnings } = await parseManifest(project);
  const graph = Graph.of(manifest);
  if (options.warnError) throwIfAny(warnings);
  for (const warning of warnings) warn(effects, options, warning);
  return { id: effects.invocationId ?? randomUUID(), startedAt, project, manifest, graph };
}

/** Opens the target's engine. Close it in a `finally`. */
export function open({ project }: Invocation, effects?: Effects): Promise<Adapter> {
  return openAdapter(project.target, {
    cacheDir: `${project.targetPath}/cache`,
    retrying: (message) => effects?.emit({ type: "warning", at: effects.clock(), message }),
  });
}

/** Says what is odd but no error; with `--warn-error` it is one. */
export function warn(
  effects: Effects,
  { warnError }: CommandOptions,
  warning: Pick<SlaError, "code" | "message"> & Partial<Pick<SlaError, "hint" | "location">>,
): void {
  const { code, message, hint, location } = warning;
  if (warnError) throw new SlaError({ code, message, hint, location });
  effects.emit({
    type: "warning",
    at: effects.clock(),
    message,
    code,
    ...(location === undefined ? {} : { path: location.path }),
    ...(location?.line === undefined ? {} : { line: location.line }),
  });
}
