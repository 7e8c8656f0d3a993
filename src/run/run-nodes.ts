import type { Adapter } from "../adapters/index.js";
import type { Compiler } from "../compile/index.js";
import { SlaError, toSlaErrors } from "../errors/index.js";
import type { Manifest, ResourceType, RunResult } from "../manifest/index.js";
import type { Project } from "../project/index.js";
import type { BuildPlan, RunNode } from "./build-plan.js";
import { nodeInfo } from "./build-plan.js";
import type { Emit } from "./events.js";
import { executeGraph } from "./execute-graph.js";
import type { NodeOutcome, NodeRunner, RunContext } from "./node-runner.js";
import { RelationCache } from "./relation-cache.js";

/** A plan and all that running it needs. */
export interface RunNodesOptions {
  project: Project;
  manifest: Manifest;
  adapter: Adapter;
  plan: BuildPlan;
  /** Makes the compiler once it is known what stands in the warehouse. */
  compiler(relations: RelationCache): Compiler;
  /** Who runs what: one runner for each resource type of the plan. */
  runners: Partial<Record<ResourceType, NodeRunner>>;
  threads: number;
  failFast: boolean;
  /** Whether failed tests and skipped nodes skip what stands behind them (build), or only errors do (run, test). */
  gate: boolean;
  signal: AbortSignal;
  clock(): Date;
  emit: Emit;
  keep: RunContext["keep"];
}

/** Runs a plan. Never throws for a node: what went wrong stands in its result, and the error in its event. */
export async function runNodes(options: RunNodesOptions): Promise<RunResult[]> {
  const { adapter, plan, emit, clock, signal } = options;
  const started = clock();
  emit({
    type: "run_started",
    at: started,
    nodes: plan.nodes.map(nodeInfo),
    project: options.project.name,
    threads: options.threads,
    target: options.project.target.name,
    engine: adapter.version,
  });
  const setup = await adapter.acquire();
  let relations: RelationCache;
  try {
    relations = await RelationCache.open(adapter, setup, plan.schemas);
  } finally {
    await setup.release();
  }
  const context: RunContext = {
    project: options.project,
    manifest: options.manifest,
    adapter,
    compiler: options.compiler(relations),
    relations,
    signal,
    progress: (unique_id, rows) => emit({ type: "node_progress", at: clock(), unique_id, rows }),
    message: (unique_id, message) => emit({ type: "node_message", at: clock(), unique_id, message }),
    keep: options.keep,
  };

  const nodes = new Map<string, { node: RunNode; index: number }>(
    plan.nodes.map((node, index) => [node.unique_id, { node, index: index + 1 }]),
  );
  const results: RunResult[] = [];
  const finish = (id: string, result: RunResult, error: SlaError | null): void => {
    const { node, index } = nodes.get(id)!;
    results.push(result);
    emit({ type: "node_finished", at: clock(), node: nodeInfo(node), index, result, error });
  };

  const cancel = (): void => void adapter.cancel().catch(() => {});
  signal.addEventListener("abort", cancel, { once: true });
  try {
    await executeGraph({
      tasks: plan.tasks,
      threads: options.threads,
      signal,
      async run(id, thread) {
        const { node, index } = nodes.get(id)!;
        const begun = clock();
        emit({ type: "node_started", at: begun, node: nodeInfo(node), index, thread });
        const { outcome, error } = await runOne(node, options.runners[node.resource_type], context);
        finish(id, toResult(node, outcome, error, { begun, ended: clock(), thread }), error);
        const bad = outcome.status === "error" || outcome.status === "fail";
        if (!bad) return "ok";
        if (options.failFast) return "stops";
        return outcome.status === "error" || options.gate ? "blocks" : "ok";
      },
      skip(id, cause) {
        const { node } = nodes.get(id)!;
        const why =
          cause !== null
            ? `behind ${nodes.get(cause)!.node.name}`
            : signal.aborted
              ? "interrupted"
              : "fail-fast";
        const at = clock();
        finish(id, toResult(node, skipped(why), null, { begun: at, ended: at, thread: 0 }), null);
      },
    });
  } finally {
    signal.removeEventListener("abort", cancel);
  }
  const elapsed = (clock().getTime() - started.getTime()) / 1000;
  emit({ type: "run_finished", at: clock(), elapsed, results, interrupted: signal.aborted });
  return results;
}

async function runOne(
  node: RunNode,
  runner: NodeRunner | undefined,
  context: RunContext,
): Promise<{ outcome: NodeOutcome; error: SlaError | null }> {
  try {
    if (runner === undefined) throw new Error(`no runner for ${node.resource_type}`);
    const connection = await context.adapter.acquire();
    try {
      return { outcome: await runner(node, context, connection), error: null };
    } finally {
      await connection.release();
    }
  } catch (thrown) {
    const error = context.signal.aborted
      ? new SlaError({ code: "SLA504", message: "interrupted", node: node.unique_id, cause: thrown })
      : toSlaErrors(thrown)[0]!.at({ path: node.original_file_path }, node.unique_id);
    return {
      outcome: {
        status: "error",
        message: error.message,
        failures: null,
        rowsAffected: null,
        compiledCode: null,
      },
      error,
    };
  }
}

function skipped(why: string): NodeOutcome {
  return { status: "skipped", message: why, failures: null, rowsAffected: null, compiledCode: null };
}

function toResult(
  node: RunNode,
  outcome: NodeOutcome,
  error: SlaError | null,
  at: { begun: Date; ended: Date; thread: number },
): RunResult {
  const span = { started_at: at.begun.toISOString(), completed_at: at.ended.toISOString() };
  return {
    unique_id: node.unique_id,
    status: outcome.status,
    message: outcome.message,
    failures: outcome.failures,
    rows_affected: outcome.rowsAffected,
    execution_time: (at.ended.getTime() - at.begun.getTime()) / 1000,
    timing: outcome.status === "skipped" ? [] : [{ name: "execute", ...span }],
    thread_id: `Thread-${at.thread}`,
    relation_name: node.resource_type === "test" ? null : `${node.schema}.${node.alias}`,
    compiled_code: outcome.compiledCode,
    code: error?.code ?? null,
  };
}
