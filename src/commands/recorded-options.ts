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

/** Options as they are recorded. None of them is secret: what is, comes from the environment. */
export function recordedOptions(options: BuildOptions): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(RECORDED).map(([name, key]) => [name, options[key] ?? DEFAULTS[name] ?? null]),
  );
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
