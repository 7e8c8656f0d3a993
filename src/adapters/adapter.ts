import type {
  ColumnType,
  ExistingRelation,
  IndexConfig,
  Relation,
  Row,
  TypedColumn,
  Value,
} from "../manifest/index.js";
import type { Grants } from "./grants.js";
import type { ExistingRoutine, RoutineDialect } from "./routine.js";
import type { Preservation, Surroundings } from "./surroundings.js";

export type { Row, Value } from "../manifest/index.js";
export type { DuckDbTarget, MySqlTarget, TargetConfig } from "../project/index.js";

/** A table to create. */
export interface TableDefinition {
  relation: Relation;
  columns: readonly TypedColumn[];
  primaryKey: readonly string[];
  indexes: readonly IndexConfig[];
  /** Text for the table comment; empty for none. */
  description: string;
}

/** One finished relation that takes the place of the live one. */
export interface Swap {
  live: Relation;
  /** The relation that was built beside it, in the same schema. */
  shadow: Relation;
  /** What stands under the live name now. */
  existing: ExistingRelation | null;
  type: "table" | "view";
}

/** Statements that belong together; `transaction` says whether they run in one. */
export interface Script {
  transaction: boolean;
  statements: string[];
}

/** Rows of one table that agree with rows of a query: `on` may name the table's columns bare, the query's as `source.name`. */
export interface Match {
  target: Relation;
  /** What the table is called in `on`. */
  alias: string;
  /** A SELECT, whose columns must be called otherwise than the table's. */
  source: string;
  sourceAlias: string;
  /** A condition in the engine's own SQL. */
  on: string;
}

/** Text only: everything here is tested without a database. */
export interface Dialect {
  readonly type: "duckdb" | "mysql";
  /** Whether DDL can be rolled back, so that everything may share one transaction. */
  readonly transactionalDdl: boolean;
  /** Null where the engine has no stored procedures. */
  readonly routines: RoutineDialect | null;
  /** A quoted identifier. */
  identifier(name: string): string;
  /** A literal that means exactly this value, whatever it contains. */
  literal(value: Value): string;
  /** A quoted, qualified name. */
  relation(relation: Relation): string;
  columnType(type: ColumnType): string;
  createSchema(schema: string): string;
  /** Creates the table with its types, keys, indexes and comments; never `IF NOT EXISTS`. */
  createTable(table: TableDefinition): string[];
  insertSelect(relation: Relation, columns: readonly string[], select: string): string;
  /** Counts a table that was just filled, for the planner of what reads it; nothing where the engine does so by itself in time. */
  analyze(relation: Relation): string[];
  /** A condition: equal, or both NULL. */
  same(left: string, right: string): string;
  /** Deletes the rows of a table that have a match. */
  deleteMatching(match: Match): string;
  /** Sets columns of the rows of a table that have a match; values in the engine's own SQL. */
  updateMatching(match: Match, set: readonly { column: string; value: string }[]): string;
  /** An expression: SHA-256 in hex of the values and the moment (a datetime(6)) as text, joined by `|`, NULL as empty text. */
  digest(values: readonly string[], moment: string): string;
  /** Replaces a view in one statement; valid when the name is free or a view's. */
  createOrReplaceView(relation: Relation, select: string): string;
  createView(relation: Relation, select: string): string;
  drop(relation: ExistingRelation): string;
  /** Drops them in as few statements as the engine allows. */
  dropAll(relations: readonly ExistingRelation[]): string[];
  /** Puts shadows in the place of live relations, all at once: readers see the old or the new, never neither. */
  swap(swaps: readonly Swap[]): Script;
  /** Drops what `swap` moved out of the way. */
  cleanup(swaps: readonly Swap[]): string[];
  /** What carries triggers and foreign keys through a swap; `read` says where a live relation's new rows are found before it. */
  preservation(
    swaps: readonly Swap[],
    surroundings: Surroundings,
    read: (live: Relation) => Relation,
  ): Preservation;
}

