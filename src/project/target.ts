/** Settings of a target, checked, with secrets still in. Never print. */
export type TargetConfig = DuckDbTarget | MySqlTarget;

interface BaseTarget {
  name: string;
  schema: string;
  threads: number;
  /** Seconds after which a node's statement is ended; without end when absent. */
  query_timeout?: number | undefined;
}

/** The embedded engine: one file, no server. */
export interface DuckDbTarget extends BaseTarget {
  type: "duckdb";
  /** Path of the file, absolute, or `:memory:`. */
  path: string;
  /** DuckDB settings by name, e.g. `memory_limit`. */
  settings: Record<string, string>;
}

/** A MySQL or MariaDB server. */
export interface MySqlTarget extends BaseTarget {
  type: "mysql";
  host: string;
  port: number;
  user: string;
  password: string;
  ssl: boolean | { ca?: string; cert?: string; key?: string; rejectUnauthorized?: boolean };
  /** Seconds that a statement waits for a table's metadata lock; 60 when absent. */
  lock_wait_timeout?: number | undefined;
  /** How runs keep each other out: by GET_LOCK, by a row with a lease, or what the server allows when absent. */
  lock?: "auto" | "named" | "lease" | undefined;
}
