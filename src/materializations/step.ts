import type { Dialect, ExistingRoutine, RoutineDefinition, TableDefinition } from "../adapters/index.js";
import type { ExistingRelation, NodeConfig, Relation, TypedColumn } from "../manifest/index.js";
import type { BatchWindow } from "./batch-window.js";
import type { Publication } from "./publication.js";

/** One thing the step runner does for a node. Data only: what runs can be printed, compared and tested before it runs. */
export type Step =
  /** Runs one statement; `counted` marks the one whose affected rows are the node's rows. */
  | { kind: "execute"; sql: string; counted: boolean }
  /** Runs a query that must find nothing: its first row is what is wrong. */
  | { kind: "refuse"; query: string; problem: string; hint: string }
  /** Streams the node's own rows (CSV, seeder, TypeScript model) into tables that exist by now. */
  | { kind: "load"; tables: LoadTarget[] }
  /** Runs the node's own statements, which fill tables that exist by now; their rows are counted. */
  | { kind: "call"; written: Relation[] };

/** Runs a statement whose rows are not the node's. */
export function execute(sql: string): Step {
  return { kind: "execute", sql, counted: false };
}

/** How a node is built beside its live relation, and what makes the result visible to readers afterwards. */
export interface BuildSteps {
  steps: Step[];
  publication: Publication;
}

/** A table that rows are streamed into. */
export interface LoadTarget {
  /** Name of the table as the row source knows it. */
  name: string;
  table: TableDefinition;
}

/** What a materialization knows of its node. */
export interface BuildInput {
  dialect: Dialect;
  relation: Relation;
  config: NodeConfig;
  description: string;
  /** What stands in the schema now: live relations and left-over shadows, by name. */
  existing(relation: Relation): ExistingRelation | null;
}

/** For a node that is a SELECT. */
export interface SelectInput extends BuildInput {
  /** The SELECT in the engine's own SQL, on what this run has built so far. */
  select: string;
  /** The same SELECT on live relations, for what outlives the run; only where the materialization asks for it. */
  liveSelect: string;
  /** The columns it returns; empty for materializations that do not ask. */
  columns: readonly TypedColumn[];
  /** The table that the SELECT changes; null when it is built whole. */
  standing: StandingTable | null;
  /** The SELECT in batches, each of a time window; null where it runs whole. */
  batches: readonly WindowSelect[] | null;
  /** What the config says in SQL, in the engine's own. */
  written: WrittenSql;
  /** The run's time, for what has no time of its own: a date-time as text, UTC. */
  now: string;
}

/** A SELECT that reads of its inputs only one time window. */
export interface WindowSelect extends BatchWindow {
  select: string;
}

/** A live table that keeps its rows. */
export interface StandingTable {
  columns: readonly TypedColumn[];
}

/** SQL that stands in a node's config. */
export interface WrittenSql {
  /** Conditions on the rows of the table that may change. */
  predicates: string[];
  /** Columns or expressions whose values make a partition. */
  partitions: string[];
  /** What stands in `dbt_valid_to` of the current version; null for NULL. */
  validToCurrent: string | null;
}

/** For a procedure: the tables that it writes. */
export interface ProcedureInput extends BuildInput {
  tables: readonly TableDefinition[];
  /** What stands under the routine's name; null for nothing. */
  deployed: ExistingRoutine | null;
  /** The routine that readers may call, on live relations; null where the engine has none. */
  routine: RoutineDefinition | null;
}

/** For a node that brings its own rows. */
export interface RowsInput extends BuildInput {
  /** The tables it fills, by the name the row source uses. */
  tables: readonly (Omit<TableDefinition, "relation"> & { name: string; relation: Relation })[];
}
