import type { Column, IndexConfig, TypedColumn } from "./column.js";
import type { Relation } from "./relation.js";

/** What a node is, as in the first part of its unique id. */
export type ResourceType = "model" | "snapshot" | "seed" | "procedure" | "source" | "test";

/** A call of `ref` found in a template. */
export interface RefCall {
  package: string | null;
  name: string;
  /** Where the call stands in the template, from 1. */
  line: number;
  column: number;
}

/** A call of `source` found in a template. */
export interface SourceCall {
  source: string;
  table: string;
  line: number;
  column: number;
}

/** Config of a node after inheritance: project.yml, then properties, then the node itself. Keys are dbt's, or ours. */
export interface NodeConfig {
  enabled: boolean;
  materialized: string;
  /** Custom schema, appended to the target's: `sla` + `staging` → `sla_staging`. */
  schema: string | null;
  alias: string | null;
  tags: string[];
  meta: Record<string, unknown>;
  full_refresh: boolean | null;
  primary_key: string[];
  indexes: IndexConfig[];
  /** The column that says when a row happened: what `--sample` goes by. */
  event_time?: string;
  /** Who may do what with the relation: accounts or roles by privilege. Kinds of privileges that are not named are left alone. */
  grants?: Record<string, string[]>;
  /** Incremental models and snapshots: what identifies a row; absent for none. */
  unique_key?: string[];
  /** Incremental models: dbt's keys, absent where dbt's default holds. */
  incremental_strategy?: string;
  on_schema_change?: string;
  incremental_predicates?: string[];
  merge_update_columns?: string[];
  merge_exclude_columns?: string[];
  /** insert_overwrite: columns or expressions; rows that share their values are one partition. */
  partition_by?: string[];
  /** microbatch: the length of a window, how many before the current one are filled again, and the first moment. */
  batch_size?: string;
  lookback?: number;
  begin?: string;
  /** Snapshots: dbt's keys, absent where dbt's default holds. */
  strategy?: string;
  updated_at?: string;
  /** Columns that are compared, or `["all"]`. */
  check_cols?: string[];
  hard_deletes?: string;
  invalidate_hard_deletes?: boolean;
  dbt_valid_to_current?: string;
  snapshot_meta_column_names?: Record<string, string>;
  /** Procedures: what a run calls them with, by name of the parameter. */
  arguments?: Record<string, string | number | boolean | null>;
  /** CSV seeds: declared type by column. */
  column_types: Record<string, string>;
  delimiter: string;
  /** Tests: see dbt's data test configs. */
  severity: "error" | "warn";
  warn_if: string;
  error_if: string;
  where: string | null;
  limit: number | null;
  fail_calc: string;
  store_failures: boolean | null;
  /** Beats `store_failures`; ephemeral stores nothing. */
  store_failures_as: "table" | "view" | "ephemeral" | null;
}

interface BaseNode {
  unique_id: string;
  resource_type: ResourceType;
  name: string;
  package_name: string;
  /** The folder of its package, below or beside the project; absent for what is the project's own. */
  package_path?: string;
  /** Below its resource folder: `staging/stg_tickets.sql`. */
  path: string;
  /** Below the project: `models/staging/stg_tickets.sql`; of a package, with the way there: see `pathInPackage`. */
  original_file_path: string;
  /** The properties file that documents it, below the project. */
  patch_path: string | null;
  fqn: string[];
  description: string;
  tags: string[];
  meta: Record<string, unknown>;
  config: NodeConfig;
  /** Config that is an expression of variables, environment or target, as it is written; absent when there is none. */
  unrendered_config?: Record<string, string>;
  columns: Record<string, Column>;
  depends_on: { nodes: string[]; macros: string[] };
}

/** What stands in the warehouse under one name. */
interface RelationNode extends BaseNode {
  schema: string;
  alias: string;
}

/** A SELECT as a template, or a TypeScript model; a snapshot is one that keeps the history of its rows. */
export interface ModelNode extends RelationNode {
  resource_type: "model" | "snapshot";
  language: "sql" | "typescript";
  raw_code: string;
  checksum: string;
  refs: RefCall[];
  sources: SourceCall[];
}