/** Rows on their way into a table: all of them, or none. Not for concurrent use: await each call. */
export interface TableWriter {
  /** Rows as arrays in the order of the table's columns. Resolves when more may come (backpressure). */
  write(rows: readonly (readonly Value[])[]): Promise<void>;
  /** Resolves with the number of rows that the table took, when all are in. */
  end(): Promise<number>;
  /** Gives up: nothing of what was written survives. */
  abort(): Promise<void>;
}

/** One session. Not for concurrent use. Errors are `SlaError`s whose location counts in the statement's text (path `""`). */
export interface Connection {
  execute(sql: string): Promise<{ rowsAffected: number | null }>;
  /** Runs the statements in order, in one transaction if the script says so (rolled back on error). */
  run(script: Script): Promise<void>;
  query(sql: string, parameters?: readonly Value[]): Promise<Row[]>;
  /** Rows in batches, with bounded memory. */
  stream(sql: string, parameters?: readonly Value[]): AsyncIterable<Row[]>;
  /** Columns of a query without running it. */
  describe(sql: string): Promise<TypedColumn[]>;
  /** Opens a bulk load; it owns the session until `end` or `abort`. */
  load(relation: Relation, columns: readonly TypedColumn[]): Promise<TableWriter>;
  /** Ends the statement that runs, which fails with SLA504; the session goes on. */
  interrupt(): Promise<void>;
  /** Gives the session back. */
  release(): Promise<void>;
}

/** Keys of a table as they stand in the warehouse. */
export interface TableKeys {
  primaryKey: string[];
  indexes: { columns: string[]; unique: boolean }[];
}

/** What an engine has. One query each, whatever the number of relations. */
export interface Introspector {
  schemas(): Promise<string[]>;
  relations(schemas: readonly string[]): Promise<ExistingRelation[]>;
  /** Stored procedures; none on engines that have none. */
  routines(schemas: readonly string[]): Promise<ExistingRoutine[]>;
  columns(relation: Relation): Promise<TypedColumn[]>;
  /** The keys that a table has; on DuckDB only those that make rows unique, it keeps no others. */
  keys(relation: Relation): Promise<TableKeys>;
  /** What others have put around tables. */
  surroundings(tables: readonly Relation[]): Promise<Surroundings>;
  /** The statements that make the privileges on relations what they shall be; none where there are no users. */
  grantStatements(grants: readonly Grants[]): Promise<string[]>;
  /** Sessions that use relations, so that they cannot change places: who, since when; empty where the server does not tell. */
  lockHolders(relations: readonly Relation[]): Promise<string[]>;
  /** Text that changes when the rows of a table do; undefined where the engine cannot tell (views, missing tables). */
  state(relation: Relation): Promise<string | undefined>;
}

/** One engine, opened for one target. */
export interface Adapter {
  readonly type: "duckdb" | "mysql";
  /** What answered: `DuckDB 1.5.6`, `MariaDB 10.11.19`, `MySQL 9.7.4`. */
  readonly version: string;
  readonly flavour: "duckdb" | "mariadb" | "mysql";
  readonly dialect: Dialect;
  readonly introspector: Introspector;
  /** A session with the settings that all engines share. Idle ones are reused; how many are out is up to the caller. */
  acquire(): Promise<Connection>;
  /** The text this engine runs for a SELECT in MySQL's SQL; MySQL gets it byte for byte. Throws SLA3xx with a position. */
  translate(sql: string): Promise<string>;
  /** Ends running statements on the server: Ctrl-C, fail-fast. The sessions that ran them fail with SLA504. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/** What opening an adapter needs to know beside the target. */
export interface AdapterOptions {
  /** A directory for translated SQL, kept between runs; none: translations are kept in memory only. */
  cacheDir?: string | undefined;
  /** Told when a statement is sent again, with the reason. */
  retrying?: ((message: string) => void) | undefined;
  /** False: tables are loaded by INSERT even where the server would take LOAD DATA LOCAL. */
  localInfile?: boolean;
}
