import type { ColumnInput, ColumnOrigin, NodeLineage } from "../manifest/index.js";
import type { SiteDashboardHead } from "./site-reports.js";

/**
 * What the site shows, as plain data: written by the generator, read by the browser. Paths are relative to the project, and
 * nothing in it is secret. Large projects are cut in shards, so that a page loads what it shows.
 */

/** What a node of the site is. */
export type SiteKind =
  | "seed"
  | "source"
  | "model"
  | "snapshot"
  | "procedure"
  | "macro"
  | "test"
  | "unit_test"
  | "metric"
  | "exposure"
  | "dashboard";

/** How a kind is called, and where it stands in lists. */
export interface KindInfo {
  one: string;
  many: string;
}

/** All kinds, in the order in which data flows through them. */
export const KINDS: Readonly<Record<SiteKind, KindInfo>> = {
  seed: { one: "seed", many: "Seeds" },
  source: { one: "source", many: "Sources" },
  model: { one: "model", many: "Models" },
  snapshot: { one: "snapshot", many: "Snapshots" },
  procedure: { one: "procedure", many: "Procedures" },
  metric: { one: "metric", many: "Metrics" },
  exposure: { one: "exposure", many: "Exposures" },
  dashboard: { one: "dashboard", many: "Dashboards" },
  macro: { one: "macro", many: "Macros" },
  test: { one: "test", many: "Tests" },
  unit_test: { one: "unit test", many: "Unit tests" },
};

/** Outcome of a node or test in its last run, in dbt's words. */
export type SiteStatus = "success" | "reused" | "pass" | "warn" | "fail" | "error" | "skipped";

/** What became of a node when it was last run. */
export interface SiteState {
  status: SiteStatus;
  /** When that run began, ISO 8601 in UTC. */
  at: string | null;
  /** Id of that run. */
  run: string | null;
  seconds: number | null;
  rows: number | null;
  /** Tests: failures counted. */
  failures: number | null;
  message: string | null;
  /** Whether readers see what that run made; null where nothing was to be seen. */
  published: boolean | null;
}

/** How large a relation is. */
export interface SiteSize {
  rows: number | null;
  /** False: the engine's estimate. */
  exact: boolean;
  bytes: number | null;
}

/** What a test is about. */
export interface SiteTest {
  type: "generic" | "singular" | "unit";
  /** `unique`, `not_null` …; null for a singular or unit test. */
  name: string | null;
  column: string | null;
  /** Position of what it tests. */
  of: number | null;
}

/** A node as lists, search, navigation and lineage need it. Positions are those in `SiteCore.nodes`. */
export interface SiteNode {
  id: string;
  kind: SiteKind;
  /** What people call it: `fact_orders`, for a source `shop.orders`. */
  name: string;
  package: string;
  /** Below the project. */
  path: string;
  /** The properties file that documents it, below the project. */
  patch: string | null;
  fqn: string[];
  description: string;
  tags: string[];
  /** Config where it differs from `SiteCore.defaults`. */
  config: Record<string, unknown>;
  /** Where it stands in the warehouse; null for what stands nowhere. */
  relation: { schema: string; name: string } | null;
  owner: string | null;
  /** Names only; the rest stands in the node's detail. */
  columns: string[];
  parents: number[];
  state: SiteState | null;
  size: SiteSize | null;
  test: SiteTest | null;
  /** Which shard of details holds it. */
  shard: number;
}

/** A run of the ledger. */
export interface SiteRun {
  id: string;
  command: string;
  /** ISO 8601 in UTC. */
  started: string;
  /** Null while it runs, or when it was killed. */
  seconds: number | null;
  status: string;
  nodes: number;
  /** Nodes that it made visible. */
  published: number;
  by: string;
  commit: string | null;
  /** What was selected, as it was written; empty for everything. */
  selection: string;
}

/** What ran when, of the last run that left its results in the target folder. */
export interface SiteTimeline {
  run: string;
  command: string;
  /** ISO 8601 in UTC. */
  started: string;
  /** Seconds. */
  elapsed: number;
  /** In the order of their start; `from` and `to` in seconds since the run began. */
  spans: { node: number; thread: string; from: number; to: number; status: SiteStatus }[];
  /** Positions of the nodes on the critical path, first to last: none of them could have ended earlier without the run being shorter. */
  critical: number[];
}

