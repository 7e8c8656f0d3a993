import type { Adapter } from "../adapters/index.js";
import type { Compiler } from "../compile/index.js";
import type { SlaError } from "../errors/index.js";
import {
  type Manifest,
  type ModelNode,
  type Relation,
  type ResourceType,
  type RunResult,
  relationKey,
} from "../manifest/index.js";
import type { Publication } from "../materializations/index.js";
import type { Project } from "../project/index.js";
import { grantsOf } from "./apply-grants.js";
import type { BuildPlan, RunNode } from "./build-plan.js";
import { nodeInfo } from "./build-plan.js";
import { builtRelations } from "./built-relations.js";
import type { BuiltRelation, Emit } from "./events.js";
import { executeGraph } from "./execute-graph.js";
import { ledgerNodes } from "./ledger-nodes.js";
import type { NodeRunner, RunContext } from "./node-runner.js";
import type { PublishPolicy } from "./publish-policy.js";
import { failed, publishRun, visibleNodes } from "./publish-run.js";
import { RelationCache } from "./relation-cache.js";
import { reusable } from "./reuse.js";
import { FAIL_FAST, runOne, skipped, toResult } from "./run-one.js";
import { openRunSession, type RunIdentity, type RunSession } from "./run-session.js";
import { StandIns } from "./stand-ins.js";

