import { join } from "node:path";
import { createCompiler } from "../compile/index.js";
import type { ModelNode, RelationalNode, ResourceType, RunResult, RunResults } from "../manifest/index.js";
import { projectRedaction } from "../project/index.js";
import { runTest } from "../quality/index.js";
import {
  keepSql,
  type NodeRunner,
  planBuild,
  type RelationCache,
  runModel,
  runNodes,
  runProcedure,
  runSeed,
  writeWhole,
} from "../run/index.js";
import type { BuildOptions } from "./build-options.js";
import { type CompiledTexts, compiledTexts, NOT_COMPILED } from "./compiled-texts.js";
import { openDeferral } from "./deferral.js";
import { type Effects, type Invocation, invoke, open, warn } from "./invocation.js";
import { withJUnit } from "./junit-report.js";
import { artifactScopeOf, originOf, refreshManifests, writeDbtManifest } from "./manifest-files.js";
import { previousState, selectNodes } from "./node-selection.js";
import { LineageEvents } from "./openlineage.js";
import { calledNodes, withArguments } from "./procedure-call.js";
import { projectFingerprints } from "./project-fingerprints.js";
import { recordedArgs } from "./recorded-options.js";
import { eventTimeOf, inputFilter, windowFilter } from "./sample.js";

const RUNNERS: Partial<Record<ResourceType, NodeRunner>> = {
  model: runModel,
  snapshot: runModel,
  procedure: runProcedure,
  seed: runSeed,
  test: runTest,
};

/** `--warn-error`: a test that would warn fails. */
function warningsFail(runner: NodeRunner): NodeRunner {
  return async (...given) => {
    const outcome = await runner(...given);
    return outcome.status === "warn" ? { ...outcome, status: "fail" } : outcome;
  };
}

/** What each of the running commands runs; `build` runs all in one order, tests in it gate what comes after them. */
const RUNS = {
  build: ["model", "snapshot", "seed", "procedure", "test"],
  run: ["model", "procedure"],
  call: ["procedure", "test"],
  seed: ["seed"],
  snapshot: ["snapshot"],
  test: ["test"],
} satisfies Record<string, ResourceType[]>;

/** Materializations that change the table that stands; a snapshot's history is never built anew. */
const KEEPING = new Set(["incremental", "snapshot"]);

/** Whether what a test finds keeps nodes behind it from running. */
function gates(which: RunCommand): boolean {
  return which === "build" || which === "call";
}

/** A command that runs nodes. */
export type RunCommand = keyof typeof RUNS;

/** All of them. */
export const RUN_COMMANDS = Object.keys(RUNS) as RunCommand[];

/** `sla build`, `run`, `seed`, `test` and `call`: runs the selected nodes in dependency order and writes the artifacts. */
export function runCommand(which: RunCommand, options: BuildOptions, effects: Effects): Promise<RunResults> {
  return withJUnit(which, options, effects, (watched) => {
    const events = new LineageEvents(which, options, watched);
    return events.around(() => runSelected(which, options, events.effects, events));
  });
}

