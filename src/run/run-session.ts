import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Adapter, Connection, Grants } from "../adapters/index.js";
import { isLeftover, type Publication } from "../materializations/index.js";
import type { Project } from "../project/index.js";
import { acquireRunLock, Ledger, type NodeRecord, type RunLock, thisProcess } from "../state/index.js";
import { applyGrants } from "./apply-grants.js";
import { preserve } from "./preserve.js";
import { publishSteps } from "./publish-steps.js";
import { completePublish, publish } from "./publisher.js";
import { RelationCache } from "./relation-cache.js";

/** What a run is called in the ledger. */
export interface RunIdentity {
  runId: string;
  command: string;
  selection: { select: string[]; exclude: string[] };
  slaVersion: string;
}

/** A run that may change the warehouse: it holds the lock, it is in the ledger, and what others left is cleared. */
export interface RunSession {
  relations: RelationCache;
  /** Fingerprints of what is published. */
  published: ReadonlyMap<string, string>;
  /** Makes what was built visible to readers, with all that stood around what it replaces. */
  publish(publications: readonly Publication[]): Promise<void>;
  /** Grants and revokes on what has been published. */
  grant(grants: readonly Grants[]): Promise<void>;
  /** Records how the run ended and lets go of the lock. */
  end(status: "success" | "error" | "interrupted", nodes: readonly NodeRecord[], at: Date): Promise<void>;
  /** Lets go without a record, when the run broke down. */
  abandon(): Promise<void>;
}

/**
 * Opens a run: takes the lock, completes a publish that another process did not live to end, removes what is left of
 * unpublished builds, and writes the run into the ledger. `notice` is told what was found.
 */
export async function openRunSession(
  adapter: Adapter,
  project: Project,
  identity: RunIdentity,
  schemas: readonly string[],
  options: { lockTimeout: number; clock(): Date; notice(message: string): void },
): Promise<RunSession> {
  const { target } = project;
  const connection = await adapter.acquire();
  let lock: RunLock | undefined;
  const letGo = async (): Promise<void> => {
    await lock?.release().catch(() => {});
    await connection.release();
  };
  try {
    const held = await acquireRunLock(adapter, connection, project, identity.command, options.lockTimeout);
    lock = held;
    const all = [...new Set([target.schema, ...schemas])];
    const ledger = new Ledger(adapter, connection, target.schema);
    let relations = await RelationCache.open(adapter, connection, all);
    await ledger.prepare((relation) => relations.get(relation));
    if (await completePublish(ledger, connection, adapter)) {
      options.notice("An earlier run was cut off while it published: what it had built is published now.");
      relations = await RelationCache.open(adapter, connection, all);
    }
    await ledger.closeAbandoned(options.clock());
    await sweep(adapter, connection, relations);
    await sweepRoutines(adapter, connection, all);
    const me = thisProcess(identity.command);
    await ledger.begin({
      run_id: identity.runId,
      project: project.name,
      target: target.name,
      command: identity.command,
      selection: identity.selection,
      started_at: options.clock(),
      sla_version: identity.slaVersion,
      git_commit: await gitCommit(project.dir),
      started_by: me.startedBy,
      process_id: me.processId,
      session_id: held.sessionId,
    });
    const published = await ledger.published();
    let closed = false;
    return {
      relations,
      published,
      async publish(publications) {
        const around = await preserve(publications, adapter, connection);
        const steps = publishSteps(publications, adapter.dialect, around);
        await held.confirm();
        await publish(steps, identity.runId, ledger, connection, adapter);
      },
      grant: (grants) => applyGrants(grants, adapter, connection),
      async end(status, nodes, at) {
        if (closed) return;
        closed = true;
        try {
          await ledger.end(identity.runId, status, at, nodes);
        } finally {
          await letGo();
        }
      },
      async abandon() {
        if (closed) return;
        closed = true;
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

/** Drops what stands under names that only building gives: the lock is ours, so nobody is building. */
async function sweep(adapter: Adapter, connection: Connection, relations: RelationCache): Promise<void> {
  const left = relations.all().filter(isLeftover);
  for (const sql of adapter.dialect.dropAll(left)) await connection.execute(sql);
  for (const relation of left) relations.remove(relation);
}

/** The same for stored procedures that only a call of a run had. */
async function sweepRoutines(
  adapter: Adapter,
  connection: Connection,
  schemas: readonly string[],
): Promise<void> {
  const { routines } = adapter.dialect;
  if (routines === null) return;
  for (const found of await adapter.introspector.routines(schemas))
    if (isLeftover({ ...found, type: "table" })) await connection.execute(routines.drop(found));
}

/** The commit that is checked out, or null outside of a repository. */
async function gitCommit(dir: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], { cwd: dir, timeout: 2_000 });
    return stdout.trim() || null;
  } catch {
    return null;
  }
}
