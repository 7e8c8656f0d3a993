import { child, type Fields, fieldsOf, list, type Node, numberValue, typeOf } from "../tree.js";
import type { Rewriter } from "./context.js";
import { rewriteFrom, rewriteJoin } from "./source.js";
import { rewriteOrder, rewriteWindow } from "./window.js";
import { checkWindowsTogether } from "./windows-together.js";

/** The outermost query: columns without an alias are called what MySQL calls them. */
export function rewriteOutermost(node: Node, names: readonly string[], rewriter: Rewriter): Node {
  return rewriteQuery(withNames(node, names), rewriter);
}

/** Gives the columns of the first SELECT that have no alias these names, one for each item of its list. */
export function withNames(node: Node, names: readonly string[]): Node {
  const type = typeOf(node);
  const fields = fieldsOf(node);
  if (type === "union" || type === "intersect" || type === "except") {
    return { [type]: { ...fields, left: withNames(child(fields, "left")!, names) } };
  }
  const items = list(fields, "expressions");
  if (type !== "select" || items.length !== names.length) return node;
  return { select: { ...fields, expressions: items.map((item, at) => withAlias(item, names[at]!)) } };
}

function withAlias(item: Node, name: string): Node {
  if (["alias", "column", "star", "dot"].includes(typeOf(item))) return item;
  return { alias: { this: item, alias: { name } } };
}

/** A whole query: SELECT, a set operation, or one in parentheses. */
export function rewriteQuery(node: Node, rewriter: Rewriter): Node {
  const type = typeOf(node);
  const fields = fieldsOf(node);
  switch (type) {
    case "select":
      return { select: rewriteSelect(fields, rewriter, node) };
    case "union":
    case "intersect":
    case "except":
      return { [type]: rewriteSetOperation(fields, rewriter) };
    case "subquery":
      return { subquery: rewriteSubquery(fields, rewriter, node) };
    case "paren":
      return { paren: { ...fields, this: rewriteQuery(child(fields, "this")!, rewriter) } };
    default:
      return rewriter.invalid(
        "a query is expected here",
        "A model is one SELECT, with or without WITH.",
        node,
      ).node;
  }
}

function rewriteSelect(fields: Fields, rewriter: Rewriter, node: Node): Fields {
  checkHaving(fields, rewriter, node);
  checkStar(fields, rewriter, node);
  checkWindowsTogether(fields, rewriter, node);
  const group = fields.group_by as Fields | null;
  return {
    ...fields,
    with: rewriteWith(fields, rewriter),
    expressions: list(fields, "expressions").map((item) => rewriteItem(item, rewriter)),
    from: rewriteFrom(fields, rewriter),
    joins: list<Fields>(fields, "joins").map((join) => rewriteJoin(join, rewriter, node)),
    where_clause: condition(fields, "where_clause", rewriter),
    group_by: group === null || group === undefined ? null : rewriteGroup(group, fields, rewriter, node),
    having: condition(fields, "having", rewriter),
    windows: list<Fields>(fields, "windows").map((window) => ({
      ...window,
      spec: rewriteWindow(window.spec as Fields, rewriter, node),
    })),
    order_by: rewriteOrder(fields, rewriter),
    limit: limit(fields, "limit", rewriter),
    offset: limit(fields, "offset", rewriter),
  };
}

function rewriteItem(item: Node, rewriter: Rewriter): Node {
  if (typeOf(item) !== "alias") return rewriter.value(item).node;
  const fields = fieldsOf(item);
  return {
    alias: { ...fields, this: rewriter.value(child(fields, "this")!).node },
  };
}

function condition(fields: Fields, name: string, rewriter: Rewriter): Fields | null {
  const clause = fields[name] as Fields | null | undefined;
  return clause === null || clause === undefined
    ? null
    : { ...clause, this: rewriter.condition(child(clause, "this")!) };
}

/** MySQL's `*` starts with the columns of USING, DuckDB's has them where their table has them. */
function checkStar(fields: Fields, rewriter: Rewriter, node: Node): void {
  const merges = list<Fields>(fields, "joins").some(
    (join) => list(join, "using").length > 0 || String(join.kind).startsWith("Natural"),
  );
  if (!merges || !list(fields, "expressions").some(isPlainStar)) return;
  rewriter.refuse(
    "* over a join with USING: the engines order its columns differently",
    "List the columns, or join with ON.",
    node,
  );
}

function isPlainStar(item: Node): boolean {
  return typeOf(item) === "star" && fieldsOf(item).table === null;
}

/** HAVING without GROUP BY filters the one row of an aggregate; on plain rows it is MySQL's alone. */
function checkHaving(fields: Fields, rewriter: Rewriter, node: Node): void {
  if (child(fields, "having") === undefined || child(fields, "group_by") !== undefined) return;
  if (rewriter.hasAggregate(fields.having) || rewriter.hasAggregate(fields.expressions)) return;
  rewriter.refuse("HAVING without GROUP BY", "Write WHERE, or filter in an outer SELECT.", node);
}

function rewriteGroup(group: Fields, select: Fields, rewriter: Rewriter, node: Node): Fields {
  const expressions = list(group, "expressions");
  const rollup = expressions.some((expression) => typeOf(expression) === "rollup");
  const keys = expressions
    .filter((expression) => typeOf(expression) !== "rollup")
    .map((expression) => rewriter.value(expression).node);
  if (!rollup) return { ...group, expressions: keys };
  if (child(select, "order_by") !== undefined) {
    rewriter.refuse("MariaDB cannot order a SELECT WITH ROLLUP", "Order in an outer SELECT.", node);
  }
  return { ...group, expressions: [{ rollup: { expressions: keys } }] };
}

function limit(fields: Fields, name: string, rewriter: Rewriter): unknown {
  const value = fields[name] as Fields | Node | null | undefined;
  if (value === null || value === undefined) return null;
  const count = "this" in value ? (value.this as Node) : (value as Node);
  if (!/^\d+$/.test(numberValue(count) ?? "")) {
    rewriter.invalid(
      `${name.toUpperCase()} takes a whole number`,
      'Write LIMIT 10, or LIMIT {{var "n"}}.',
      count,
    );
  }
  return value;
}

function rewriteWith(fields: Fields, rewriter: Rewriter): Fields | null {
  const clause = fields.with as Fields | null | undefined;
  if (clause === null || clause === undefined) return null;
  const ctes = list<Fields>(clause, "ctes").map((cte) => ({
    ...cte,
    this: rewriter.query(child(cte, "this")!),
  }));
  return { ...clause, ctes };
}

function rewriteSetOperation(fields: Fields, rewriter: Rewriter): Fields {
  return {
    ...fields,
    with: rewriteWith(fields, rewriter),
    left: rewriter.query(child(fields, "left")!),
    right: rewriter.query(child(fields, "right")!),
    order_by: rewriteOrder(fields, rewriter),
    limit: limit(fields, "limit", rewriter),
    offset: limit(fields, "offset", rewriter),
  };
}

function rewriteSubquery(fields: Fields, rewriter: Rewriter, node: Node): Fields {
  if (list<unknown>(fields, "column_aliases").length > 0) {
    rewriter.refuse("MariaDB takes no column names after a derived table", "Name the columns inside.", node);
  }
  return {
    ...fields,
    this: rewriter.query(child(fields, "this")!),
    alias: fields.alias,
    order_by: rewriteOrder(fields, rewriter),
    limit: limit(fields, "limit", rewriter),
    offset: limit(fields, "offset", rewriter),
  };
}
