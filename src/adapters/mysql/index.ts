import type { Adapter, AdapterOptions, MySqlTarget } from "../adapter.js";
import { SessionPool } from "../session-pool.js";
import { MySqlConnection, type SharedState } from "./connection.js";
import { createMysqlDialect } from "./dialect.js";
import { collationOf } from "./flavour.js";
import { mysqlIntrospector } from "./introspector.js";
import { MySqlSession } from "./session.js";

/** Opens MySQL or MariaDB: one session, kept for the first who asks. */
export async function open(target: MySqlTarget, options: AdapterOptions = {}): Promise<Adapter> {
  const pool = new SessionPool<MySqlSession>(
    {
      open: () => MySqlSession.open(target, options.localInfile),
      usable: (session) => session.reusable,
      close: (session) => session.close(),
    },
    target.threads + 1,
  );
  const kill = async (sessions: readonly MySqlSession[]) => {
    if (sessions.length === 0) return;
    const control = await MySqlSession.open(target);
    try {
      // What ended meanwhile is no error.
      for (const session of sessions) await control.execute(`KILL QUERY ${session.id}`).catch(() => {});
    } finally {
      await control.close();
    }
  };
  const shared: SharedState = {
    noLocalInfile: false,
    maxPacket: undefined,
    retrying: (message) => options.retrying?.(message),
    kill: (session) => kill([session]),
    release: (session) => pool.release(session),
  };
  const cancel = async () => {
    const active = [...pool.busy].filter((session) => !session.reusable);
    for (const session of active) session.cancelled = true;
    await kill(active.filter((session) => session.running));
  };
  const acquire = async () => new MySqlConnection(await pool.acquire(), shared);
  const first = await pool.acquire();
  const { server } = first;
  await pool.release(first);
  return {
    type: "mysql",
    version: server.label,
    flavour: server.flavour,
    dialect: createMysqlDialect(collationOf(server), server.flavour === "mariadb"),
    introspector: mysqlIntrospector(server.flavour, async (ask) => {
      const connection = await acquire();
      try {
        return await ask(connection);
      } finally {
        await connection.release();
      }
    }),
    acquire,
    translate: async (sql) => sql,
    cancel,
    close: async () => {
      // A session that goes away leaves its statement running on the server.
      await cancel().catch(() => {});
      await pool.close();
    },
  };
}
