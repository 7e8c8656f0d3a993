import type { Kind } from "../kind.js";
import type { Fields, Node } from "../tree.js";

/** A rewritten expression and what is known of its type. */
export interface Typed {
  node: Node;
  kind: Kind;
}

/** A function call in the parsed tree, arguments not yet rewritten. */
export interface Call {
  /** As MySQL knows it, in upper case. */
  name: string;
  args: readonly Node[];
  distinct: boolean;
  /** The rewritten window, if the call has one. */
  over: Fields | undefined;
  /** The call itself, for the position of errors. */
  node: Node;
}

/** What a rule may ask while it rewrites its part of the tree. */
export interface Rewriter {
  /** An expression whose value is used; a truth value becomes 1, 0 or NULL as in MySQL. */
  value(node: Node): Typed;
  /** An expression of which only the truth is used: WHERE, ON, WHEN, an operand of AND. */
  condition(node: Node): Node;
  /** A whole SELECT, in parentheses or not. */
  query(node: Node): Node;
  /** A rewritten expression as text, with MySQL's text for numbers and dates. */
  text(typed: Typed, at: Node): Node;
  /** Whether anything in a tree aggregates rows, subqueries aside. */
  hasAggregate(tree: unknown): boolean;
  /** The name of the function that a node calls, as MySQL knows it. */
  nameOf(node: Node): string | undefined;
  /** REGEXP_SUBSTR where NULLIF turns "no match" into NULL on all engines; undefined if the fields are of another call. */
  firstMatch(fields: Fields): Typed | undefined;
  /** Refuses a construct; the rest of the tree is still checked. */
  refuse(message: string, hint: string, at: Node): Typed;
  /** Refuses what has no rewrite at all; not reported where the text itself already showed why. */
  refuseUnknown(what: string, at: Node): Typed;
  /** Reports text that is no SQL at all for MySQL. */
  invalid(message: string, hint: string, at: Node): Typed;
}

/** The kind of a truth value in a place where only its truth is used; `value` turns it into a number. */
export function truth(node: Node): Typed {
  return { node, kind: "boolean" };
}
