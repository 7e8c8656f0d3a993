import type { Relation } from "../manifest/index.js";

/** A trigger of a table, as the server keeps it. */
export interface Trigger {
  table: Relation;
  name: string;
  /** `BEFORE` or `AFTER`. */
  timing: string;
  /** `INSERT`, `UPDATE`, `DELETE`. */
  event: string;
  body: string;
  /** `user@host`. */
  definer: string;
  sqlMode: string;
  collation: string;
}

/** A foreign key, of whichever side the table of interest is. */
export interface ForeignKey {
  name: string;
  child: Relation;
  columns: readonly string[];
  parent: Relation;
  parentColumns: readonly string[];
  /** `CASCADE`, `SET NULL`, … as the server says it; null for what it does when nothing is said. */
  onDelete: string | null;
  onUpdate: string | null;
}

/** What others have put around tables, and what would go with the old table when a new one takes its place. */
export interface Surroundings {
  triggers: readonly Trigger[];
  foreignKeys: readonly ForeignKey[];
}

/** Nothing stands around. */
export const NO_SURROUNDINGS: Surroundings = { triggers: [], foreignKeys: [] };

/** Settings of the session that hold for one statement. */
export interface Under {
  set: string;
  reset: string;
}

/** A statement that rebuilds a part of what stood around a table; carried out again in the same order, it ends the same. */
export interface Repair {
  statement: string;
  /** Only if the query finds a row (or finds none). */
  when?: { query: string; found: boolean };
  under?: Under;
}

/** What must hold before tables change places: what would not fit the new table is found while readers have the old one. */
export interface Rehearsal {
  /** What is tried, for the message: `trigger x of y`. */
  what: string;
  /** A query that must find nothing, or a statement that must work and is undone. */
  attempt: { query: string } | { statement: string; undo: string; under: Under };
}

/** How what stands around tables gets through their swap. */
export interface Preservation {
  before: Rehearsal[];
  /** Carried out in this order, after the swap. */
  after: Repair[];
  /** Under what the old tables are dropped; absent where nothing holds them. */
  cleanup?: Under;
}