/** A table that a seeder declares. */
export interface SeederTable {
  name: string;
  schema: string;
  alias: string;
  columns: TypedColumn[];
  primary_key: string[];
  indexes: IndexConfig[];
}

/** A CSV file, or a seeder: TypeScript that yields the rows of one or more tables. */
export interface SeedNode extends RelationNode {
  resource_type: "seed";
  language: "csv" | "typescript";
  checksum: string;
  /** CSV: none. Seeder: what it fills; each is also a source of the seeder's name. */
  tables: SeederTable[];
}

/** A parameter of a stored procedure; values only go in. */
export interface ProcedureParameter {
  name: string;
  /** In MySQL's spelling, as declared. */
  type: string;
  description: string;
}

/** A table that a procedure writes: read by its own name, as a model is. */
export interface ProcedureTable extends SeederTable {
  description: string;
  /** What properties say of its columns. */
  documented: Record<string, Column>;
}

/** A stored procedure: its `alias` is the routine's name, what others read of it are its tables. */
export interface ProcedureNode extends RelationNode {
  resource_type: "procedure";
  language: "sql";
  raw_code: string;
  checksum: string;
  refs: RefCall[];
  sources: SourceCall[];
  parameters: ProcedureParameter[];
  tables: ProcedureTable[];
}

/** A table that others fill; or a seeder's, which then stands among `depends_on`. */
export interface SourceNode extends RelationNode {
  resource_type: "source";
  source_name: string;
  /** The table's real name, if it differs from `name`. */
  identifier: string;
  source_description: string;
  loader: string;
  /** How old its data may be; absent for a source whose age nobody asks for. */
  freshness?: Freshness;
  /** The column, or SQL, whose greatest value says when data last came; of it and the query at most one. */
  loaded_at_field?: string;
  /** A SELECT that says when data last came. */
  loaded_at_query?: string;
}

/** An age. */
export interface FreshnessThreshold {
  count: number;
  period: "minute" | "hour" | "day";
}

/** How old the data of a source may be. */
export interface Freshness {
  warn_after: FreshnessThreshold | null;
  error_after: FreshnessThreshold | null;
  /** Which rows count: the condition of a WHERE. */
  filter: string | null;
}

/** A query whose rows are failures. */
export interface TestNode extends BaseNode {
  resource_type: "test";
  /** A unit test runs its model on rows of its own; users know it as a resource type of its own, `unit_test`. */
  test_type: "generic" | "singular" | "unit";
  raw_code: string;
  /** Generic only: the test's name and arguments (`column_name` among them). */
  test_metadata: { name: string; kwargs: Record<string, unknown>; namespace: string | null } | null;
  column_name: string | null;
  /** Unique id of the node it tests; null for singular tests and tests of sources. */
  attached_node: string | null;
  /** Where its failing rows are kept; null if they are not. */
  stored: StoredFailures | null;
  /** What a unit test is made of; absent for data tests. */
  unit?: UnitTest;
  refs: RefCall[];
  sources: SourceCall[];
}

/** Rows as users give them: values by column, or a SELECT. */
export type GivenRows =
  | { format: "rows"; rows: Record<string, unknown>[] }
  /** All values are text and mean what the column's type makes of them. */
  | { format: "text"; rows: Record<string, string | null>[] }
  | { format: "sql"; sql: string };

/** A model run on given rows, and the rows that must come out. */
export interface UnitTest {
  /** Unique id of the model; null for a test of SQL of its own, which calls macros. */
  model: string | null;
  /** The rows that stand for each of its inputs, by unique id; the model's own id is `this`. */
  given: { node: string; rows: GivenRows }[];
  expect: GivenRows;
  overrides: {
    vars: Record<string, unknown>;
    /** What calls of these macros give; `is_incremental` among them. */
    macros: Record<string, string | number | boolean>;
    env_vars: Record<string, string>;
    /** ISO 8601. */
    run_started_at: string | null;
  };
}

/** The relation that holds the failing rows of a test's last run. */
export interface StoredFailures extends Relation {
  as: "table" | "view";
}

/** Anything in the graph. */
export type Node = ModelNode | SeedNode | ProcedureNode | SourceNode | TestNode;

/** Nodes that make or are a relation. */
export type RelationalNode = ModelNode | SeedNode | ProcedureNode | SourceNode;
