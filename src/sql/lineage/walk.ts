import type { Node } from "../tree.js";
import type { Derived } from "./derived.js";
import type { Outer, Result, Scope } from "./scope.js";

/** A relation that a query may read. */
export interface KnownRelation {
  /** What it is called in the answer. */
  id: string;
  /** In their order. */
  columns: readonly string[];
  /** Whether these are all. */
  complete: boolean;
}

/** What the parts of the walk ask of each other. */
export interface Walk {
  /** What an expression is made of. */
  value(node: Node, scope: Scope): Derived;
  /** What a query gives. */
  query(node: Node, outer: Outer): Result;
  /** The name of the function that a node calls, as MySQL knows it. */
  functionName(node: Node): string | undefined;
  /** A relation by its name, with its schema if that is written. */
  relation(schema: string | null, name: string): KnownRelation | undefined;
}
