import type { Kind } from "../kind.js";
import type { Call, Rewriter, Typed } from "../rewrite/context.js";
import {
  aggregateCall,
  binary,
  call,
  cast,
  type Fields,
  isNull,
  type Node,
  NULL,
  number,
  numberValue,
  searchedCase,
  typeOf,
} from "../tree.js";
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
  SUM: aggregate("number", sumKind, ([value], written) => sum(value!, written)),
  VAR_POP: aggregate("number", "double", statistic("var_pop")),
  VAR_SAMP: aggregate("number", "double", statistic("var_samp")),
};

/** Functions that are nothing without a window. */
export const WINDOW_FUNCTIONS: FunctionRules = {
  CUME_DIST: windowOnly("", "double", ranking("cume_dist")),
  DENSE_RANK: windowOnly("", "integer", ranking("dense_rank")),
  FIRST_VALUE: windowOnly("any", same, ranking("first_value")),
  LAG: windowOnly("any literal? any?", same, neighbour("lag")),
  LAST_VALUE: windowOnly("any", same, ranking("last_value")),
  LEAD: windowOnly("any literal? any?", same, neighbour("lead")),
  NTH_VALUE: windowOnly("any literal", same, atDistance("nth_value")),
  NTILE: windowOnly("literal", "integer", atDistance("ntile")),
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

/**
 * DuckDB's sums are 38 digits wide, and too wide to be united with a number of more decimals. 19 digits more than the column has,
 * as a sum of its type and BIGINT, are enough; the second operand is only asked for its type.
 */
function sum(value: Typed, written: Call): Node {
  const total = over(aggregateCall("sum", [value.node], written.distinct), written);
  if (value.kind === "integer") return cast(total, "BIGINT");
  const one = written.over === undefined ? call("any_value", value.node) : value.node;
  return call("cast_to_type", total, binary("add", one, cast(number(0), "BIGINT")));
}

function neighbour(name: string) {
  return (args: Typed[], written: Call, rewriter: Rewriter): Typed | Node => {
    if (args.length < 3) return atDistance(name)(args, written, rewriter);
    const hint = `Write COALESCE(${written.name}(x, n) OVER (…), default).`;
    return rewriter.refuse(`the default of ${written.name} is not known to MariaDB`, hint, written.node);
  };
}

/** A ranking function whose last argument, if it has one, counts rows. */
function atDistance(name: string) {
  return (args: Typed[], written: Call, rewriter: Rewriter): Typed | Node => {
    const distance = written.name === "NTILE" ? written.args[0] : written.args[1];
    if (distance === undefined || /^\d+$/.test(numberValue(distance) ?? ""))
      return ranking(name)(args, written);
    return rewriter.refuse(
      `${written.name} takes a whole number`,
      `Write ${written.name}(… 2).`,
      written.node,
    );
  };
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
