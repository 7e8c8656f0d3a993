import { child, type Fields, fieldsOf, list, type Node, numberValue, typeOf } from "../tree.js";
import type { Rewriter } from "./context.js";
import { quoteName } from "./name.js";
import { rewriteFrom, rewriteJoin } from "./source.js";
import { rewriteOrder, rewriteWindow } from "./window.js";

/** The outermost query: columns without an alias are called what MySQL calls them. */
export function rewriteOutermost(node: Node, names: readonly string[], rewriter: Rewriter): Node {
  return rewriteQuery(named(node, names), rewriter);
}

function named(node: Node, names: readonly string[]): Node {
  const type = typeOf(node);
  const fields = fieldsOf(node);
  if (type === "union" || type === "intersect" || type === "except") {
    return { [type]: { ...fields, left: named(child(fields, "left")!, names) } };
  }
  const items = list(fields, "expressions");
  if (type !== "select" || items.length !== names.length) return node;
  return { select: { ...fields, expressions: items.map((item, at) => withAlias(item, names[at]!)) } };
}

function withAlias(item: Node, name: string): Node {
  if (["alias", "column", "star", "dot"].includes(typeOf(item))) return item;
  const alias = { name, quoted: true, trailing_comments: [] };
  return { alias: { this: item, alias, column_aliases: [], pre_alias_comments: [], trailing_comments: [] } };
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
      return { [type]: rewriteSetOperation(fields, rewriter, node) };
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

const NOT_MYSQL: Readonly<Record<string, string>> = {
  connect: "CONNECT BY",
  distinct_on: "DISTINCT ON",
  fetch: "FETCH",
  hint: "optimizer hints",
  into: "INTO",
  lateral_views: "LATERAL VIEW",
  locks: "FOR UPDATE",
  qualify: "QUALIFY",
  sample: "TABLESAMPLE",
  sort_by: "SORT BY",
  cluster_by: "CLUSTER BY",
  distribute_by: "DISTRIBUTE BY",
  top: "TOP",
};

function rewriteSelect(fields: Fields, rewriter: Rewriter, node: Node): Fields {
  for (const [field, name] of Object.entries(NOT_MYSQL)) {
    const value = fields[field];
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    rewriter.refuse(`${name} is not part of the portable subset`, "Leave it out.", node);
  }
  checkHaving(fields, rewriter, node);
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
    windows:
      fields.windows === null || fields.windows === undefined
        ? null
        : list<Fields>(fields, "windows").map((window) => ({
            ...window,
            name: quoteName(window.name),
            spec: rewriteWindow(window.spec as Fields, rewriter, node),
          })),
    order_by: rewriteOrder(fields, rewriter),
    limit: limit(fields, "limit", rewriter),
    offset: limit(fields, "offset", rewriter),
    leading_comments: [],
  };
}

function rewriteItem(item: Node, rewriter: Rewriter): Node {
  if (typeOf(item) !== "alias") return typeOf(item) === "star" ? star(item) : rewriter.value(item).node;
  const fields = fieldsOf(item);
  return {
    alias: { ...fields, this: rewriter.value(child(fields, "this")!).node, alias: quoteName(fields.alias) },
  };
}

function star(item: Node): Node {
  const fields = fieldsOf(item);
  return { star: { ...fields, table: fields.table === null ? null : quoteName(fields.table) } };
}

function condition(fields: Fields, name: string, rewriter: Rewriter): Fields | null {
  const clause = fields[name] as Fields | null | undefined;
  return clause === null || clause === undefined
    ? null
    : { ...clause, this: rewriter.condition(child(clause, "this")!) };
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
  if (
    expressions.some(
      (expression) => typeOf(expression) === "rollup" && list(fieldsOf(expression), "expressions").length > 0,
    )
  ) {
    rewriter.refuse("GROUP BY ROLLUP (…) is MySQL's alone", "Write GROUP BY a, b WITH ROLLUP.", node);
  }
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
    alias: quoteName(cte.alias),
    columns: list<unknown>(cte, "columns").map(quoteName),
    this: rewriter.query(child(cte, "this")!),
  }));
  return { ...clause, ctes };
}

function rewriteSetOperation(fields: Fields, rewriter: Rewriter, node: Node): Fields {
  if (fields.by_name === true || fields.corresponding === true) {
    rewriter.refuse("UNION BY NAME is not part of MySQL", "List the columns in one order.", node);
  }
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
    alias: fields.alias === null ? null : quoteName(fields.alias),
    order_by: rewriteOrder(fields, rewriter),
    limit: limit(fields, "limit", rewriter),
    offset: limit(fields, "offset", rewriter),
  };
}
