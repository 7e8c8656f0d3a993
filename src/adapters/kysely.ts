import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type SelectQueryBuilder,
  sql,
} from "kysely";
import type { Relation } from "../manifest/index.js";
import type { Adapter, Connection, Row, Value } from "./adapter.js";

/**
 * The start of a typed Kysely query on one relation (or on those of its rows that meet a condition), which stands in it under the name `relation`. It runs on a session of the
 * adapter and returns `Value`s, the same on all engines. DuckDB understands PostgreSQL's quoting and `$1` parameters.
 */
export function relationQuery(
  adapter: Adapter,
  relation: Relation,
  condition?: string,
): SelectQueryBuilder<{ relation: Row }, "relation", object> {
  const db = new Kysely<Record<string, Row>>({ dialect: kyselyDialect(adapter) });
  const table = db.dynamic.table(`${relation.schema}.${relation.identifier}`).as("relation");
  const all = db.selectFrom(table);
  // What the caller adds with `where` is joined to this by AND.
  const query = condition === undefined ? all : all.where(sql.raw<boolean>(condition));
  return query as unknown as SelectQueryBuilder<{ relation: Row }, "relation", object>;
}

function kyselyDialect(adapter: Adapter): Dialect {
  const mysql = adapter.type === "mysql";
  return {
    createAdapter: () => (mysql ? new MysqlAdapter() : new PostgresAdapter()),
    createQueryCompiler: () => (mysql ? new MysqlQueryCompiler() : new PostgresQueryCompiler()),
    createIntrospector: (db) => (mysql ? new MysqlIntrospector(db) : new PostgresIntrospector(db)),
    createDriver: () => new SessionDriver(adapter),
  };
}

/** Runs Kysely's queries on sessions of the adapter. Models read: transactions are not for them. */
class SessionDriver implements Driver {
  readonly #adapter: Adapter;

  constructor(adapter: Adapter) {
    this.#adapter = adapter;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new Session(await this.#adapter.acquire());
  }

  async releaseConnection(session: DatabaseConnection): Promise<void> {
    await (session as Session).connection.release();
  }

  async beginTransaction(): Promise<void> {
    throw new Error("models read what is published: a transaction has nothing to protect here");
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class Session implements DatabaseConnection {
  readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return { rows: (await this.connection.query(query.sql, query.parameters as Value[])) as R[] };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    if (query.parameters.length > 0) {
      yield await this.executeQuery<R>(query);
      return;
    }
    for await (const rows of this.connection.stream(query.sql)) yield { rows: rows as R[] };
  }
}