/** What every page needs: `data/core.js`. */
export interface SiteCore {
  project: {
    name: string;
    target: string;
    /** `DuckDB 1.5.6`; null when the warehouse was not asked. */
    engine: string | null;
    adapter: "duckdb" | "mysql";
    /** ISO 8601 in UTC. */
    generated: string;
    version: string;
    /** Markdown of the home page; empty for none. */
    overview: string;
  };
  /** Config values that most nodes share. */
  defaults: Record<string, unknown>;
  nodes: SiteNode[];
  /** Newest first. */
  runs: SiteRun[];
  timeline: SiteTimeline | null;
  shards: number;
  /** In the order of their declaration. */
  dashboards: SiteDashboardHead[];
  /** How many pictures and texts the models have exported. */
  pictures: number;
}

/** A column of a relation. */
export interface SiteColumn {
  name: string;
  /** As the warehouse has it, in MySQL's spelling; null when it does not stand there. */
  type: string | null;
  /** As it is declared. */
  declared: string | null;
  nullable: boolean | null;
  description: string;
  /** The comment in the warehouse, where it says something else than the description. */
  comment: string | null;
  tags: string[];
  /** Positions of its tests. */
  tests: number[];
}

/** One text of a node's SQL. */
export interface SiteText {
  /** What a reader picks it by: `Source`, `MySQL`, `DuckDB`. */
  title: string;
  language: "sql" | "typescript" | "csv" | "yaml" | "json";
  text: string;
  /** Why there is no text. */
  problem: string | null;
}

/** Rows as they are shown in a table: values as text, null for NULL. */
export interface SiteRows {
  columns: string[];
  rows: (string | null)[][];
  /** Whether there are more. */
  more: boolean;
}

/** How a node fared in one run; `run` is a position in `SiteCore.runs`. */
export type SiteHistory = [
  run: number,
  status: SiteStatus,
  seconds: number,
  rows: number | null,
  failures: number | null,
];

/** A table of a procedure. */
export interface SiteTable {
  schema: string;
  name: string;
  description: string;
  columns: SiteColumn[];
  primaryKey: string[];
  indexes: { columns: string[]; unique: boolean }[];
}

/** What only the page of a node shows. */
export interface SiteDetail {
  columns: SiteColumn[];
  primaryKey: string[];
  indexes: { columns: string[]; unique: boolean }[];
  texts: SiteText[];
  /** The tables that a procedure writes. */
  tables: SiteTable[];
  /** What else is to be said, as label and text: how a metric is computed, where an exposure is found. */
  facts: { label: string; text: string; code: boolean }[];
  /** Everything in its config that is set. */
  config: Record<string, unknown>;
  meta: Record<string, unknown>;
  /** Macros and procedures. */
  arguments: { name: string; type: string | null; description: string; default: string | null }[];
  /** Ids of the macros it calls. */
  macros: string[];
  /** How old a source may be, and how old it is. */
  freshness: {
    warn: string | null;
    error: string | null;
    status: string | null;
    loaded: string | null;
  } | null;
  /** Newest first. */
  history: SiteHistory[];
  /** Failing rows that a test has stored. */
  failures: SiteRows | null;
}

/** A shard of details: `data/detail-N.js`, by id. */
export type SiteShard = Record<string, SiteDetail>;

/** Column-level lineage: `data/lineage.js`, by position; nodes within it are positions, too. */
export type SiteLineage = [at: number, lineage: SiteNodeLineage][];

/** Where the columns of a node come from. */
export interface SiteNodeLineage extends Omit<NodeLineage, "columns" | "rows"> {
  columns: (Omit<ColumnOrigin, "inputs"> & { inputs: SiteColumnInput[] })[];
  rows: SiteColumnInput[];
}

/** A column that takes part in another. */
export type SiteColumnInput = Omit<ColumnInput, "node"> & { node: number };

/** Text to search beyond names, columns and descriptions: `data/code.js`, by position. */
export type SiteCode = string[];
