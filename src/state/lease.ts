import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Adapter, Connection, Row, TableDefinition } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import { parseColumnType, type TypedColumn } from "../manifest/index.js";
import type { Holder } from "./holder.js";

/** Seconds for which a lease holds after each beat: so long the lock of a dead process stands in the way. */
const LEASE = 30;
const BEAT_MS = 8_000;
const POLL_MS = 500;

/** A lock that is a row: it holds as long as its process renews it. */
export interface Lease {
  /** Renews it; throws SLA507 when it has run out and another has taken it. */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

/** Takes the lease `name`, waiting up to `timeout` seconds. All times are the server's. Null when another holds it: see `leaseHolder`. */
export async function acquireLease(
  adapter: Adapter,
  schema: string,
  name: string,
  holder: Holder,
  timeout: number,
): Promise<Lease | null> {
  const { dialect } = adapter;
  const table = leaseTable(schema);
  const at = dialect.relation(table.relation);
  const token = randomUUID();
  const expires = `UTC_TIMESTAMP(6) + INTERVAL ${LEASE} SECOND`;
  const using = async <T>(ask: (connection: Connection) => Promise<T>): Promise<T> => {
    const connection = await adapter.acquire();
    try {
      return await ask(connection);
    } finally {
      await connection.release();
    }
  };
  const change = (sql: string) =>
    using(async (connection) => (await connection.execute(sql)).rowsAffected === 1);
  const mine = `name = ${dialect.literal(name)} AND token = ${dialect.literal(token)}`;

  await prepare(adapter, table, using);
  await change(
    `INSERT IGNORE INTO ${at} (name, token, command, started_by, process_id, taken_at, expires_at) ` +
      `VALUES (${dialect.literal(name)}, '', '', '', 0, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) - INTERVAL 1 SECOND)`,
  );
  const deadline = Date.now() + timeout * 1000;
  const take =
    `UPDATE ${at} SET token = ${dialect.literal(token)}, command = ${dialect.literal(holder.command)}, ` +
    `started_by = ${dialect.literal(holder.startedBy)}, process_id = ${holder.processId}, taken_at = UTC_TIMESTAMP(6), ` +
    `expires_at = ${expires} WHERE name = ${dialect.literal(name)} AND expires_at < UTC_TIMESTAMP(6)`;
  while (!(await change(take))) {
    const left = deadline - Date.now();
    if (left <= 0) return null;
    await sleep(Math.min(POLL_MS, left));
  }
  // A beat that does not get through is made up for by the next; what counts is asked before anything is published.
  const renew = `UPDATE ${at} SET expires_at = ${expires} WHERE ${mine}`;
  const beat = setInterval(() => void change(renew).catch(() => {}), BEAT_MS);
  beat.unref();
  return {
    async confirm() {
      if (await change(renew)) return;
      throw new SlaError({
        code: "SLA507",
        message: `the run's lease ran out, and another run has taken it: ${(await leaseHolder(adapter, schema, name)) ?? "it is gone by now"}`,
        hint: "Nothing was published. This process or its connection stood still for more than half a minute; run again.",
      });
    },
    async release() {
      clearInterval(beat);
      await change(`UPDATE ${at} SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE ${mine}`);
    },
  };
}

/** Who holds a lease, and since when. */
export async function leaseHolder(adapter: Adapter, schema: string, name: string): Promise<string | null> {
  const { dialect } = adapter;
  const connection = await adapter.acquire();
  try {
    const [row] = await connection.query(
      `SELECT command, started_by, process_id, taken_at FROM ${dialect.relation(leaseTable(schema).relation)} WHERE name = ${dialect.literal(name)} AND expires_at >= UTC_TIMESTAMP(6)`,
    );
    return row === undefined ? null : describeHolder(row);
  } finally {
    await connection.release();
  }
}

function describeHolder(row: Row): string {
  return `\`sla ${row.command}\` of ${row.started_by} (process ${row.process_id}), since ${String(row.taken_at).slice(0, 19)} UTC`;
}

async function prepare(
  adapter: Adapter,
  table: TableDefinition,
  using: (ask: (connection: Connection) => Promise<void>) => Promise<void>,
): Promise<void> {
  const { dialect, introspector } = adapter;
  const { identifier, schema } = table.relation;
  const there = async () =>
    (await introspector.relations([schema])).some((other) => other.identifier === identifier);
  if (await there()) return;
  const known = await introspector.schemas();
  await using(async (connection) => {
    if (!known.some((name) => name.toLowerCase() === schema.toLowerCase()))
      await connection.execute(dialect.createSchema(schema));
    try {
      for (const sql of dialect.createTable(table)) await connection.execute(sql);
    } catch (error) {
      // Two that run for the first time make it at once.
      if (!(await there())) throw error;
    }
  });
}

function leaseTable(schema: string): TableDefinition {
  const column = (name: string, type: string): TypedColumn => ({
    name,
    type: parseColumnType(type)!,
    nullable: false,
    description: "",
  });
  return {
    relation: { schema, identifier: "_sla_lock" },
    description: "Who runs sla: one row for each project; it holds until expires_at.",
    primaryKey: ["name"],
    indexes: [],
    columns: [
      column("name", "varchar(64)"),
      column("token", "varchar(36)"),
      column("command", "varchar(32)"),
      column("started_by", "varchar(255)"),
      column("process_id", "bigint"),
      column("taken_at", "datetime(6)"),
      column("expires_at", "datetime(6)"),
    ],
  };
}
