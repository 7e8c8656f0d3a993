import { setImmediate as nextTurn } from "node:timers/promises";
import { type DuckDBAppender, DuckDBDataChunk, type DuckDBType, VARCHAR } from "@duckdb/node-api";
import { SlaError } from "../../errors/index.js";
import { formatColumnType, type Relation, type TypedColumn } from "../../manifest/index.js";
import type { TableWriter, Value } from "../adapter.js";
import { toSlaError } from "./errors.js";
import { type FilledColumn, native, toText } from "./filled-column.js";
import { roundingFor } from "./fraction.js";
import { type DuckDbSession, interrupted } from "./session.js";
import { fits, objectionTo } from "./value-check.js";

/** Rows of one data chunk: the engine's vector size. */
const CHUNK = 2048;

/** Bulk load by the appender, a column at a time, in one transaction. */
export class ChunkWriter implements TableWriter {
  #rows: (readonly Value[])[] = [];
  #sent = 0;
  #open = true;

  private constructor(
    private readonly session: DuckDbSession,
    private readonly appender: DuckDBAppender,
    private readonly table: string,
    private readonly columns: readonly TypedColumn[],
    private readonly types: readonly DuckDBType[],
  ) {
    this.roundings = columns.map((column) => roundingFor(column.type));
  }

  private readonly roundings: readonly (((text: string) => string) | null)[];

  static async open(
    session: DuckDbSession,
    relation: Relation,
    columns: readonly TypedColumn[],
  ): Promise<ChunkWriter> {
    await session.begin();
    const table = `${relation.schema}.${relation.identifier}`;
    try {
      const appender = await session.guard(undefined, () =>
        session.raw.createAppender(relation.identifier, relation.schema),
      );
      const types = columns.map((_, index) => appender.columnType(index));
      return new ChunkWriter(session, appender, table, columns, types);
    } catch (error) {
      await session.rollback();
      throw error;
    }
  }

  async write(rows: readonly (readonly Value[])[]): Promise<void> {
    for (const row of rows) {
      this.#rows.push(row);
      if (this.#rows.length === CHUNK) await this.#flush();
    }
  }

  async end(): Promise<number> {
    try {
      if (this.#rows.length > 0) await this.#flush();
      this.#open = false;
      this.#constrained(() => this.appender.closeSync());
      await this.session.commit();
      return this.#sent;
    } catch (error) {
      await this.abort();
      throw error;
    }
  }

  async abort(): Promise<void> {
    this.#rows = [];
    if (this.#open) {
      this.#open = false;
      try {
        this.appender.clear();
        this.appender.closeSync();
      } catch {
        // It says again what made us give up.
      }
    }
    await this.session.rollback();
  }

  async #flush(): Promise<void> {
    if (this.session.cancelled) throw interrupted();
    const rows = this.#rows;
    this.#rows = [];
    const filled = this.columns.map((column, index) => this.#column(rows, column, index));
    const chunk = DuckDBDataChunk.create(
      filled.map(({ type }) => type),
      rows.length,
    );
    for (const [index, { values }] of filled.entries()) chunk.setColumnValues(index, values);
    this.#constrained(() => this.appender.appendDataChunk(chunk), filled);
    this.#sent += rows.length;
    // The appender works on this thread: timers and signals get their turn between chunks.
    await nextTurn();
  }

  /** The values of one column, as the engine's own type where that is cheap and safe, else as text that it casts. */
  #column(rows: readonly (readonly Value[])[], column: TypedColumn, index: number): FilledColumn {
    const values = rows.map((row) => row[index] ?? null);
    this.#check(values, column);
    const type = this.types[index]!;
    const round = this.roundings[index];
    const text = round
      ? (value: Value) => (typeof value === "string" ? round(value) : toText(value))
      : toText;
    return native(type, values) ?? { type: VARCHAR, values: values.map(text) };
  }

  /** What MySQL would refuse and DuckDB would not, or would not say in which row. */
  #check(values: readonly Value[], column: TypedColumn): void {
    const objection = objectionTo(column);
    for (let at = 0; at < values.length; at++) {
      const why = objection(values[at] as Value);
      if (why !== undefined) this.#refuse(column, at, why);
    }
  }

  #refuse(column: TypedColumn, at: number, why: string): never {
    throw new SlaError({
      code: "SLA503",
      message: `rows do not fit ${this.table}: column "${column.name}" at row ${this.#sent + at + 1} ${why}`,
      hint: "Correct the rows or the types and keys of the table; nothing was loaded.",
    });
  }

  #constrained(append: () => void, filled?: readonly FilledColumn[]): void {
    try {
      append();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const mismatch = /type mismatch in AppendDataChunk.* for column (\d+)/.exec(text);
      if (mismatch && filled) {
        const index = Number(mismatch[1]);
        const column = this.columns[index]!;
        const at = filled[index]!.values.findIndex(
          (value) => value !== null && !fits(String(value), column.type),
        );
        const value = filled[index]!.values[Math.max(at, 0)];
        this.#refuse(
          column,
          Math.max(at, 0),
          `does not fit ${formatColumnType(column.type)}: ${JSON.stringify(value)}`,
        );
      }
      const ours = toSlaError(error);
      throw new SlaError({
        code: ours.code === "SLA501" ? "SLA503" : ours.code,
        message: `rows do not fit ${this.table}: ${text.replace(/^Failed to append: /, "")}`,
        hint: "Correct the rows or the types and keys of the table; nothing was loaded.",
        cause: error,
      });
    }
  }
}
