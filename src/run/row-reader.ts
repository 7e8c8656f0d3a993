import type { Adapter, Connection, Row, Value } from "../adapters/index.js";
import { type ColumnBatch, toColumns } from "./column-batch.js";

/** What to read, in the engine's own SQL: all of something, some of its columns, or what a query selects. */
export type Reading =
  | { from: string; columns: readonly string[] | null }
  | { sql: string; parameters: readonly Value[] };

/** Where the code of a model gets rows from: in batches, with bounded memory. */
export interface RowReader {
  rows(reading: Reading): AsyncIterable<Row[]>;
  /** The same by column; a result without rows is one batch without rows. */
  columns(reading: Reading): AsyncIterable<ColumnBatch>;
}

/** Reads on sessions of the adapter, one each reading. */
export function sessionReader(adapter: Adapter): RowReader {
  async function* batches<T>(read: (connection: Connection) => AsyncIterable<T>): AsyncGenerator<T> {
    const connection = await adapter.acquire();
    try {
      yield* read(connection);
    } finally {
      await connection.release();
    }
  }
  const text = (reading: Reading): { sql: string; parameters: readonly Value[] } =>
    "sql" in reading ? reading : { sql: selectText(adapter, reading), parameters: [] };
  return {
    rows: (reading) => {
      const { sql, parameters } = text(reading);
      return batches((connection) => connection.stream(sql, parameters));
    },
    columns: (reading) =>
      batches(async function* (connection) {
        const { sql, parameters } = text(reading);
        let names: string[] | undefined;
        for await (const rows of connection.stream(sql, parameters)) {
          names ??= Object.keys(rows[0]!);
          yield toColumns(rows, names);
        }
        if (names !== undefined) return;
        const described = await connection.describe(sql);
        yield toColumns(
          [],
          described.map(({ name }) => name),
        );
      }),
  };
}

function selectText({ dialect }: Adapter, reading: Extract<Reading, { from: string }>): string {
  const columns = reading.columns?.map((name) => dialect.identifier(name)).join(", ") ?? "*";
  return `SELECT ${columns} FROM ${reading.from} AS ${dialect.identifier("relation")}`;
}
