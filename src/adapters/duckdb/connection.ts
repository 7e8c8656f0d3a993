import { setTimeout as sleep } from "node:timers/promises";
import { type DuckDBResult, ResultReturnType } from "@duckdb/node-api";
import type { Relation, TypedColumn } from "../../manifest/index.js";
import type { Connection, Row, Script, TableWriter, Value } from "../adapter.js";
import { ChunkWriter } from "./chunk-writer.js";
import { toColumnType } from "./column-types.js";
import { isConflict, toSlaError } from "./errors.js";
import type { DuckDbSession } from "./session.js";
import { chunkRows, valueReader } from "./values.js";

const ATTEMPTS = 6;

/** A session of DuckDB as the framework sees it. */
export class DuckDbConnection implements Connection {
  constructor(
    private readonly session: DuckDbSession,
    private readonly giveBack: (session: DuckDbSession) => Promise<void>,
  ) {}

  async execute(sql: string): Promise<{ rowsAffected: number | null }> {
    const result = await retried(() => this.session.run(sql));
    return { rowsAffected: result.returnType === ResultReturnType.CHANGED_ROWS ? result.rowsChanged : null };
  }

  async run(script: Script): Promise<void> {
    if (!script.transaction) {
      for (const sql of script.statements) await retried(() => this.session.run(sql));
      return;
    }
    await retried(async () => {
      await this.session.begin();
      try {
        for (const sql of script.statements) await this.session.run(sql);
        await this.session.commit();
      } catch (error) {
        await this.session.rollback();
        throw error;
      }
    });
  }

  async query(sql: string, parameters: readonly Value[] = []): Promise<Row[]> {
    const result = await this.session.run(sql, parameters);
    const rows: Row[] = [];
    for await (const batch of this.#batches(result, sql)) for (const row of batch) rows.push(row);
    return rows;
  }

  async *stream(sql: string, parameters: readonly Value[] = []): AsyncGenerator<Row[]> {
    const result = await this.session.stream(sql, parameters);
    let complete = false;
    try {
      yield* this.#batches(result, sql);
      complete = true;
    } finally {
      if (!complete) await this.#leave(result);
    }
  }

  async describe(sql: string): Promise<TypedColumn[]> {
    const statement = await this.session.prepare(sql);
    try {
      return Array.from({ length: statement.columnCount }, (_, index) => ({
        name: statement.columnName(index),
        type: toColumnType(statement.columnType(index)),
        nullable: true,
        description: "",
      }));
    } catch (error) {
      throw toSlaError(error, sql);
    } finally {
      statement.destroySync();
    }
  }

  load(relation: Relation, columns: readonly TypedColumn[]): Promise<TableWriter> {
    return ChunkWriter.open(this.session, relation, columns);
  }

  async interrupt(): Promise<void> {
    this.session.raw.interrupt();
  }

  release(): Promise<void> {
    return this.giveBack(this.session);
  }

  /** Ends a result that is read no further: half read, it would keep the database open until it is collected as garbage. */
  async #leave(result: DuckDBResult): Promise<void> {
    this.session.raw.interrupt();
    try {
      while ((await this.session.guard(undefined, () => result.fetchChunk()))?.rowCount) {}
    } catch {
      // That it was interrupted is what was asked for.
    }
  }

  async *#batches(result: DuckDBResult, sql: string): AsyncGenerator<Row[]> {
    const names = result.columnNames();
    const readers = result.columnTypes().map(valueReader);
    while (true) {
      const chunk = await this.session.guard(sql, () => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunkRows(chunk, names, readers);
    }
  }
}

/** A conflict with another session's transaction has undone the statement or the transaction: the same again is safe. */
async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === ATTEMPTS || !isConflict(error)) throw error;
      await sleep(5 * 2 ** tries * (1 + Math.random()));
    }
  }
}
