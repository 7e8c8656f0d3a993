import type { ErrorCode } from "../../src/errors/index.js";

/** Queries that give the same rows on all engines, by name. */
export type Cases = Readonly<Record<string, string>>;

/** A query that is refused, and what the author is told. */
export interface Refused {
  sql: string;
  code: ErrorCode;
  /** Line and column of the first error. */
  at: [line: number, column: number];
  /** What the message or the hint of one of the errors says. */
  says: RegExp;
}

/** Refused queries by name. */
export type RefusedCases = Readonly<Record<string, Refused>>;