async function runSelected(
  which: RunCommand,
  options: BuildOptions,
  effects: Effects,
  events: LineageEvents,
): Promise<RunResults> {
  const invocation = await invoke(options, effects, { target: true });
  const { project, graph } = invocation;
  const redact = projectRedaction(project);
  const { call } = options;
  const manifest = call === undefined ? invocation.manifest : withArguments(invocation.manifest, call);
  const selected =
    options.only ??
    (call === undefined
      ? selectNodes(invocation, options, effects, RUNS[which])
      : calledNodes(manifest, call));
  const previous = previousState(invocation, options);
  const filter = inputFilter(options, invocation.startedAt);
  const plan = planBuild(manifest, graph, selected, gates(which));
  await refreshManifests(invocation, effects);
  await events.planned(invocation, manifest, plan);
  if (plan.nodes.length === 0) {
    const message = "Nothing to do: the selection holds no node that this command runs.";
    warn(effects, options, { code: "SLA208", message });
    await writeDbtManifest(invocation, effects, NOT_COMPILED);
    return writeResults(invocation, which, options, effects, [], NOT_COMPILED);
  }

  const keepsRows = (node: ModelNode, relations: RelationCache): boolean =>
    KEEPING.has(node.config.materialized) &&
    !(
      node.config.materialized === "incremental" &&
      (node.config.full_refresh ?? options.fullRefresh ?? false)
    ) &&
    relations.get({ schema: node.schema, identifier: node.alias })?.type === "table";
  const adapter = await open(invocation, effects);
  try {
    const elsewhere = await openDeferral(manifest, previous, options, selected, adapter);
    await events.connected(adapter, elsewhere);
    // What was made from other inputs is no ground to reuse anything, now or later.
    const ownInputs = filter === undefined && elsewhere === undefined;
    const { results, failure } = await runNodes({
      project,
      manifest,
      adapter,
      plan,
      identity: {
        runId: invocation.id,
        command: which,
        selection: { select: options.select ?? [], exclude: options.exclude ?? [] },
        slaVersion: project.slaVersion,
      },
      reuse: (options.reuse ?? project.reuse) && !options.fullRefresh && ownInputs && call === undefined,
      fingerprints: async (published) =>
        ownInputs
          ? projectFingerprints({ ...invocation, manifest }, plan, published, adapter)
          : new Map<string, string>(),
      elsewhere,
      filter,
      publish: options.publish ?? project.publish,
      lockTimeout: options.lockTimeout ?? 0,
      keepsRows,
      eventTime: eventTimeOf(options),
      compiler: (relations, relation, window) =>
        createCompiler(project, manifest, {
          relation: (node: RelationalNode) => relation({ schema: node.schema, identifier: node.alias }),
          own: (node: ModelNode) => ({ schema: node.schema, identifier: node.alias }),
          ...((window ?? filter) !== undefined && {
            filter: window === undefined ? filter! : (node: RelationalNode) => windowFilter(node, window),
          }),
          isIncremental: (node: ModelNode) =>
            node.config.materialized === "incremental" && keepsRows(node, relations),
          runStartedAt: invocation.startedAt,
        }),
      runners: options.warnError ? { ...RUNNERS, test: warningsFail(runTest) } : RUNNERS,
      threads: project.target.threads,
      queryTimeout: options.queryTimeout ?? project.target.query_timeout,
      failFast: options.failFast ?? false,
      gate: gates(which),
      signal: effects.signal,
      clock: effects.clock,
      emit: effects.emit,
      keep: (node, compiled, executed) =>
        keepSql(project.targetPath, node, redact(compiled), executed === null ? null : redact(executed)),
      describe: events.wanted,
      drawChart: async (...given) => (await import("../reports/charts/draw.js")).drawChart(...given),
    });
    // What ended the run may be the server's death: then nothing more is asked of it.
    const texts = failure ? NOT_COMPILED : await compiledTexts(invocation, selected, adapter, elsewhere);
    await writeDbtManifest(invocation, effects, texts);
    const written = await writeResults(invocation, which, options, effects, results, texts);
    if (failure) throw failure;
    return written;
  } finally {
    await adapter.close();
  }
}

async function writeResults(
  invocation: Invocation,
  which: RunCommand,
  options: BuildOptions,
  effects: Effects,
  results: RunResult[],
  texts: CompiledTexts,
): Promise<RunResults> {
  const { project } = invocation;
  const done: RunResults = {
    metadata: {
      generated_at: effects.clock().toISOString(),
      invocation_id: invocation.id,
      sla_version: project.slaVersion,
    },
    args: recordedArgs(which, options, project),
    elapsed_time: (effects.clock().getTime() - invocation.startedAt.getTime()) / 1000,
    results,
  };
  const { dbtRunResults } = await import("../artifacts/index.js");
  const artifact = dbtRunResults(
    done,
    originOf(invocation),
    await artifactScopeOf(invocation, effects, texts),
  );
  const text = projectRedaction(project)(JSON.stringify(artifact, null, 2));
  writeWhole(join(project.targetPath, "run_results.json"), `${text}\n`);
  return done;
}
