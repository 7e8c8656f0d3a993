import type { ErrorCode, SlaError } from "../errors/index.js";
import type { ExistingRelation, Relation, ResourceType, RunResult, TypedColumn } from "../manifest/index.js";

/** What a node is, for people who watch the run. */
export interface NodeInfo {
  unique_id: string;
  name: string;
  resource_type: ResourceType;
  /** `table`, `view`, `csv`, `seeder`, `test` … */
  materialized: string;
  /** `sla_staging.stg_tickets`, or the test's name. */
  label: string;
  /** The file it is written in, below the project. */
  path: string;
  /** Where its compiled SQL is kept, below the target folder; null if it has none. */
  sql: string | null;
  /** Unique id of what a test tests; null for nodes, and for tests of several. */
  tested: string | null;
  /** Where the failing rows of a test are kept: `sla_dbt_test__audit.not_null_orders_id`; null if they are not. */
  stored: string | null;
}

/** A relation that a node has built, as it will stand under its own name. */
export interface BuiltRelation {
  relation: Relation;
  type: ExistingRelation["type"];
  columns: TypedColumn[];
  /** Rows that were written; null where nobody counted them for this relation alone. */
  rows: number | null;
}

/** What happens during a run, in order. Renderers and log files are functions of these. */
export type RunEvent =
  | {
      type: "run_started";
      at: Date;
      nodes: readonly NodeInfo[];
      project: string;
      threads: number;
      target: string;
      engine: string;
    }
  | { type: "node_started"; at: Date; node: NodeInfo; index: number; thread: number }
  | { type: "node_progress"; at: Date; unique_id: string; rows: number }
  | {
      type: "node_finished";
      at: Date;
      node: NodeInfo;
      index: number;
      result: RunResult;
      error: SlaError | null;
      /** What it has built, where somebody asked for it. */
      built?: BuiltRelation[];
    }
  | { type: "node_message"; at: Date; unique_id: string; message: string }
  | { type: "published"; at: Date; nodes: number; withheld: readonly string[]; seconds: number }
  | { type: "warning"; at: Date; message: string; code?: ErrorCode; path?: string; line?: number }
  | { type: "run_finished"; at: Date; elapsed: number; results: readonly RunResult[]; interrupted: boolean };

/** Takes events as they happen. */
export type Emit = (event: RunEvent) => void;
