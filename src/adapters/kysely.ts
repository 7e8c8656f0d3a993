import { createRequire } from "node:module";
import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  SelectQueryBuilder,
} from "kysely";
import type { Adapter, Row, Value } from "./adapter.js";

/** Runs a query in the engine's own SQL: its rows in batches. */
export type RunQuery = (sql: string, parameters: readonly Value[]) => AsyncIterable<Row[]>;

/**
 * The start of a typed Kysely query on one relation, which stands in it under the name `relation`. `from` is what to select
 * from, in the engine's own SQL. DuckDB understands PostgreSQL's quoting and `$1` parameters.
 */
export function relationQuery(
  type: Adapter["type"],
  from: string,
  run: RunQuery,
): SelectQueryBuilder<{ relation: Row }, "relation", object> {
  const { Kysely, sql } = kysely();
  const db = new Kysely<Record<string, Row>>({ dialect: kyselyDialect(type, run) });
  const query = db.selectFrom(sql<Row>`${sql.raw(from)}`.as("relation"));
  return query as unknown as SelectQueryBuilder<{ relation: Row }, "relation", object>;
}

type Library = typeof import("kysely");
let library: Library | undefined;

/** Loaded by the first query and without waiting, since `query()` does not: most models need none, and it takes a while. */
function kysely(): Library {
  library ??= createRequire(import.meta.url)("kysely") as Library;
  return library;
}

function kyselyDialect(type: Adapter["type"], run: RunQuery): Dialect {
  const { MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler, ...other } = kysely();
  const { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } = other;
  const mysql = type === "mysql";
  return {
    createAdapter: () => (mysql ? new MysqlAdapter() : new PostgresAdapter()),
    createQueryCompiler: () => (mysql ? new MysqlQueryCompiler() : new PostgresQueryCompiler()),
    createIntrospector: (db) => (mysql ? new MysqlIntrospector(db) : new PostgresIntrospector(db)),
    createDriver: () => new ReadingDriver(run),
  };
}

/** Runs Kysely's queries where rows are read. Models read: transactions are not for them. */
class ReadingDriver implements Driver {
  readonly #session: DatabaseConnection;

  constructor(run: RunQuery) {
    this.#session = {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const rows: R[] = [];
        for await (const batch of run(query.sql, query.parameters as Value[]))
          for (const row of batch) rows.push(row as R);
        return { rows };
      },
      async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
        for await (const rows of run(query.sql, query.parameters as Value[])) yield { rows: rows as R[] };
      },
    };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#session;
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(): Promise<void> {
    throw new Error("models read what is published: a transaction has nothing to protect here");
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async destroy(): Promise<void> {}
}
