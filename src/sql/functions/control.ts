import { commonKind } from "../kind.js";
import { alignText } from "../rewrite/align-text.js";
import type { Rewriter, Typed } from "../rewrite/context.js";
import { bare, call, fieldsOf, isNull, type Node, searchedCase, stringValue, typeOf } from "../tree.js";
import { type FunctionRules, scalar } from "./rule.js";

const common = (args: Typed[]) => commonKind(args.map(({ kind }) => kind));

/** Choice and NULL. */
export const CONTROL_FUNCTIONS: FunctionRules = {
  COALESCE: scalar("any…", "unknown", (args, written, rewriter) => {
    const values = alignText(args, rewriter, written.node);
    return { node: call("coalesce", ...values.map(({ node }) => node)), kind: common(values) };
  }),
  GREATEST: scalar("any any…", "unknown", (args, written, rewriter) =>
    extreme("sla_greatest", args, written.node, rewriter),
  ),
  IF: scalar("condition any any", "unknown", ([condition, ...branches], written, rewriter) => {
    const [then, otherwise] = alignText(branches, rewriter, written.node);
    return {
      node: searchedCase([[condition!.node, then!.node]], otherwise!.node),
      kind: common([then!, otherwise!]),
    };
  }),
  IFNULL: scalar("any any", "unknown", (args, written, rewriter) => {
    const values = alignText(args, rewriter, written.node);
    return { node: call("coalesce", ...values.map(({ node }) => node)), kind: common(values) };
  }),
  ISNULL: scalar("any", "boolean", ([value]) => isNull(value!.node)),
  LEAST: scalar("any any…", "unknown", (args, written, rewriter) =>
    extreme("sla_least", args, written.node, rewriter),
  ),
  NULLIF: scalar("raw raw", "unknown", (_args, written, rewriter) => {
    const [first, second] = written.args as [Node, Node];
    const left = firstMatch(first, second, rewriter) ?? rewriter.value(first);
    return { node: call("nullif", left.node, rewriter.value(second).node), kind: left.kind };
  }),
};

/** NULLIF(REGEXP_SUBSTR(text, pattern), ''): alone, REGEXP_SUBSTR without a match is NULL on MySQL and '' on MariaDB. */
function firstMatch(first: Node, second: Node, rewriter: Rewriter): Typed | undefined {
  const inner = bare(first);
  if (typeOf(inner) !== "function" || stringValue(second) !== "") return undefined;
  return rewriter.firstMatch(fieldsOf(inner));
}

function extreme(macro: string, args: Typed[], at: Node, rewriter: Rewriter): Typed {
  const texts = args.filter(({ kind }) => kind === "text").length;
  if (
    texts > 0 &&
    texts < args.length &&
    args.some(({ kind }) => kind !== "text" && kind !== "null" && kind !== "unknown")
  ) {
    return rewriter.refuse(
      "text is compared with something else",
      "CAST the text to the type of the others; write dates as DATE '2024-01-31'.",
      at,
    );
  }
  if (
    args.some(({ kind, node }) => kind === "text" && stringValue(node) !== undefined) &&
    texts < args.length
  ) {
    return rewriter.refuse(
      "a string is compared with a column whose type is not known here",
      "CAST both to one type; write dates as DATE '2024-01-31'.",
      at,
    );
  }
  const [one, ...others] = args.map(({ node }) => node) as [Node, ...Node[]];
  return {
    node: others.reduce((left, right) => call(macro, left, right), one),
    kind: commonKind(args.map(({ kind }) => kind)),
  };
}
