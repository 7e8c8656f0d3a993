import { resolve } from "node:path";
import type { BuildOptions, LineageCommandOptions, RunCommand, ShowOptions } from "../commands/index.js";
import type { RunResults } from "../manifest/index.js";
import { type ApiCommand, apiCommand } from "./api-command.js";

/** What the commands that run nodes take. */
export type RunNodesOptions = Omit<BuildOptions, "call" | "only">;

/** What `call` takes: a procedure, and values for its parameters by name. */
export interface CallOptions extends Omit<BuildOptions, "call" | "only"> {
  procedure: string;
  arguments?: Record<string, string | number | boolean | null> | undefined;
}

/** What `lineage` takes: a column (`orders.amount`) or a node, and which way to go; both when neither is named. */
export type LineageOptions = Pick<LineageCommandOptions, "of"> &
  Partial<LineageCommandOptions> & { projectDir: string };

function running(which: RunCommand): ApiCommand<RunNodesOptions, RunResults> {
  return apiCommand<RunNodesOptions, RunResults>(async () => {
    const { runCommand } = await import("../commands/build.js");
    return (options, effects) => runCommand(which, options, effects);
  });
}

/** Loads seeds, builds models and tests both, in dependency order. Results say what became of each node: look at their status. */
export const build = running("build");
/** Builds models, without seeds and tests. */
export const run = running("run");
/** Loads CSV seeds and seeders. */
export const seed = running("seed");
/** Brings the history of snapshots up to date. */
export const snapshot = running("snapshot");
/** Runs data tests and unit tests against what is built. */
export const test = running("test");

/** Calls a stored procedure: its tables are written, tested and published. */
export const call = apiCommand<CallOptions, RunResults>(async () => {
  const { runCommand } = await import("../commands/build.js");
  return ({ procedure, arguments: given = {}, ...options }, effects) =>
    runCommand("call", { ...options, call: { procedure, arguments: given } }, effects);
});

/** Runs again, with its options, what the last run did not bring to an end. */
export const retry = apiCommand(async () => (await import("../commands/retry.js")).retry);
/** Fills in templates and checks the SQL, without running it. */
export const compile = apiCommand(async () => (await import("../commands/compile.js")).compile);
/** Reads and orders the project, without a warehouse, and writes the manifest. */
export const parse = apiCommand(async () => (await import("../commands/parse.js")).parse);
/** Lists nodes in the order of a build. */
export const ls = apiCommand(async () => (await import("../commands/ls.js")).ls);

/** Where a column comes from and where it goes, or all columns of a node. */
export const lineage = apiCommand(async () => {
  const command = await import("../commands/lineage.js");
  const defaults = { upstream: false, downstream: false, depth: Number.POSITIVE_INFINITY };
  return (options: LineageOptions, effects) => command.lineage({ ...defaults, ...options }, effects);
});

/** Rows of a node, or of `inline` SQL: ten, unless `limit` says otherwise; -1 for all. */
export const show = apiCommand(async () => {
  const command = await import("../commands/show.js");
  return (options: Omit<ShowOptions, "limit"> & { limit?: number | undefined }, effects) =>
    command.show({ ...options, limit: options.limit ?? SHOWN }, effects);
});

/** Checks project, target and connection. */
export const debug = apiCommand(async () => (await import("../commands/debug.js")).debug);
/** What a build would do and why, without doing it. */
export const plan = apiCommand(async () => (await import("../commands/plan.js")).plan);

/** What was built and not published, or another target, against what is live. */
export const diff = apiCommand(async () => {
  const command = await import("../commands/diff.js");
  type Options = Parameters<typeof command.diff>[0];
  return (options: Omit<Options, "examples"> & { examples?: number | undefined }, effects) =>
    command.diff({ ...options, examples: options.examples ?? EXAMPLES }, effects);
});

/** The latest runs on the target, newest first: ten, unless `limit` says otherwise. */
export const runs = apiCommand(async () => {
  const command = await import("../commands/runs.js");
  type Options = Parameters<typeof command.runs>[0];
  return (options: Omit<Options, "limit"> & { limit?: number | undefined }, effects) =>
    command.runs({ ...options, limit: options.limit ?? SHOWN }, effects);
});

/** How old the data of sources is. */
export const freshness = apiCommand(async () => (await import("../commands/freshness.js")).freshness);
/** Writes Tableau files of the dashboards. */
export const tableau = apiCommand(async () => (await import("../commands/tableau.js")).tableau);
/** Checks Tableau files. */
export const validateTableau = apiCommand(
  async () => (await import("../commands/tableau-validate.js")).validateTableau,
);
/** Writes the site of the project to `target/site`. */
export const docs = apiCommand(async () => (await import("../commands/docs.js")).generateDocs);
/** Writes the row types of all relations to a declaration file. */
export const generateTypes = apiCommand(
  async () => (await import("../commands/generate-types.js")).generateTypes,
);
/** Writes the JSON Schemas of a project's YAML files. */
export const generateSchema = apiCommand(
  async () => (await import("../commands/generate-schema.js")).generateSchema,
);
/** Removes the target folder, nothing of the warehouse. */
export const clean = apiCommand(async () => (await import("../commands/clean.js")).clean);
/** Relations that earlier runs made and the project no longer has; with `drop` they are dropped. */
export const orphans = apiCommand(async () => {
  const command = await import("../commands/orphans.js");
  type Options = Parameters<typeof command.orphans>[0];
  return (options: Omit<Options, "drop"> & { drop?: boolean | undefined }, effects) =>
    command.orphans({ ...options, drop: options.drop ?? false }, effects);
});

/** Writes a small, complete project into a folder. It replaces nothing, unless `force` says so, and installs nothing. */
export const init = apiCommand(async () => {
  const command = await import("../commands/init/init.js");
  return ({ projectDir, name, force = false }: InitProject) =>
    command.init({ dir: resolve(projectDir), ...(name !== undefined && { name }), force });
});

/** Makes a project out of a dbt project, which is only read; what could not be taken over is in `todo`. Installs nothing. */
export const initFromDbt = apiCommand(async () => {
  const command = await import("../commands/from-dbt/from-dbt.js");
  return ({ projectDir, dbtDir, force = false }: InitFromDbt) =>
    command.fromDbt({ dir: resolve(projectDir), dbtDir: resolve(dbtDir), force });
});

/** What `initFromDbt` takes. */
export interface InitFromDbt {
  /** The folder of the new project. */
  projectDir: string;
  /** The folder of dbt_project.yml. */
  dbtDir: string;
  force?: boolean | undefined;
}

/** What `init` takes. */
export interface InitProject {
  /** The folder of the new project. */
  projectDir: string;
  /** Its name; that of the folder when absent. */
  name?: string | undefined;
  force?: boolean | undefined;
}

const SHOWN = 10;
const EXAMPLES = 3;
