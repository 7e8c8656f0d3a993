import type { Kind } from "../kind.js";
import type { Call, Rewriter, Typed } from "../rewrite/context.js";
import { call as duckdbCall, type Node } from "../tree.js";

/** What an argument must be, and what is done to it before it is written. */
export type Parameter =
  /** Taken as it is. */
  | "any"
  /** Anything, as MySQL's text of it. */
  | "text"
  | "number"
  /** A date, a date-time or text that holds one. */
  | "date"
  /** Only its truth is used. */
  | "condition"
  /** A literal; the rule reads it. */
  | "literal"
  /** Not rewritten; the rule does it. */
  | "raw";

/** One function of the portable subset. */
export interface FunctionRule {
  /** As the reference shows it. */
  signature: string;
  parameters: readonly Parameter[];
  /** How many arguments there must be at least; the last parameter may repeat if `repeats`. */
  required: number;
  repeats: boolean;
  /** Where it may be used: plain, over rows (aggregate), only with OVER. */
  scope: "scalar" | "aggregate" | "window";
  write(args: Typed[], call: Call, rewriter: Rewriter): Typed;
}

/** Rules by name. */
export type FunctionRules = Readonly<Record<string, FunctionRule>>;

type Writer = string | ((args: Typed[], call: Call, rewriter: Rewriter) => Typed | Node);
type KindOf = Kind | ((args: Typed[]) => Kind);

/**
 * A function: its parameters in the words of `Parameter`, `?` after those that may be missing and `…` after one that
 * repeats; the kind of its result; and the DuckDB function or macro that takes the same arguments, or how to write it.
 */
export function scalar(parameters: string, kind: KindOf, write: Writer): FunctionRule {
  return rule("scalar", parameters, kind, write);
}

/** A function over rows, also with OVER. */
export function aggregate(parameters: string, kind: KindOf, write: Writer): FunctionRule {
  return rule("aggregate", parameters, kind, write);
}

/** A function that is nothing without OVER. */
export function windowOnly(parameters: string, kind: KindOf, write: Writer): FunctionRule {
  return rule("window", parameters, kind, write);
}

function rule(scope: FunctionRule["scope"], parameters: string, kind: KindOf, write: Writer): FunctionRule {
  const words = parameters.split(" ").filter((word) => word !== "");
  return {
    signature: words.join(", "),
    parameters: words.map((word) => word.replace(/[?…]$/, "") as Parameter),
    required: words.filter((word) => !word.endsWith("?")).length,
    repeats: words.at(-1)?.endsWith("…") ?? false,
    scope,
    write(args, call, rewriter) {
      const written =
        typeof write === "string"
          ? duckdbCall(write, ...args.map(({ node }) => node))
          : write(args, call, rewriter);
      if (isTyped(written)) return written;
      return { node: written, kind: typeof kind === "string" ? kind : kind(args) };
    },
  };
}

function isTyped(written: Typed | Node): written is Typed {
  return "kind" in written && typeof written.kind === "string";
}
