import type { Connection } from "mysql2";
import type { DriverError } from "./errors.js";
import type { Field } from "./values.js";

/** Rows as the driver reads them, and what the server says of their columns. */
export interface RawRows {
  fields: Field[];
  rows: unknown[][];
}

/**
 * The rows of a query in batches of `size`. The socket is paused while the consumer is busy, so what is in memory is two
 * batches and what the socket held. A consumer that leaves early has the query killed, and the session is free after that.
 */
export async function* streamRows(
  raw: Connection,
  sql: string,
  size: number,
  kill: () => Promise<void>,
): AsyncGenerator<RawRows> {
  let ready: unknown[][][] = [];
  let batch: unknown[][] = [];
  let fields: Field[] = [];
  let ended = false;
  let failure: DriverError | undefined;
  let wake = () => {};
  const end = (error?: DriverError) => {
    failure ??= error;
    ended = true;
    wake();
  };
  const more = async () => {
    raw.resume();
    if (ready.length > 0 || ended) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  };
  const command = raw.query({ sql, rowsAsArray: true });
  command.on("fields", (found) => {
    fields = (found ?? []) as unknown as Field[];
  });
  command.on("result", (row) => {
    if (!Array.isArray(row)) return;
    batch.push(row);
    if (batch.length < size) return;
    ready.push(batch);
    batch = [];
    raw.pause();
    wake();
  });
  command.on("error", (error) => end(error as DriverError));
  command.on("end", () => end());
  // The driver tells a lost connection to the connection only.
  raw.once("error", end);
  try {
    while (ready.length > 0 || !ended) {
      const next = ready.shift();
      if (next) yield { rows: next, fields };
      else await more();
    }
    if (failure) throw failure;
    if (batch.length > 0) yield { rows: batch, fields };
  } finally {
    if (!ended) await kill().catch(() => {});
    while (!ended) {
      ready = [];
      batch = [];
      await more();
    }
    raw.removeListener("error", end);
  }
}
