import type { Rewriter, Typed } from "../rewrite/context.js";
import { call, child, type Fields, fieldsOf, list, type Node, string, stringValue, typeOf } from "../tree.js";
import { aggregate, type FunctionRule } from "./rule.js";

/** GROUP_CONCAT as the allow-list shows it; its own syntax makes it a node of its own, see `groupConcat`. */
export const GROUP_CONCAT: FunctionRule = aggregate("text…", "text", (_args, written, rewriter) =>
  rewriter.invalid(
    "GROUP_CONCAT has no such form",
    "Write GROUP_CONCAT(x ORDER BY y SEPARATOR ', ').",
    written.node,
  ),
);

/** GROUP_CONCAT([DISTINCT] x, … [ORDER BY …] [SEPARATOR '…']). */
export function groupConcat(node: Node, rewriter: Rewriter): Typed {
  const fields = fieldsOf(node);
  const value = child(fields, "this")!;
  const written = rewriter.value(value);
  const text = rewriter.text(written, value);
  const separator = child(fields, "separator");
  const between = separator === undefined ? string(",") : rewriter.value(separator).node;
  if (stringValue(between) === undefined) {
    return rewriter.refuse("the separator must be a string", "Write SEPARATOR ', '.", node);
  }
  const order = list<Fields>(fields, "order_by").map((item) => ({ ...item, this: orderKey(item, rewriter) }));
  if (fields.distinct !== true) return { node: stringAggregate(text, between, order), kind: "text" };
  const same = list<Fields>(fields, "order_by").every((item) => sameColumn(item.this as Node, value));
  if (!same) {
    return rewriter.refuse(
      "GROUP_CONCAT(DISTINCT x) is ordered by something else than x",
      "Order by x itself, or take the distinct rows in a subquery.",
      node,
    );
  }
  const descending = list<Fields>(fields, "order_by")[0]?.desc === true;
  return {
    node: call("sla_join_distinct", call("list", written.node), between, string(descending ? "DESC" : "ASC")),
    kind: "text",
  };
}

function orderKey(item: Fields, rewriter: Rewriter): Node {
  return call("sla_concat_key", rewriter.value(item.this as Node).node);
}

function stringAggregate(text: Node, separator: Node, order: Fields[]): Node {
  return {
    string_agg: {
      this: text,
      separator,
      order_by: order.length === 0 ? null : order,
      distinct: false,
      filter: null,
      limit: null,
    },
  };
}

/** Whether two expressions are the same text for the parser, positions aside. */
function sameColumn(left: Node, right: Node): boolean {
  return typeOf(left) === typeOf(right) && withoutSpans(left) === withoutSpans(right);
}

function withoutSpans(node: Node): string {
  return JSON.stringify(node, (key, value) => (key === "span" ? undefined : value));
}
