import type { Node } from "../tree.js";
import type { Rewriter } from "./context.js";

/**
 * The parts of each construct that have a rewrite. The parser reads more than thirty dialects; a part that is not here (a
 * column list after an alias, LIMIT inside GROUP_CONCAT …) would be lost without a word.
 */
const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    alias: "this alias alias_explicit_as",
    all: "this subquery op",
    any: "this subquery op",
    between: "this low high not",
    boolean: "value",
    case: "operand whens else_",
    column: "name table",
    dot: "this field",
    exists: "this not",
    function: "name args distinct no_parens",
    group_concat: "this separator order_by distinct",
    "group_concat.order_by": "this desc explicit_asc nulls_first",
    in: "this expressions query not",
    int_div: "this expression",
    interval: "this unit",
    "interval.unit": "type unit use_plural",
    is_false: "this not",
    is_null: "this not",
    is_true: "this not",
    joined_table: "left joins alias",
    "joined_table.joins": "this on using kind use_inner_keyword use_outer_keyword nesting_group",
    like: "left right escape",
    literal: "literal_type value",
    neg: "this",
    not: "this",
    paren: "this",
    regexp_like: "this pattern",
    rollup: "expressions",
    select: "expressions from joins where_clause group_by having windows order_by limit offset distinct with",
    "select.from": "expressions",
    "select.group_by": "expressions",
    "select.having": "this",
    "select.joins": "this on using kind use_inner_keyword use_outer_keyword nesting_group",
    "select.limit": "this",
    "select.offset": "this",
    "select.order_by": "expressions",
    "select.order_by.expressions": "this desc explicit_asc nulls_first",
    "select.where_clause": "this",
    "select.windows": "name spec",
    "select.windows.spec": "window_name partition_by order_by frame",
    "select.windows.spec.order_by": "this desc explicit_asc nulls_first",
    "select.with": "ctes recursive",
    "select.with.ctes": "alias this alias_first columns",
    star: "table",
    subquery:
      "this alias alias_explicit_as alias_keyword column_aliases order_by limit offset modifiers_inside",
    table: "name schema catalog alias alias_explicit_as",
    tuple: "expressions",
    window_function: "this over",
    "window_function.over": "window_name partition_by order_by frame",
    "window_function.over.frame": "kind start end kind_text start_side_text end_side_text",
    "window_function.over.order_by": "this desc explicit_asc nulls_first",
    xor: "this expression",
    ...Object.fromEntries(
      ["union", "intersect", "except"].flatMap((type) => [
        [type, "left right all distinct with order_by limit offset"],
        [`${type}.order_by`, "expressions"],
        [`${type}.order_by.expressions`, "this desc explicit_asc nulls_first"],
        [`${type}.with`, "ctes recursive"],
        [`${type}.with.ctes`, "alias this alias_first columns"],
      ]),
    ),
    ...Object.fromEntries(
      `add and bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor div eq gt gte lt lte mod mul neq
      null_safe_eq or sub`
        .split(/\s+/)
        .map((type) => [type, "left right"]),
    ),
  }).map(([path, fields]) => [path, new Set(fields.split(" "))]),
);

/** What MySQL or its neighbours call a field. */
const NAMES: Readonly<Record<string, string>> = {
  column_aliases: "a list of column names after an alias",
  connect: "CONNECT BY",
  deferred_condition: "a join whose ON follows another join",
  distinct_on: "DISTINCT ON",
  exclude: "EXCLUDE in a frame",
  fetch: "FETCH",
  hint: "an optimizer hint",
  hints: "an index hint",
  into: "INTO",
  lateral: "LATERAL",
  lateral_views: "LATERAL VIEW",
  locks: "FOR UPDATE",
  partitions: "PARTITION",
  qualify: "QUALIFY",
  sample: "TABLESAMPLE",
  table_sample: "TABLESAMPLE",
  top: "TOP",
};

/** Refuses every part of a tree that no rewrite knows. */
export function refuseUnknownFields(tree: Node, rewriter: Rewriter): void {
  visit(tree, "", tree, (what, at) => rewriter.refuseUnknown(what, at));
}

/** The parts of a tree that nobody here knows, in MySQL's words. */
export function unknownParts(tree: Node): string[] {
  const found: string[] = [];
  visit(tree, "", tree, (what) => found.push(what));
  return found;
}

function visit(value: unknown, path: string, at: Node, report: (what: string, at: Node) => void): void {
  if (value === null || typeof value !== "object") return;
  if (Array.isArray(value)) {
    for (const item of value) visit(item, path, at, report);
    return;
  }
  const fields = Object.keys(value);
  const [only] = fields;
  if (only !== undefined && fields.length === 1 && only in KNOWN) {
    visit((value as Record<string, unknown>)[only], only, value as Node, report);
    return;
  }
  const known = KNOWN[path];
  for (const [field, part] of Object.entries(value)) {
    if (field === "span" || field.endsWith("comments") || isEmpty(part)) continue;
    if (known !== undefined && !known.has(field)) {
      const name =
        NAMES[field] ?? `"${field.replaceAll("_", " ")}" of ${path.replaceAll("_", " ").toUpperCase()}`;
      report(name, at);
      continue;
    }
    visit(part, path === "" ? field : `${path}.${field}`, at, report);
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || value === "" || (Array.isArray(value) && value.length === 0);
}
