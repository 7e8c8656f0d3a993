import { setTimeout as sleep } from "node:timers/promises";
import type { Adapter, Connection, Under } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import { type ExistingRelation, relationKey } from "../manifest/index.js";
import type { Ledger } from "../state/index.js";
import type { PublishStep } from "./publish-steps.js";

const ATTEMPTS = 5;

/** What a publish works with. */
interface Means {
  runId: string;
  ledger: Ledger;
  connection: Connection;
  adapter: Adapter;
}

/**
 * Carries out a publish. Its steps are in the journal before the first of them is done, so that a process that dies in between
 * leaves to the next one all it needs to complete it. When already the first one fails, readers keep what they have.
 */
export async function publish(
  steps: readonly PublishStep[],
  runId: string,
  ledger: Ledger,
  connection: Connection,
  adapter: Adapter,
): Promise<void> {
  if (steps.length === 0) return;
  const means = { runId, ledger, connection, adapter };
  // One transaction is done or not done: there is nothing in between to complete.
  const journalled =
    steps.length > 1 || steps[0]!.kind !== "transaction" || !adapter.dialect.transactionalDdl;
  if (journalled) await ledger.openJournal(runId, JSON.stringify(steps));
  let begun = false;
  try {
    for (const [index, step] of steps.entries()) {
      await carryOut(step, index, { journalled, completing: false }, means);
      begun = true;
    }
  } catch (error) {
    // Whether a statement was done whose connection broke, only who comes next can see.
    const known = error instanceof SlaError && error.code !== "SLA405";
    if (journalled && !begun && known) await ledger.closeJournal(runId);
    throw error;
  }
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
  const means = { runId: open.run_id, ledger, connection, adapter };
  for (const [index, step] of steps.entries()) {
    if (index >= open.done) await carryOut(step, index, { journalled: true, completing: true }, means);
  }
  await ledger.closeJournal(open.run_id);
  return true;
}

async function carryOut(
  step: PublishStep,
  index: number,
  { journalled, completing }: { journalled: boolean; completing: boolean },
  means: Means,
): Promise<void> {
  const { connection, ledger, runId } = means;
  switch (step.kind) {
    case "transaction": {
      const noted = journalled ? [ledger.journalStatement(runId, index + 1)] : [];
      const statements = [...step.statements, ...noted];
      return insist(step, means, () => connection.run({ transaction: true, statements }));
    }
    case "rename":
      // Only who completes another's publish must look whether the rename was done.
      if (completing && !(await stands(step.witness, means.adapter))) return;
      return insist(step, means, () => connection.execute(step.statement));
    case "repeatable": {
      const { statement, under, when } = step;
      if (when !== undefined && (await connection.query(when.query)).length > 0 !== when.found) return;
      return insist(step, means, () => underSettings(connection, under, statement));
    }
  }
}

/** Runs a statement with other settings than the session's. */
export async function underSettings(
  connection: Connection,
  under: Under | undefined,
  statement: string,
): Promise<unknown> {
  if (under === undefined) return connection.execute(statement);
  await connection.execute(under.set);
  try {
    return await connection.execute(statement);
  } finally {
    await connection.execute(under.reset);
  }
}

async function stands(relation: { schema: string; identifier: string }, adapter: Adapter): Promise<boolean> {
  const found: ExistingRelation[] = await adapter.introspector.relations([relation.schema]);
  return found.some((other) => relationKey(other) === relationKey(relation));
}

/** A long query of a reader holds its tables' metadata locks: the swap waits a while, several times, before it gives up. */
async function insist(step: PublishStep, means: Means, attempt: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!(error instanceof SlaError) || error.code !== "SLA506") throw error;
      if (tries === ATTEMPTS) throw await blocked(step, error, means);
      await sleep(250 * tries);
    }
  }
}

/** The error of who waited in vain, with the name of who stood in the way. */
async function blocked(step: PublishStep, error: SlaError, { adapter }: Means): Promise<SlaError> {
  const relations = step.kind === "rename" ? step.relations : [];
  const holders = await adapter.introspector.lockHolders(relations).catch(() => []);
  const names = relations.map(({ schema, identifier }) => `${schema}.${identifier}`).join(", ");
  const what = names === "" ? "a statement of the publish" : `the swap of ${names}`;
  const who =
    holders.length === 0
      ? "the server does not tell which session holds it"
      : `held by ${holders.join("; ")}`;
  return new SlaError({
    code: "SLA506",
    message: `${what} did not get its lock in ${ATTEMPTS} attempts: ${who}`,
    hint: "Readers have what they had before, unless an earlier step was done: then the next run completes the publish. End that session's transaction (or KILL it), and run again.",
    cause: error,
  });
}
