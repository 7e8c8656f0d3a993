import type { RunResult, RunResults } from "../manifest/index.js";
import type { SiteNode, SiteState, SiteStatus, SiteTimeline } from "./site-data.js";

type Span = SiteTimeline["spans"][number];

/** What ran when, from the results that the last run left; null when it ran nothing of what there is now. */
export function timeline(
  results: RunResults | null,
  nodes: readonly SiteNode[],
  positions: ReadonlyMap<string, number>,
): SiteTimeline | null {
  if (results === null) return null;
  const timed = results.results.flatMap((result) => {
    const node = positions.get(result.unique_id);
    const from = Date.parse(result.timing[0]?.started_at ?? "");
    const to = Date.parse(result.timing.at(-1)?.completed_at ?? "");
    return node === undefined || Number.isNaN(from) || Number.isNaN(to) ? [] : [{ node, result, from, to }];
  });
  if (timed.length === 0) return null;
  const began = Date.parse(results.metadata.generated_at) - results.elapsed_time * 1000;
  const first = Math.min(began, ...timed.map(({ from }) => from));
  const spans = timed
    .map(
      ({ node, result, from, to }): Span => ({
        node,
        thread: result.thread_id,
        from: (from - first) / 1000,
        to: (to - first) / 1000,
        status: result.status as SiteStatus,
      }),
    )
    .sort((a, b) => a.from - b.from || a.node - b.node);
  return {
    run: results.metadata.invocation_id,
    command: String(results.args.which ?? "run"),
    started: new Date(first).toISOString(),
    elapsed: results.elapsed_time,
    spans,
    critical: criticalPath(spans, nodes),
  };
}

/**
 * From the node that ended last back to the first, each time to what it waited for the longest: its parents, and the tests
 * of its parents, which hold it back in a build.
 */
export function criticalPath(spans: readonly Span[], nodes: readonly SiteNode[]): number[] {
  const ran = new Map(spans.map((span) => [span.node, span]));
  const testsOf = new Map<number, number[]>();
  for (const { node } of spans) {
    if (nodes[node]?.test === null) continue;
    for (const parent of nodes[node]!.parents) testsOf.set(parent, [...(testsOf.get(parent) ?? []), node]);
  }
  const path: number[] = [];
  let current = spans.reduce<Span | undefined>(
    (last, span) => (span.to > (last?.to ?? -1) ? span : last),
    undefined,
  );
  while (current !== undefined) {
    path.unshift(current.node);
    const { node, from }: Span = current;
    const isTest = nodes[node]?.test !== null;
    const waited = (nodes[node]?.parents ?? []).flatMap((parent) => [
      parent,
      ...(isTest ? [] : (testsOf.get(parent) ?? [])),
    ]);
    let latest: Span | undefined;
    for (const id of waited) {
      const span = ran.get(id);
      if (span === undefined || path.includes(id) || span.to > from + 0.001) continue;
      if (latest === undefined || span.to > latest.to) latest = span;
    }
    current = latest;
  }
  return path;
}

/** Of each node what became of it in that run: for where there is no ledger to ask. */
export function statesOf(results: RunResults | null): Map<string, SiteState> {
  if (results === null) return new Map();
  const state = (result: RunResult): SiteState => ({
    status: result.status as SiteStatus,
    at: results.metadata.generated_at,
    run: results.metadata.invocation_id,
    seconds: result.execution_time,
    rows: result.rows_affected,
    failures: result.failures,
    message: result.message,
    published: result.published ?? null,
  });
  return new Map(results.results.map((result) => [result.unique_id, state(result)]));
}
