import type { Connection, TableWriter } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { BuildSteps, Publication, Step } from "../materializations/index.js";
import type { RunContext } from "./node-runner.js";
import type { RowSource } from "./row-source.js";

/** Builds a node beside its live relations and counts its rows. When a step fails, what was begun is removed. */
export async function runSteps(
  build: BuildSteps,
  node: { unique_id: string },
  context: RunContext,
  connection: Connection,
  source?: RowSource,
  call?: (connection: Connection) => Promise<void>,
): Promise<number | null> {
  let counted: number | null = null;
  try {
    for (const step of build.steps) {
      context.signal.throwIfAborted();
      if (step.kind === "load") {
        counted = await load(step, node, context, connection, source!);
      } else if (step.kind === "call") {
        await call!(connection);
        counted = 0;
        for (const table of step.written) {
          const [row] = await connection.query(
            `SELECT COUNT(*) AS n FROM ${context.adapter.dialect.relation(table)}`,
          );
          context.counted(table, Number(row!.n));
          counted += Number(row!.n);
        }
      } else if (step.kind === "refuse") {
        await refuse(step, connection);
      } else {
        const { rowsAffected } = await connection.execute(step.sql);
        if (step.counted && rowsAffected !== null) counted = (counted ?? 0) + rowsAffected;
      }
    }
    return counted;
  } catch (error) {
    await discard(build.publication, context);
    throw error;
  }
}

async function refuse(step: Extract<Step, { kind: "refuse" }>, connection: Connection): Promise<void> {
  const [found] = await connection.query(step.query);
  if (found === undefined) return;
  const row = Object.entries(found).map(([name, value]) => `${name} = ${value === null ? "NULL" : value}`);
  throw new SlaError({
    code: "SLA509",
    message: `${step.problem}: ${row.join(", ")}`,
    hint: step.hint,
  });
}

/**
 * Removes what a failed node had begun to build. The node's own session may be broken, so another one does it; where even that
 * fails (the server is gone) the next run clears it.
 */
async function discard({ swaps, scaffold }: Publication, { adapter }: RunContext): Promise<void> {
  const begun = [...swaps.map(({ shadow, type }) => ({ ...shadow, type })), ...scaffold];
  if (begun.length === 0) return;
  try {
    const session = await adapter.acquire();
    try {
      for (const sql of adapter.dialect.dropAll(begun)) await session.execute(sql);
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
    for (const [at, { table }] of step.tables.entries()) context.counted(table.relation, counts[at]!);
    return counts.reduce((sum, count) => sum + count, 0);
  } catch (error) {
    await Promise.allSettled([...writers.values()].map((writer) => writer.abort()));
    throw error;
  } finally {
    await Promise.allSettled(borrowed.map((session) => session.release()));
  }
}
