import type { Connection } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";

/** The session with a limit: a statement that takes longer is ended on the engine. Streams and bulk loads are not limited. */
export function limited(connection: Connection, seconds: number | undefined): Connection {
  if (seconds === undefined) return connection;
  const within = async <T>(work: () => Promise<T>): Promise<T> => {
    let ending: Promise<void> | undefined;
    const timer = setTimeout(() => {
      ending = connection.interrupt().catch(() => {});
    }, seconds * 1000);
    const late = async (cause?: unknown): Promise<void> => {
      clearTimeout(timer);
      if (ending === undefined) return;
      // It must not hit what the session does next.
      await ending;
      throw new SlaError({
        code: "SLA511",
        message: `the statement was ended after ${seconds} s`,
        hint: "Give it more time with --query-timeout, or query_timeout of the target.",
        ...(cause !== undefined && { cause }),
      });
    };
    let result: T;
    try {
      result = await work();
    } catch (error) {
      await late(error);
      throw error;
    }
    // MySQL's SLEEP, for one, takes its end for a result.
    await late();
    return result;
  };
  return {
    execute: (sql) => within(() => connection.execute(sql)),
    run: (script) => within(() => connection.run(script)),
    query: (sql, parameters) => within(() => connection.query(sql, parameters)),
    describe: (sql) => within(() => connection.describe(sql)),
    stream: (sql, parameters) => connection.stream(sql, parameters),
    load: (relation, columns) => connection.load(relation, columns),
    interrupt: () => connection.interrupt(),
    release: () => connection.release(),
  };
}
