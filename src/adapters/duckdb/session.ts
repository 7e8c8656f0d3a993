import { setTimeout as sleep } from "node:timers/promises";
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from "@duckdb/node-api";
import { DuckDBBlobValue, type DuckDBValue } from "@duckdb/node-api";
import { SlaError } from "../../errors/index.js";
import type { Value } from "../adapter.js";
import { toSlaError } from "./errors.js";

/** The driver's connection, with our errors. */
export class DuckDbSession {
  /** Whether a statement is running: what `cancel` interrupts. */
  running = false;
  /** Between `begin` and `commit` or `rollback`. A session given back like that is not used again. */
  inTransaction = false;
  /** Set by `cancel`: a bulk load that is in the hands of its writer gives up by itself. */
  cancelled = false;

  constructor(readonly raw: DuckDBConnection) {}

  run(sql: string, parameters: readonly Value[] = []): Promise<DuckDBResult> {
    return this.guard(sql, () =>
      parameters.length === 0 ? this.raw.run(sql) : this.raw.run(sql, parameters.map(toDriver)),
    );
  }

  /** Whether another node may have it next. */
  get reusable(): boolean {
    return !this.running && !this.cancelled && !this.inTransaction;
  }

  async begin(): Promise<void> {
    await this.run("BEGIN");
    this.inTransaction = true;
  }

  async commit(): Promise<void> {
    await this.run("COMMIT");
    this.inTransaction = false;
  }

  /** Never fails: a COMMIT that failed has already rolled back, and then there is no transaction to end. */
  async rollback(): Promise<void> {
    if (!this.inTransaction) return;
    await this.run("ROLLBACK").catch(() => {});
    this.inTransaction = false;
  }

  stream(sql: string, parameters: readonly Value[] = []): Promise<DuckDBResult> {
    return this.guard(sql, () =>
      parameters.length === 0 ? this.raw.stream(sql) : this.raw.stream(sql, parameters.map(toDriver)),
    );
  }

  prepare(sql: string): Promise<DuckDBPreparedStatement> {
    return this.guard(sql, () => this.raw.prepare(sql));
  }

  /** Runs a piece of driver work; its errors are about `sql`. */
  async guard<T>(sql: string | undefined, work: () => Promise<T>): Promise<T> {
    this.running = true;
    try {
      return await work();
    } catch (error) {
      throw toSlaError(error, sql);
    } finally {
      this.running = false;
    }
  }

  /** Disconnecting under a running statement would leave it running to its end: it is interrupted first. */
  async close(): Promise<void> {
    while (this.running) {
      this.raw.interrupt();
      await sleep(10);
    }
    this.raw.disconnectSync();
  }
}

/** What a load that was cancelled fails with. */
export function interrupted(): SlaError {
  return new SlaError({ code: "SLA504", message: "the statement was interrupted" });
}

function toDriver(value: Value): DuckDBValue {
  if (value instanceof Uint8Array) return new DuckDBBlobValue(value);
  // Integers as such: the driver takes every number for a DOUBLE.
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : (value as DuckDBValue);
}
