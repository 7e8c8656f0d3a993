/** Settings of a target, checked, with secrets still in. Never print. */
export type TargetConfig = DuckDbTarget | MySqlTarget;

interface BaseTarget {
  name: string;
  schema: string;
  threads: number;
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
}
