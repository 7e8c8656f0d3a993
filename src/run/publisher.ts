import { setTimeout as sleep } from "node:timers/promises";
import type { Adapter, Connection } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import { type ExistingRelation, relationKey } from "../manifest/index.js";
import type { Ledger } from "../state/index.js";
import type { PublishStep } from "./publish-steps.js";

const ATTEMPTS = 5;

/**
 * Carries out a publish. Its steps are in the journal before the first of them is done, so that a process that dies in between
 * leaves to the next one all it needs to complete it.
 */
export async function publish(
  steps: readonly PublishStep[],
  runId: string,
  ledger: Ledger,
  connection: Connection,
  adapter: Adapter,
): Promise<void> {
  if (steps.length === 0) return;
  // One transaction is done or not done: there is nothing in between to complete.
  const journalled =
    steps.length > 1 || steps[0]!.kind !== "transaction" || !adapter.dialect.transactionalDdl;
  if (journalled) await ledger.openJournal(runId, JSON.stringify(steps));
  await carryOut(steps, { done: 0, runId, journalled, completing: false }, ledger, connection, adapter);
  if (journalled) await ledger.closeJournal(runId);
}

/** Completes the publish of a process that died in the middle of it; says whether there was one. */
export async function completePublish(
  ledger: Ledger,
  connection: Connection,
  adapter: Adapter,
): Promise<boolean> {
  const open = await ledger.pendingJournal();
  if (open === null) return false;
  const steps = JSON.parse(open.journal) as PublishStep[];
  await carryOut(
    steps,
    { done: open.done, runId: open.run_id, journalled: true, completing: true },
    ledger,
    connection,
    adapter,
  );
  await ledger.closeJournal(open.run_id);
  return true;
}

async function carryOut(
  steps: readonly PublishStep[],
  {
    done,
    runId,
    journalled,
    completing,
  }: { done: number; runId: string; journalled: boolean; completing: boolean },
  ledger: Ledger,
  connection: Connection,
  adapter: Adapter,
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (index < done) continue;
    switch (step.kind) {
      case "transaction": {
        const noted = journalled ? [ledger.journalStatement(runId, index + 1)] : [];
        await connection.run({ transaction: true, statements: [...step.statements, ...noted] });
        break;
      }
      case "rename":
        // Only who completes another's publish must look whether the rename was done.
        if (!completing || (await stands(step.witness, adapter))) {
          await insist(() => connection.execute(step.statement));
        }
        break;
      case "repeatable":
        await insist(() => connection.execute(step.statement));
        break;
    }
  }
}

async function stands(relation: { schema: string; identifier: string }, adapter: Adapter): Promise<boolean> {
  const found: ExistingRelation[] = await adapter.introspector.relations([relation.schema]);
  return found.some((other) => relationKey(other) === relationKey(relation));
}

/** A long query of a reader holds its tables' metadata locks: the swap waits a while, several times, before it gives up. */
async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof SlaError) || error.code !== "SLA506" || tries === ATTEMPTS) throw error;
      await sleep(250 * tries);
    }
  }
}
