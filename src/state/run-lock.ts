import { createHash } from "node:crypto";
import type { Adapter, Connection } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { Project } from "../project/index.js";
import { thisProcess } from "./holder.js";
import { acquireLease, leaseHolder } from "./lease.js";
import { ledgerTables } from "./ledger-tables.js";
import { acquireProcessLock } from "./process-lock.js";

/** The right to build a project on a target, held by one process at a time. */
export interface RunLock {
  /** The server's session that holds it; null where it is no session. */
  sessionId: number | null;
  /** Makes sure that it is still held; throws SLA507 when it is not. */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the run lock, waiting up to `timeout` seconds; it is freed when the session ends, so also when the process dies, or
 * when its lease runs out. By itself it is a lease where GET_LOCK holds on one node of several only (Galera); behind a proxy
 * only the user can tell. Throws SLA507, which says who holds it and since when. On DuckDB the open file itself
 * is the lock between processes, so that only the runs of one process have to be told apart.
 */
export async function acquireRunLock(
  adapter: Adapter,
  connection: Connection,
  { name: project, target }: Project,
  command: string,
  timeout: number,
): Promise<RunLock> {
  const { schema } = target;
  if (target.type === "duckdb") {
    // A database in memory is its run's own.
    if (target.path === ":memory:") return { sessionId: null, ...UNCONFIRMED, release: async () => {} };
    const lock = await acquireProcessLock(`${target.path}\n${project}\n${schema}`, command, timeout);
    if ("holder" in lock) throw heldBy(project, schema, timeout, lock.holder);
    return { sessionId: null, ...UNCONFIRMED, release: async () => lock.free() };
  }
  const plain = lockName(project, schema);
  const mode = (target.type === "mysql" ? target.lock : undefined) ?? "auto";
  const held = (who: string) => heldBy(project, schema, timeout, who);
  if (mode === "lease" || (mode === "auto" && (await clustered(connection)))) {
    const lease = await acquireLease(adapter, schema, plain, thisProcess(command), timeout);
    if (lease !== null) return { sessionId: null, ...lease };
    throw held((await leaseHolder(adapter, schema, plain)) ?? "another process");
  }
  const { dialect } = adapter;
  const name = dialect.literal(plain);
  const [row] = await connection.query(
    `SELECT GET_LOCK(${name}, ${Math.max(0, timeout)}) AS taken, CONNECTION_ID() AS session_id, IS_USED_LOCK(${name}) AS holder`,
  );
  if (Number(row?.taken) !== 1)
    throw held(await sessionHolder(adapter, connection, schema, Number(row?.holder)));
  return {
    sessionId: Number(row!.session_id),
    // Nothing but the end of the session takes it away, and without its session the run cannot publish.
    ...UNCONFIRMED,
    release: async () => {
      await connection.query(`SELECT RELEASE_LOCK(${name}) AS freed`);
    },
  };
}

const UNCONFIRMED = { confirm: async () => {} };

/** Whether the server is one of several that replicate to each other: GET_LOCK is each one's own. */
async function clustered(connection: Connection): Promise<boolean> {
  const [row] = await connection.query("SHOW VARIABLES LIKE 'wsrep_on'");
  return row !== undefined && String(row.Value).toUpperCase() === "ON";
}

/** Within MySQL's 64 characters, whatever project and schema are called. */
function lockName(project: string, schema: string): string {
  const name = `sla:${project}:${schema}`;
  return name.length <= 64 ? name : `sla:${createHash("sha256").update(name).digest("hex").slice(0, 40)}`;
}

async function sessionHolder(
  adapter: Adapter,
  connection: Connection,
  schema: string,
  holder: number,
): Promise<string> {
  const runs = adapter.dialect.relation(ledgerTables(schema).runs.relation);
  try {
    const [run] = await connection.query(
      `SELECT command, started_by, process_id, started_at FROM ${runs} WHERE session_id = ${Math.trunc(holder)} AND status = 'running' ORDER BY started_at DESC`,
    );
    if (run)
      return `\`sla ${run.command}\` of ${run.started_by} (process ${run.process_id}), since ${String(run.started_at).slice(0, 19)} UTC`;
  } catch {
    // The ledger is not there yet, or not for us to read: the session alone must do.
  }
  return Number.isFinite(holder) ? `session ${holder}` : "another session";
}

function heldBy(project: string, schema: string, timeout: number, who: string): SlaError {
  return new SlaError({
    code: "SLA507",
    message: `another run of "${project}" on schema "${schema}" holds the run lock: ${who}`,
    hint:
      timeout > 0
        ? `It was not freed within ${timeout} seconds. Wait for it to end, or give --lock-timeout more time.`
        : "Wait for it to end, or let this run wait with --lock-timeout SECONDS.",
  });
}
