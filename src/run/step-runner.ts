import type { Connection, TableWriter } from "../adapters/index.js";
import type { Step } from "../materializations/index.js";
import type { RunContext } from "./node-runner.js";
import type { RowSource } from "./row-source.js";

/** Runs a node's steps in order and counts its rows. When one fails, what was begun is removed, live relations stay. */
export async function runSteps(
  steps: readonly Step[],
  node: { unique_id: string },
  context: RunContext,
  connection: Connection,
  source?: RowSource,
): Promise<number | null> {
  try {
    return await runEach(steps, node, context, connection, source);
  } catch (error) {
    await dropShadows(steps, context);
    throw error;
  }
}

async function runEach(
  steps: readonly Step[],
  node: { unique_id: string },
  context: RunContext,
  connection: Connection,
  source?: RowSource,
): Promise<number | null> {
  let counted: number | null = null;
  for (const step of steps) {
    context.signal.throwIfAborted();
    switch (step.kind) {
      case "execute": {
        const { rowsAffected } = await connection.execute(step.sql);
        if (step.counted) counted = rowsAffected;
        break;
      }
      case "load":
        counted = await load(step, node, context, connection, source!);
        break;
      case "publish": {
        const { dialect } = context.adapter;
        await connection.run(dialect.swap(step.swaps));
        for (const sql of dialect.cleanup(step.swaps)) await connection.execute(sql);
        for (const { live, type } of step.swaps) context.relations.add({ ...live, type });
        break;
      }
    }
  }
  return counted;
}

/**
 * Removes what a failed node had begun to build. The node's own session may be broken, so another one does it; where even that
 * fails (the server is gone) the next run that builds the node clears it.
 */
async function dropShadows(steps: readonly Step[], { adapter, relations }: RunContext): Promise<void> {
  const shadows = steps.flatMap((step) => (step.kind === "publish" ? step.swaps : []));
  if (shadows.length === 0) return;
  try {
    const session = await adapter.acquire();
    try {
      for (const { shadow, type } of shadows) {
        await session.execute(adapter.dialect.drop({ ...shadow, type }));
        relations.remove(shadow);
      }
    } finally {
      await session.release();
    }
  } catch {
    // The first error is the one to report.
  }
}

/** Streams the source's batches into the tables; each table has a session of its own, so that they fill side by side. */
async function load(
  step: Extract<Step, { kind: "load" }>,
  node: { unique_id: string },
  context: RunContext,
  connection: Connection,
  source: RowSource,
): Promise<number> {
  const borrowed: Connection[] = [];
  const writers = new Map<string, TableWriter>();
  let sent = 0;
  try {
    for (const [index, { name, table }] of step.tables.entries()) {
      const session = index === 0 ? connection : await context.adapter.acquire();
      if (index > 0) borrowed.push(session);
      writers.set(name, await session.load(table.relation, table.columns));
    }
    for await (const { table, rows } of source) {
      context.signal.throwIfAborted();
      await writers.get(table)!.write(rows);
      sent += rows.length;
      context.progress(node.unique_id, sent);
    }
    const ended = [...writers.values()].map((writer) => writer.end());
    const counts = await Promise.all(ended);
    writers.clear();
    return counts.reduce((sum, count) => sum + count, 0);
  } catch (error) {
    await Promise.allSettled([...writers.values()].map((writer) => writer.abort()));
    throw error;
  } finally {
    await Promise.allSettled(borrowed.map((session) => session.release()));
  }
}
