import type { Options } from "yargs";

/** Which target, with which variables. */
export const TARGET: Record<string, Options> = {
  target: { type: "string", alias: "t", requiresArg: true, describe: "Target of project.yml to use" },
  vars: {
    type: "string",
    requiresArg: true,
    describe: "Variables as YAML: 'rows: 500' or '{a: 1, b: 2}'",
  },
};

/** Which nodes. */
export const SELECTION: Record<string, Options> = {
  select: {
    type: "string",
    array: true,
    alias: "s",
    requiresArg: true,
    describe: "Nodes to take: names, +x, x+, tag:, path: …",
  },
  exclude: { type: "string", array: true, requiresArg: true, describe: "Nodes to leave out, same grammar" },
  selector: { type: "string", requiresArg: true, describe: "A selector of selectors.yml" },
  "indirect-selection": {
    type: "string",
    requiresArg: true,
    choices: ["eager", "cautious", "buildable", "empty"],
    describe:
      "Tests that come along: any parent selected (eager, the default), all (cautious), or all built (buildable)",
  },
  state: {
    type: "string",
    requiresArg: true,
    describe: "A copy of an earlier run's target folder, for state:, result: and --defer",
  },
  "warn-error": { type: "boolean", default: false, describe: "Warnings are errors" },
};

/** Where to read what is not built. */
export const DEFERRAL: Record<string, Options> = {
  defer: {
    type: "boolean",
    default: false,
    describe: "Read what is not built here from where --state has it",
  },
  "favor-state": {
    type: "boolean",
    default: false,
    describe: "With --defer: read what is not selected from --state, even if it is built here",
  },
};

/** What commands that build are told. */
export const RUNNING: Record<string, Options> = {
  ...TARGET,
  ...SELECTION,
  ...DEFERRAL,
  empty: { type: "boolean", default: false, describe: "Read no rows: check that all can be built" },
  sample: {
    type: "string",
    requiresArg: true,
    describe: "Read rows of this time only: '3 days', '{start: 2026-01-01, end: 2026-02-01}'",
  },
  "event-time-start": {
    type: "string",
    requiresArg: true,
    describe: "Fill microbatch models from this time on, UTC",
  },
  "event-time-end": {
    type: "string",
    requiresArg: true,
    describe: "Fill microbatch models up to this time, UTC",
  },
  threads: { type: "number", requiresArg: true, describe: "Nodes that run at once" },
  "full-refresh": {
    type: "boolean",
    alias: "f",
    default: false,
    describe: "Rebuild incremental models from nothing",
  },
  publish: {
    type: "string",
    choices: ["all", "passed"],
    requiresArg: true,
    describe: "What readers see after a failure: nothing new (all, the default), or what passed",
  },
  reuse: {
    type: "boolean",
    describe: "Leave as they are the nodes for which nothing has changed",
  },
  "lock-timeout": {
    type: "number",
    requiresArg: true,
    default: 0,
    describe: "Seconds to wait for another run to end",
  },
  "query-timeout": {
    type: "number",
    requiresArg: true,
    describe: "Seconds after which a statement is ended on the engine",
  },
  openlineage: {
    type: "string",
    requiresArg: true,
    describe: "File or URL that OpenLineage events of the run go to",
  },
  "fail-fast": { type: "boolean", alias: "x", default: false, describe: "Stop at the first failure" },
};

/** What tells a CI server of tests. */
export const REPORTING: Record<string, Options> = {
  junit: {
    type: "string",
    requiresArg: true,
    describe: "File for the results in JUnit's form, as CI servers show them",
  },
};
