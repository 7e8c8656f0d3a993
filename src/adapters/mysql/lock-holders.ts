import { type Relation, relationKey } from "../../manifest/index.js";
import type { Connection, Row } from "../adapter.js";

/** Sessions that hold metadata locks of relations, as far as the server tells. */
export async function readLockHolders(
  connection: Connection,
  relations: readonly Relation[],
  flavour: "mariadb" | "mysql",
): Promise<string[]> {
  const wanted = new Set(relations.map(relationKey));
  for (const sql of QUESTIONS[flavour]) {
    const rows = await connection.query(sql).catch(() => [] as Row[]);
    const found = rows.filter(
      (row) =>
        row.s === null || wanted.has(relationKey({ schema: String(row.s), identifier: String(row.t) })),
    );
    if (found.length > 0) return [...new Set(found.map(describe))];
  }
  return [];
}

const WHO = "p.ID AS id, p.USER AS user, p.HOST AS host, p.COMMAND AS command, p.TIME AS seconds";

/** Where nobody tells who holds which table's lock: whoever has a transaction open. */
const TRANSACTIONS =
  `SELECT NULL AS s, NULL AS t, ${WHO} FROM information_schema.INNODB_TRX AS x ` +
  "JOIN information_schema.PROCESSLIST AS p ON p.ID = x.trx_mysql_thread_id WHERE p.ID <> CONNECTION_ID() ORDER BY x.trx_started";

/** From the most to the least exact; a server without a plugin, or a user without the right to ask, is asked the next. */
const QUESTIONS = {
  mysql: [
    `SELECT m.OBJECT_SCHEMA AS s, m.OBJECT_NAME AS t, ${WHO} FROM performance_schema.metadata_locks AS m ` +
      "JOIN performance_schema.threads AS h ON h.THREAD_ID = m.OWNER_THREAD_ID " +
      "JOIN performance_schema.processlist AS p ON p.ID = h.PROCESSLIST_ID " +
      "WHERE m.OBJECT_TYPE = 'TABLE' AND m.LOCK_STATUS = 'GRANTED' AND p.ID <> CONNECTION_ID() ORDER BY p.TIME DESC",
    TRANSACTIONS,
  ],
  mariadb: [
    `SELECT m.TABLE_SCHEMA AS s, m.TABLE_NAME AS t, ${WHO} FROM information_schema.METADATA_LOCK_INFO AS m ` +
      "JOIN information_schema.PROCESSLIST AS p ON p.ID = m.THREAD_ID WHERE p.ID <> CONNECTION_ID() ORDER BY p.TIME DESC",
    TRANSACTIONS,
  ],
};

function describe(row: Row): string {
  const what =
    row.command === "Sleep"
      ? `idle for ${row.seconds} s with its transaction open`
      : `${String(row.command).toLowerCase()} for ${row.seconds} s`;
  const table = row.s === null ? "" : ` on ${row.s}.${row.t}`;
  return `session ${row.id} of ${row.user}@${row.host}${table} (${what})`;
}
