import { createHash } from "node:crypto";
import type { Adapter, Connection } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import { ledgerTables } from "./ledger-tables.js";

/** The right to build a project on a target, held by one process at a time. */
export interface RunLock {
  /** The server's session that holds it; null where the engine's own file lock does. */
  sessionId: number | null;
  release(): Promise<void>;
}

/**
 * Takes the run lock, waiting up to `timeout` seconds; it is freed when the session ends, so also when the process dies.
 * Throws SLA507, which says who holds it and since when. On DuckDB the open file itself is the lock.
 */
export async function acquireRunLock(
  adapter: Adapter,
  connection: Connection,
  project: string,
  schema: string,
  timeout: number,
): Promise<RunLock> {
  if (adapter.type === "duckdb") return { sessionId: null, release: async () => {} };
  const { dialect } = adapter;
  const name = dialect.literal(lockName(project, schema));
  const [row] = await connection.query(
    `SELECT GET_LOCK(${name}, ${Math.max(0, timeout)}) AS taken, CONNECTION_ID() AS session_id, IS_USED_LOCK(${name}) AS holder`,
  );
  if (Number(row?.taken) !== 1)
    throw await heldBy(adapter, connection, project, schema, Number(row?.holder), timeout);
  return {
    sessionId: Number(row!.session_id),
    release: async () => {
      await connection.query(`SELECT RELEASE_LOCK(${name}) AS freed`);
    },
  };
}

/** Within MySQL's 64 characters, whatever project and schema are called. */
function lockName(project: string, schema: string): string {
  const name = `sla:${project}:${schema}`;
  return name.length <= 64 ? name : `sla:${createHash("sha256").update(name).digest("hex").slice(0, 40)}`;
}

async function heldBy(
  adapter: Adapter,
  connection: Connection,
  project: string,
  schema: string,
  holder: number,
  timeout: number,
): Promise<SlaError> {
  const runs = adapter.dialect.relation(ledgerTables(schema).runs.relation);
  let who = Number.isFinite(holder) ? `session ${holder}` : "another session";
  try {
    const [run] = await connection.query(
      `SELECT command, started_by, process_id, started_at FROM ${runs} WHERE session_id = ${Math.trunc(holder)} AND status = 'running' ORDER BY started_at DESC`,
    );
    if (run)
      who = `\`sla ${run.command}\` of ${run.started_by} (process ${run.process_id}), since ${String(run.started_at).slice(0, 19)} UTC`;
  } catch {
    // The ledger is not there yet, or not for us to read: the session alone must do.
  }
  return new SlaError({
    code: "SLA507",
    message: `another run of "${project}" on schema "${schema}" holds the run lock: ${who}`,
    hint:
      timeout > 0
        ? `It was not freed within ${timeout} seconds. Wait for it to end, or give --lock-timeout more time.`
        : "Wait for it to end, or let this run wait with --lock-timeout SECONDS.",
  });
}
