/** Outcome of a model or seed (dbt's words). */
export type NodeStatus = "success" | "error" | "skipped" | "reused";
/** Outcome of a data test (dbt's words). */
export type TestStatus = "pass" | "fail" | "warn" | "error" | "skipped" | "reused";

/** When one phase of a node began and ended. */
export interface Timing {
  name: "compile" | "execute";
  /** ISO 8601 in UTC. */
  started_at: string;
  completed_at: string;
}

/** What became of one node. */
export interface RunResult {
  unique_id: string;
  status: NodeStatus | TestStatus;
  message: string | null;
  /** Tests: how many failures were counted. */
  failures: number | null;
  /** Rows written, where the engine says. */
  rows_affected: number | null;
  /** Seconds. */
  execution_time: number;
  timing: Timing[];
  thread_id: string;
  relation_name: string | null;
  compiled_code: string | null;
  /** Of the error, if there was one. */
  code: string | null;
  /** Whether readers see what was built; absent where nothing was. */
  published?: boolean;
}

/** What a command did: the content of `target/run_results.json`. */
export interface RunResults {
  metadata: {
    generated_at: string;
    invocation_id: string;
    sla_version: string;
  };
  /** The command and its options, without anything secret. */
  args: Record<string, unknown>;
  /** Seconds. */
  elapsed_time: number;
  results: RunResult[];
}
