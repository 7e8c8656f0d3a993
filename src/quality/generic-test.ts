import type { Dialect } from "../adapters/index.js";
import type { RelationalNode } from "../manifest/index.js";

/** What a generic test is rendered from. */
export interface GenericTestInput {
  dialect: Dialect;
  /** What is tested, ready for FROM: a relation, or a derived table with its alias. */
  model: string;
  /** The quoted column; empty for a test of a whole model. */
  column: string;
  /** Another relation that an argument names, ready for FROM. */
  relation(argument: string): string;
  /** Arguments as written. */
  kwargs: Readonly<Record<string, unknown>>;
  /** What is tested, and the schema in which its runs are recorded. */
  tested: RelationalNode;
  targetSchema: string;
  /** When the run began. */
  now: Date;
  /** Whether the failing rows are kept: then they are wanted whole. */
  whole: boolean;
}

/** What a test counts in one pass over what it tests, so that many tests can share the pass. */
export type ScanCheck =
  /** The rows that meet a condition. */
  | { counts: "rows"; condition: string }
  /** The different values of a column in rows that meet a condition. */
  | { counts: "values"; condition: string; column: string }
  /** The values of a column that appear more than once. */
  | { counts: "duplicates"; column: string };

/** A test that is written once and applied by name: its SELECT returns what fails. */
export interface GenericTest {
  sql(input: GenericTestInput): string;
  /** The same as a count, where one pass over the rows can tell. */
  check?(input: GenericTestInput): ScanCheck;
  /** Whether it may end otherwise on the same rows: because time passes, or builds are recorded. */
  varies?: boolean;
  /** Whether its SQL holds words of MySQL's or of the user's, which an engine other than MySQL must get translated. */
  translated?(kwargs: Readonly<Record<string, unknown>>): boolean;
}
