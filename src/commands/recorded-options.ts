import { relative, resolve } from "node:path";
import { MASK, SlaError } from "../errors/index.js";
import { maskedVars, type Project } from "../project/index.js";
import type { BuildOptions } from "./build-options.js";

/** The options that `run_results.json` records, by dbt's names: what `retry` repeats a run with. */
const RECORDED = {
  target: "target",
  threads: "threads",
  vars: "vars",
  select: "select",
  exclude: "exclude",
  selector: "selector",
  indirect_selection: "indirectSelection",
  state: "state",
  defer: "defer",
  favor_state: "favorState",
  empty: "empty",
  sample: "sample",
  event_time_start: "eventTimeStart",
  event_time_end: "eventTimeEnd",
  full_refresh: "fullRefresh",
  fail_fast: "failFast",
  warn_error: "warnError",
  publish: "publish",
  reuse: "reuse",
  lock_timeout: "lockTimeout",
  query_timeout: "queryTimeout",
  call: "call",
} as const satisfies Record<string, keyof BuildOptions>;

/**
 * The command and its options as dbt records them, without what is secret, and without a place on the machine: `--state` is seen from
 * the project.
 */
export function recordedArgs(
  which: string,
  options: BuildOptions,
  project: Project,
): Record<string, unknown> {
  const { dir, secretVars, target } = project;
  const given: BuildOptions = {
    ...options,
    target: target.name,
    threads: target.threads,
    ...(options.vars !== undefined && { vars: maskedVars(options.vars, secretVars) }),
    ...(options.state !== undefined && { state: relative(dir, resolve(dir, options.state)) || "." }),
  };
  const recorded = Object.entries(RECORDED).map(([name, key]) => [
    name,
    given[key] ?? DEFAULTS[name] ?? null,
  ]);
  const words = (option: string, criteria: readonly string[] | undefined): string =>
    criteria === undefined || criteria.length === 0 ? "" : ` --${option} ${criteria.join(" ")}`;
  return {
    which,
    invocation_command: `sla ${which}${words("select", options.select)}${words("exclude", options.exclude)}`,
    profiles_dir: ".",
    project_dir: ".",
    ...Object.fromEntries(recorded),
  };
}

const DEFAULTS: Record<string, unknown> = {
  select: [],
  exclude: [],
  defer: false,
  favor_state: false,
  empty: false,
  full_refresh: false,
  fail_fast: false,
  warn_error: false,
};

/** The options that were recorded. */
export function optionsOfRecord(args: Readonly<Record<string, unknown>>): Partial<BuildOptions> {
  return Object.fromEntries(
    Object.entries(RECORDED).flatMap(([name, key]) =>
      args[name] === null || args[name] === undefined ? [] : [[key, args[name]]],
    ),
  );
}

/** Refuses to guess the variables of a run that it was given on the command line, and that no artifact keeps. */
export function refuseMasked(vars: Readonly<Record<string, unknown>> | undefined): void {
  const hidden = Object.keys(vars ?? {}).filter((name) => vars![name] === MASK);
  if (hidden.length === 0) return;
  throw new SlaError({
    code: "SLA701",
    message: `the run was given the variable${hidden.length > 1 ? "s" : ""} ${hidden.join(", ")}, which no artifact keeps: secrets, and paths of a machine`,
    hint: "Give all variables again: sla retry --vars '…'.",
  });
}
