import type { NodeConfig } from "../manifest/index.js";
import type { ConfigProblem } from "./config-problem.js";
import { incremental } from "./incremental.js";
import { incrementalProblems } from "./incremental-config.js";
import { snapshot } from "./snapshot.js";
import { snapshotProblems } from "./snapshot-config.js";
import type { BuildSteps, SelectInput } from "./step.js";
import { table } from "./table.js";
import { view } from "./view.js";

export {
  type BatchSize,
  type BatchWindow,
  batchWindows,
  mergeWindows,
  momentText,
  parseMoment,
} from "./batch-window.js";
export type { ConfigProblem } from "./config-problem.js";
export { isSigned, procedure } from "./procedure.js";
export { type LiveView, NOTHING, type Publication } from "./publication.js";
export { rows } from "./rows.js";
export { isLeftover, shadowOf } from "./shadow.js";
export { hardDeletes, metaNames } from "./snapshot-config.js";
export type {
  BuildInput,
  BuildSteps,
  LoadTarget,
  ProcedureInput,
  RowsInput,
  SelectInput,
  StandingTable,
  Step,
  WindowSelect,
  WrittenSql,
} from "./step.js";

/** How a SELECT becomes a relation. */
export interface Materialization {
  /** Whether it must know the columns of the SELECT, which costs a round trip. */
  describes: boolean;
  /** Whether the SELECT outlives the run, so that it is needed on live relations, too. */
  keepsSelect: boolean;
  /** What cannot work in a node's config; only where there is something to check. */
  problems?: (config: NodeConfig) => ConfigProblem[];
  /** Null: nothing is built, children inline it. */
  build: ((input: SelectInput) => BuildSteps) | null;
}

/** The materializations of models, by the name used in `materialized:`. */
export const MATERIALIZATIONS: Record<string, Materialization> = {
  view: { describes: false, keepsSelect: true, build: view },
  table: { describes: true, keepsSelect: false, build: table },
  incremental: { describes: true, keepsSelect: false, problems: incrementalProblems, build: incremental },
  snapshot: { describes: true, keepsSelect: false, problems: snapshotProblems, build: snapshot },
  ephemeral: { describes: false, keepsSelect: false, build: null },
};