/** A plan and all that running it needs. */
export interface RunNodesOptions {
  project: Project;
  manifest: Manifest;
  adapter: Adapter;
  plan: BuildPlan;
  /** Makes a compiler once it is known what stands in the warehouse; refs become what `relation` says. */
  compiler(
    relations: RelationCache,
    relation: (live: Relation) => Relation,
    window?: { start: string; end: string },
  ): Compiler;
  /** The time that microbatch models fill, where the user names it. */
  eventTime: { from: Date | null; until: Date | null };
  /** Whether a model changes the table that stands, instead of building it whole. */
  keepsRows(node: ModelNode, relations: RelationCache): boolean;
  identity: RunIdentity;
  /** Fingerprints of the plan's nodes, given what is published. */
  fingerprints(published: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>>;
  /** Whether nodes whose fingerprint is that of their published state are left as they are. */
  reuse: boolean;
  publish: PublishPolicy;
  /** Seconds to wait for another run to end. */
  lockTimeout: number;
  /** Who runs what: one runner for each resource type of the plan. */
  runners: Partial<Record<ResourceType, NodeRunner>>;
  threads: number;
  /** Seconds after which a node's statement is ended. */
  queryTimeout?: number | undefined;
  failFast: boolean;
  /** Where a relation is read that this run does not build (`--defer`); as it is named when absent. */
  elsewhere?: ((live: Relation) => Relation) | undefined;
  /** Which of an input's rows TypeScript models read (`--empty`, `--sample`). */
  filter?: RunContext["filter"];
  /** Whether failed tests and skipped nodes skip what stands behind them (build), or only errors do (run, test). */
  gate: boolean;
  signal: AbortSignal;
  clock(): Date;
  emit: Emit;
  keep: RunContext["keep"];
  drawChart: RunContext["drawChart"];
  /** Whether events tell the columns of what was built: a question to the engine for each relation. */
  describe?: boolean | undefined;
}

/** What became of a run's nodes, and what went wrong after they had run. */
export interface RunOutcome {
  results: RunResult[];
  /** Why what was built is not published, or a grant on it not made; it stands in the results of these nodes, too. */
  failure: Error | null;
}

/** Runs a plan. Never throws for a node: what went wrong stands in its result, and the error in its event. */
export async function runNodes(options: RunNodesOptions): Promise<RunOutcome> {
  const { adapter, plan, emit, clock } = options;
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
  const builds = plan.nodes.some((node) => node.resource_type !== "test");
  const session = builds
    ? await openRunSession(adapter, options.project, options.identity, plan.schemas, {
        lockTimeout: options.lockTimeout,
        clock,
        notice: (message) => emit({ type: "warning", at: clock(), message }),
      })
    : null;
  try {
    return await runPlan(options, session, started);
  } catch (error) {
    await session?.abandon();
    throw error;
  }
}

async function runPlan(
  options: RunNodesOptions,
  session: RunSession | null,
  started: Date,
): Promise<RunOutcome> {
  const { adapter, plan, emit, clock } = options;
  const stop = new AbortController();
  // Whoever asks for the end, the user or the first failure: statements that run are ended, and nothing starts any more.
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const relations = session?.relations ?? new RelationCache([]);
  const standIns = new StandIns();
  const elsewhere = options.elsewhere ?? ((relation: Relation) => relation);
  const read = (relation: Relation): Relation => {
    const now = standIns.resolve(relation);
    return now === relation ? elsewhere(relation) : now;
  };
  // What this run has built will stand under its own name when readers see it.
  const live = options.compiler(relations, (relation) =>
    standIns.resolve(relation) === relation ? elsewhere(relation) : relation,
  );
  const counted = new Map<string, number>();
  const context: RunContext = {
    project: options.project,
    manifest: options.manifest,
    adapter,
    compiler: options.compiler(relations, read),
    relations,
    windowCompiler: (window) => options.compiler(relations, read, window),
    eventTime: options.eventTime,
    startedAt: started,
    queryTimeout: options.queryTimeout,
    enforced: new Set(),
    keepsRows: (node) => options.keepsRows(node, relations),
    signal,
    relation: read,
    filter: options.filter,
    liveSelect: (node) => live.compile(node).code,
    runId: options.identity.runId,
    planned: new Set(plan.nodes.map((node) => node.unique_id)),
    counted: (relation, rows) => void counted.set(relationKey(relation), rows),
    progress: (unique_id, rows) => emit({ type: "node_progress", at: clock(), unique_id, rows }),
    message: (unique_id, message) => emit({ type: "node_message", at: clock(), unique_id, message }),
    keep: options.keep,
    drawChart: options.drawChart,
  };
  const publications = new Map<string, Publication>();

  const nodes = new Map<string, { node: RunNode; index: number }>(
    plan.nodes.map((node, index) => [node.unique_id, { node, index: index + 1 }]),
  );
  const results: RunResult[] = [];
  const finish = (id: string, result: RunResult, error: SlaError | null, built?: BuiltRelation[]): void => {
    const { node, index } = nodes.get(id)!;
    results.push(result);
    const at = clock();
    emit({ type: "node_finished", at, node: nodeInfo(node), index, result, error, ...(built && { built }) });
  };

  const prints = session === null ? new Map<string, string>() : await options.fingerprints(session.published);
  const reused =
    session !== null && options.reuse
      ? reusable(
          plan.nodes,
          new Map(plan.tasks.map(({ id, after }) => [id, after])),
          prints,
          session.published,
          (relation) => relations.get(relation),
        )
      : new Set<string>();
  for (const id of reused) {
    const at = clock();
    const outcome = { ...skipped("unchanged"), status: "reused" as const };
    finish(id, toResult(nodes.get(id)!.node, outcome, null, { begun: at, ended: at, thread: 0 }), null);
  }

  const cancel = (): void => void adapter.cancel().catch(() => {});
  signal.addEventListener("abort", cancel, { once: true });
  try {
    await executeGraph({
      tasks: plan.tasks.filter(({ id }) => !reused.has(id)),
      threads: options.threads,
      signal,
      async run(id, thread) {
        const { node, index } = nodes.get(id)!;
        const begun = clock();
        emit({ type: "node_started", at: begun, node: nodeInfo(node), index, thread });
        const { outcome, error } = await runOne(node, options.runners, options.signal, context);
        if (outcome.publication !== null) {
          standIns.add(outcome.publication);
          publications.set(id, outcome.publication);
        }
        const result = toResult(node, outcome, error, { begun, ended: clock(), thread });
        const built = options.describe ? await builtRelations(node, outcome, adapter, counted) : undefined;
        finish(id, result, error, built);
        const bad = outcome.status === "error" || outcome.status === "fail";
        if (!bad) return "ok";
        if (options.failFast) {
          stop.abort();
          return "stops";
        }
        return outcome.status === "error" || options.gate ? "blocks" : "ok";
      },
      skip(id, cause) {
        const { node } = nodes.get(id)!;
        const why =
          cause !== null
            ? `behind ${nodes.get(cause)!.node.name}`
            : options.signal.aborted
              ? "interrupted"
              : FAIL_FAST;
        const at = clock();
        finish(id, toResult(node, skipped(why), null, { begun: at, ended: at, thread: 0 }), null);
      },
    });
  } finally {
    signal.removeEventListener("abort", cancel);
  }
  let published = new Set<string>();
  if (session !== null) {
    const visible = visibleNodes(options, results);
    try {
      await publishRun(options, session, visible, publications);
      published = visible;
    } catch (error) {
      const records = ledgerNodes(plan.nodes, results, new Set(), prints);
      await session.end("error", records, clock()).catch(() => {});
      const unpublished = (id: string) => publications.has(id) && visible.has(id);
      return {
        results: failed(results, unpublished, "built, but not published", error),
        failure: error as Error,
      };
    }
  }
  for (const result of results)
    if (publications.has(result.unique_id)) result.published = published.has(result.unique_id);
  let ungranted: Error | null = null;
  const seen = plan.nodes.filter(({ unique_id }) => publications.has(unique_id) && published.has(unique_id));
  if (session !== null) {
    // Readers have the new tables by then: that a grant fails changes nothing about what is recorded.
    ungranted = await session.grant(grantsOf(seen)).then(
      () => null,
      (error: Error) => error,
    );
    const bad = ungranted !== null || results.some(({ status }) => status === "error" || status === "fail");
    const status = options.signal.aborted ? "interrupted" : bad ? "error" : "success";
    await session.end(status, ledgerNodes(plan.nodes, results, published, prints), clock());
  }
  const elapsed = (clock().getTime() - started.getTime()) / 1000;
  emit({ type: "run_finished", at: clock(), elapsed, results, interrupted: options.signal.aborted });
  if (ungranted === null) return { results, failure: null };
  const granted = new Set(
    seen.filter((node) => grantsOf([node]).length > 0).map(({ unique_id }) => unique_id),
  );
  return {
    results: failed(results, (id) => granted.has(id), "not all grants are made", ungranted),
    failure: ungranted,
  };
}
