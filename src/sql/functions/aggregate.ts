import type { Kind } from "../kind.js";
import type { Call, Typed } from "../rewrite/context.js";
import { aggregateCall, call, type Fields, isNull, type Node, NULL, searchedCase, typeOf } from "../tree.js";
import { aggregate, type FunctionRules, windowOnly } from "./rule.js";

/** Functions over the rows of a group, or of a window. */
export const AGGREGATE_FUNCTIONS: FunctionRules = {
  AVG: aggregate("number", "ratio", ([value], written) => {
    const part = (name: string): Node => over(aggregateCall(name, [value!.node], written.distinct), written);
    if (value!.kind === "double") return { node: part("avg"), kind: "double" };
    return call("sla_div", part("sum"), part("count"));
  }),
  COUNT: aggregate("any…", "integer", count),
  MAX: aggregate("any", same, ([value], written) => over(call("sla_max", value!.node), written)),
  MIN: aggregate("any", same, ([value], written) => over(call("sla_min", value!.node), written)),
  STDDEV_POP: aggregate("number", "double", statistic("stddev_pop")),
  STDDEV_SAMP: aggregate("number", "double", statistic("stddev_samp")),
  SUM: aggregate("number", sumKind, ([value], written) =>
    over(aggregateCall("sum", [value!.node], written.distinct), written),
  ),
  VAR_POP: aggregate("number", "double", statistic("var_pop")),
  VAR_SAMP: aggregate("number", "double", statistic("var_samp")),
};

/** Functions that are nothing without a window. */
export const WINDOW_FUNCTIONS: FunctionRules = {
  CUME_DIST: windowOnly("", "double", ranking("cume_dist")),
  DENSE_RANK: windowOnly("", "integer", ranking("dense_rank")),
  FIRST_VALUE: windowOnly("any", same, ranking("first_value")),
  LAG: windowOnly("any literal?", same, ranking("lag")),
  LAST_VALUE: windowOnly("any", same, ranking("last_value")),
  LEAD: windowOnly("any literal?", same, ranking("lead")),
  NTH_VALUE: windowOnly("any literal", same, ranking("nth_value")),
  NTILE: windowOnly("literal", "integer", ranking("ntile")),
  PERCENT_RANK: windowOnly("", "double", ranking("percent_rank")),
  RANK: windowOnly("", "integer", ranking("rank")),
  ROW_NUMBER: windowOnly("", "integer", ranking("row_number")),
};

function same([value]: Typed[]): Kind {
  return value?.kind === "boolean" ? "integer" : (value?.kind ?? "unknown");
}

function sumKind([value]: Typed[]): Kind {
  return value!.kind === "boolean" || value!.kind === "integer" ? "integer" : value!.kind;
}

function over(node: Node, written: Call): Node {
  return written.over === undefined
    ? node
    : { window_function: { this: node, over: written.over } as Fields };
}

function ranking(name: string) {
  return (args: Typed[], written: Call): Node => over(call(name, ...args.map(({ node }) => node)), written);
}

function statistic(name: string) {
  return ([value]: Typed[], written: Call): Node => over(call(name, value!.node), written);
}

/** DISTINCT counts what the collation keeps apart, which DuckDB's COUNT(DISTINCT) does not ask. */
function count(args: Typed[], written: Call): Node {
  const [one] = args;
  if (one !== undefined && typeOf(one.node) === "star") return over(call("count", one.node), written);
  if (!written.distinct) return over(call("count", one!.node), written);
  const keys = args.map(({ node, kind }) =>
    kind === "text" || kind === "unknown" ? call("sla_key", node) : node,
  );
  if (args.length === 1) return aggregateCall("count", [keys[0]!], true);
  const whens = args.map(({ node }): [Node, Node] => [isNull(node), NULL]);
  return aggregateCall("count", [searchedCase(whens, { tuple: { expressions: keys } })], true);
}
