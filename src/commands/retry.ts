import { join, resolve } from "node:path";
import { SlaError } from "../errors/index.js";
import type { Manifest, RunResult, RunResults } from "../manifest/index.js";
import { loadProject } from "../project/index.js";
import { RUN_COMMANDS, type RunCommand, runCommand } from "./build.js";
import type { Effects } from "./invocation.js";
import { OWN_MANIFEST } from "./manifest-files.js";
import { readArtifact, readResults } from "./previous-state.js";
import { optionsOfRecord, refuseMasked } from "./recorded-options.js";

/** What `retry` is told: all else is as the run had it that is repeated. */
export interface RetryOptions {
  projectDir: string;
  vars?: Record<string, unknown> | undefined;
  threads?: number | undefined;
  /** Where to find `run_results.json`, if not in the target folder. */
  state?: string | undefined;
  /** File for what became of tests and nodes, in JUnit's form. */
  junit?: string | undefined;
  /** Where OpenLineage events go. */
  openlineage?: string | undefined;
}

/** dbt's statuses that call for another try. */
const AGAIN = new Set<string>(["error", "fail", "skipped", "runtime error", "partial success"]);

/** `sla retry`: runs again, with its own options, what the last run did not bring to an end. */
export async function retry(options: RetryOptions, effects: Effects): Promise<RunResults> {
  const { dir, targetPath } = await loadProject({
    projectDir: options.projectDir,
    env: effects.env,
    requireTarget: false,
  });
  const folder = options.state === undefined ? targetPath : resolve(dir, options.state);
  const last = readResults(folder);
  if (last === null) {
    throw new SlaError({
      code: "SLA701",
      message: `there is no run to retry: ${join(folder, "run_results.json")} does not exist`,
      hint: "Run `sla build` first.",
    });
  }
  const which = last.args.which as RunCommand;
  if (!RUN_COMMANDS.includes(which)) {
    throw new SlaError({
      code: "SLA701",
      message: `the last run was of \`sla ${String(which)}\`, which cannot be retried`,
      hint: `Runs of ${RUN_COMMANDS.join(", ")} can.`,
    });
  }
  const recorded = optionsOfRecord(last.args);
  refuseMasked(options.vars ?? recorded.vars);
  const parents = readArtifact<Manifest>(join(folder, OWN_MANIFEST))?.parent_map ?? {};
  return runCommand(
    which,
    {
      ...recorded,
      projectDir: options.projectDir,
      junit: options.junit,
      vars: options.vars ?? recorded.vars,
      threads: options.threads ?? recorded.threads,
      openlineage: options.openlineage,
      only: unfinished(last.results, parents, recorded.warnError === true),
    },
    effects,
  );
}

/**
 * What did not end well. What was built and then withheld from readers, because something else failed, is not there any more:
 * it is built again, and tested again.
 */
function unfinished(
  results: readonly RunResult[],
  parents: Readonly<Record<string, readonly string[]>>,
  warnError: boolean,
): string[] {
  const nodes = results.filter(({ unique_id }) => !unique_id.startsWith("operation."));
  const withheld = new Set(
    nodes.filter(({ published }) => published === false).map(({ unique_id }) => unique_id),
  );
  return nodes
    .filter(
      ({ unique_id, status }) =>
        AGAIN.has(status) ||
        (status === "warn" && warnError) ||
        withheld.has(unique_id) ||
        (parents[unique_id]?.some((parent) => withheld.has(parent)) ?? false),
    )
    .map(({ unique_id }) => unique_id);
}
