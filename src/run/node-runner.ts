import type { Adapter, Connection } from "../adapters/index.js";
import type { Compiler, RowFilter } from "../compile/index.js";
import type {
  DrawChart,
  Manifest,
  ModelNode,
  Node,
  NodeStatus,
  ProcedureNode,
  Relation,
  RelationalNode,
  TestStatus,
} from "../manifest/index.js";
import type { Publication } from "../materializations/index.js";
import type { Project } from "../project/index.js";
import type { RelationCache } from "./relation-cache.js";

/** What runs share: everything a node needs to be built or tested. */
export interface RunContext {
  project: Project;
  manifest: Manifest;
  adapter: Adapter;
  compiler: Compiler;
  relations: RelationCache;
  signal: AbortSignal;
  /** A compiler that reads, of inputs with an `event_time`, one time window. */
  windowCompiler(window: { start: string; end: string }): Compiler;
  /** The time that microbatch models fill, where the user names it. */
  eventTime: { from: Date | null; until: Date | null };
  /** When the run began. */
  startedAt: Date;
  /** Seconds after which a statement is ended; without end when absent. */
  queryTimeout?: number | undefined;
  /** Whether a model changes the table that stands, instead of building it whole. */
  keepsRows(node: ModelNode): boolean;
  /** Incremental models of which the keys in the config hold for the table as it will be; runners add to it. */
  enforced: Set<string>;
  /** Where a live relation is read in this run: what the run has built of it, until that is published. */
  relation(live: Relation): Relation;
  /** Which of an input's rows this run reads; all of them when absent or null. */
  filter?: ((node: RelationalNode) => RowFilter | null) | undefined;
  /** The SELECT of a model on live relations, for what outlives the run. */
  liveSelect(node: ModelNode | ProcedureNode): string;
  /** Of this run, as in its artifacts. */
  runId: string;
  /** Ids of all nodes of the run. */
  planned: ReadonlySet<string>;
  /** Rows that one relation was filled with, where it is not all of the node's. */
  counted(relation: Relation, rows: number): void;
  /** Rows written so far, for the progress display. */
  progress(uniqueId: string, rows: number): void;
  /** A line for the user that belongs to a node. */
  message(uniqueId: string, text: string): void;
  /** Keeps the SQL that was compiled for a node, as written and as translated, in the target folder. */
  keep(node: Node, compiled: string, executed: string | null): void;
  /** Draws a chart of a model; what draws is loaded when the first chart is. */
  drawChart: DrawChart;
}

/** What a runner says of its node; it throws an `SlaError` when the node could not be run. */
export interface NodeOutcome {
  status: NodeStatus | TestStatus;
  message: string | null;
  failures: number | null;
  rowsAffected: number | null;
  compiledCode: string | null;
  /** What makes the node visible to readers; null when it has nothing to show. */
  publication: Publication | null;
}

/** Runs one node on one session. */
export type NodeRunner = (node: Node, context: RunContext, connection: Connection) => Promise<NodeOutcome>;
