import type { Repair, Swap } from "../adapters/index.js";
import type { ExistingRelation, Relation } from "../manifest/index.js";

/**
 * What makes a built and tested node visible to readers. Data only, so that it can be put off to the end of the run, written
 * into the journal, and completed by another process if this one dies in between.
 */
export interface Publication {
  /** Where the rest of this run reads the node while its live relations still are what they were. */
  standIns: { live: Relation; now: Relation }[];
  /** What deploys stored procedures: done first of all, as it may be refused. */
  routines: Repair[];
  /** Statements that change live tables in place; those of all nodes share one transaction. */
  apply: string[];
  /** Relations built beside the live ones; those of all nodes change places in one statement. */
  swaps: Swap[];
  /** Views, with their SELECT on live relations: made right after the tables changed places. */
  views: LiveView[];
  /** What served only to build and test; dropped when all is published. */
  scaffold: ExistingRelation[];
}

/** A view to create or replace. */
export interface LiveView {
  relation: Relation;
  select: string;
  /** What stands under its name now. */
  existing: ExistingRelation | null;
}

/** A publication of nothing, to start from. */
export const NOTHING: Publication = {
  standIns: [],
  routines: [],
  apply: [],
  swaps: [],
  views: [],
  scaffold: [],
};
