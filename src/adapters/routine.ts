import type { Relation } from "../manifest/index.js";

/** A stored procedure to create. */
export interface RoutineDefinition {
  relation: Relation;
  /** Between the parentheses, as it is written. */
  parameters: string;
  characteristics: readonly string[];
  /** Text for its comment; empty for none. */
  comment: string;
  /** Stands at the end of the statement, as it is. */
  body: string;
}

/** A stored procedure as it is found. */
export interface ExistingRoutine extends Relation {
  comment: string;
  /** Null where the account may not read it. */
  body: string | null;
}

/** Text about stored procedures, for engines that have them. */
export interface RoutineDialect {
  create(routine: RoutineDefinition): string;
  /** Puts a routine in the place of one that stands there, with what was granted on that; null where the engine cannot. */
  replace: ((routine: RoutineDefinition) => string) | null;
  drop(routine: Relation): string;
  /** A query that has a row if there is such a routine. */
  find(routine: Relation): string;
  /** With arguments as literals, in order. */
  call(routine: Relation, literals: readonly string[]): string;
}
