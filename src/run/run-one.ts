import { SlaError, toSlaErrors } from "../errors/index.js";
import type { ResourceType, RunResult } from "../manifest/index.js";
import { inAttempts } from "./attempts.js";
import type { RunNode } from "./build-plan.js";
import type { NodeOutcome, NodeRunner, RunContext } from "./node-runner.js";
import { limited } from "./query-timeout.js";

/** dbt's words for what fail-fast ended, begun or not. */
export const FAIL_FAST = "Skipping due to fail_fast";

/**
 * Runs one node, repeated where that helps; what goes wrong is an outcome. `interrupt` is the user's: what ends for another
 * reason was stopped by fail-fast and counts as not run.
 */
export async function runOne(
  node: RunNode,
  runners: Partial<Record<ResourceType, NodeRunner>>,
  interrupt: AbortSignal,
  context: RunContext,
): Promise<{ outcome: NodeOutcome; error: SlaError | null }> {
  try {
    const runner = runners[node.resource_type];
    if (runner === undefined) throw new Error(`no runner for ${node.resource_type}`);
    const again = (message: string): void => context.message(node.unique_id, `${node.name}: ${message}`);
    const outcome = await inAttempts(node, context.signal, again, async () => {
      const connection = await context.adapter.acquire();
      try {
        return await runner(node, context, limited(connection, context.queryTimeout));
      } finally {
        await connection.release();
      }
    });
    return { outcome, error: null };
  } catch (thrown) {
    if (context.signal.aborted && !interrupt.aborted) return { outcome: skipped(FAIL_FAST), error: null };
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
        publication: null,
      },
      error,
    };
  }
}

/** The outcome of a node that does not run. */
export function skipped(why: string): NodeOutcome {
  return {
    status: "skipped",
    message: why,
    failures: null,
    rowsAffected: null,
    compiledCode: null,
    publication: null,
  };
}

/** The result of a node, for artifacts and people. */
export function toResult(
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
