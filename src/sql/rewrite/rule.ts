import type { Fields, Node } from "../tree.js";
import type { Rewriter, Typed } from "./context.js";

/** Rewrites nodes of one type. */
export type NodeRule = (fields: Fields, rewriter: Rewriter, node: Node) => Typed;

/** Rules by the parser's node type. */
export type NodeRules = Readonly<Record<string, NodeRule>>;
