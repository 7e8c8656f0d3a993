import type { TableDefinition } from "../adapters/index.js";
import { parseColumnType, type TypedColumn } from "../manifest/index.js";

/** The ledger's tables, in the target's own schema. Columns are only ever added: older runs stay readable. */
export function ledgerTables(schema: string): {
  runs: TableDefinition;
  nodes: TableDefinition;
  intervals: TableDefinition;
} {
  return {
    runs: {
      relation: { schema, identifier: "_sla_runs" },
      description: "One row for each run of sla: who, when, what, and how it ended.",
      primaryKey: ["run_id"],
      indexes: [{ columns: ["started_at"] }],
      columns: [
        column("run_id", "varchar(36)", "The invocation's id."),
        column("project", "varchar(64)"),
        column("target", "varchar(64)"),
        column("command", "varchar(32)"),
        column("selection", "text", "Its --select and --exclude, as JSON."),
        column("started_at", "datetime(6)", "UTC."),
        optional("ended_at", "datetime(6)", "UTC; NULL while it runs, or when it was killed."),
        column("status", "varchar(16)", "running, success, error, interrupted."),
        column("published", "int", "Nodes that it made visible to readers."),
        column("sla_version", "varchar(32)"),
        optional("git_commit", "varchar(64)", "The project's commit, if it is in a git repository."),
        column("started_by", "varchar(255)", "User and host of the process."),
        column("process_id", "bigint"),
        optional("session_id", "bigint", "The server's session that holds the run lock."),
        optional(
          "journal",
          "longtext",
          "Steps of a publish that has begun, as JSON; NULL when none is open.",
        ),
        column("journal_done", "int", "How many of them are done."),
      ],
    },
    nodes: {
      relation: { schema, identifier: "_sla_nodes" },
      description: "One row for each node of a run.",
      primaryKey: ["run_id", "unique_id"],
      indexes: [{ columns: ["unique_id"] }],
      columns: [
        column("run_id", "varchar(36)"),
        column("unique_id", "varchar(255)"),
        column("resource_type", "varchar(16)"),
        optional("materialized", "varchar(32)"),
        optional("relations", "text", "The relations it stands in, as a JSON list of schema and name."),
        column("status", "varchar(16)"),
        optional("message", "text"),
        optional("failures", "bigint", "Of a test."),
        optional("rows_affected", "bigint"),
        column("seconds", "double"),
        optional("fingerprint", "varchar(64)", "Of everything the node was made from."),
        column("published", "tinyint", "Whether readers see what this run made of it."),
      ],
    },
    intervals: {
      relation: { schema, identifier: "_sla_intervals" },
      description: "The time that microbatch models have filled: one row for each span without a gap.",
      primaryKey: ["unique_id", "start_at"],
      indexes: [],
      columns: [
        column("unique_id", "varchar(255)"),
        column("start_at", "datetime(6)", "UTC."),
        column("end_at", "datetime(6)", "UTC; not within."),
      ],
    },
  };
}

function column(name: string, type: string, description = ""): TypedColumn {
  return { name, type: parseColumnType(type)!, nullable: false, description };
}

function optional(name: string, type: string, description = ""): TypedColumn {
  return { ...column(name, type, description), nullable: true };
}
