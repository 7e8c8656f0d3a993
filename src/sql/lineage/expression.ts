import { FUNCTIONS, REFUSED_FUNCTIONS } from "../functions/index.js";
import { child, type Fields, fieldsOf, list, type Node, typeOf } from "../tree.js";
import { aggregated, type Derived, indirect, merged, NOTHING, transformed, unknown } from "./derived.js";
import { resolve, resolveQualified, type Scope } from "./scope.js";
import type { Walk } from "./walk.js";

type Rule = (fields: Fields, walk: Walk, scope: Scope, node: Node) => Derived;

/** Expressions whose value is computed from those of their parts: where these stand. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    `add and bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor div eq gt gte lt lte mod mul neq
    null_safe_eq or sub`
      .split(/\s+/)
      .map((type) => [type, ["left", "right"]]),
  ),
  between: ["this", "low", "high"],
  bitwise_not: ["this"],
  int_div: ["this", "expression"],
  interval: ["this"],
  is_false: ["this"],
  is_null: ["this"],
  is_true: ["this"],
  json_extract: ["this", "path"],
  json_extract_scalar: ["this", "path"],
  like: ["left", "right", "escape"],
  neg: ["this"],
  not: ["this"],
  regexp_like: ["this", "pattern"],
  tuple: ["expressions"],
  xor: ["this", "expression"],
};

const RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(
    Object.entries(PARTS).map(([type, parts]): [string, Rule] => [
      type,
      (fields, walk, scope) => transformed(all(fields, parts, walk, scope)),
    ]),
  ),
  alias: (fields, walk, scope) => walk.value(child(fields, "this")!, scope),
  paren: (fields, walk, scope) => walk.value(child(fields, "this")!, scope),
  literal: () => NOTHING,
  null: () => NOTHING,
  boolean: () => NOTHING,
  // Only COUNT(*) has one here: it counts rows, whatever is in them.
  star: () => NOTHING,
  column: (fields, _walk, scope) => {
    const name = nameOf(fields.name);
    return fields.table === null || fields.table === undefined
      ? resolve(scope, name)
      : resolveQualified(scope, nameOf(fields.table), name);
  },
  // `schema.table.column`.
  dot: (fields, _walk, scope) => {
    const table = child(fields, "this")!;
    return typeOf(table) === "column"
      ? resolveQualified(scope, nameOf(fieldsOf(table).name), nameOf(fields.field))
      : unknown("a name of more than three parts");
  },
  case: (fields, walk, scope) => {
    const whens = list<[Node, Node]>(fields, "whens");
    const operand = child(fields, "operand");
    const otherwise = child(fields, "else_");
    const value = (node: Node) => walk.value(node, scope);
    return choice(
      [...(operand === undefined ? [] : [operand]), ...whens.map(([when]) => when)].map(value),
      [...whens.map(([, then]) => then), ...(otherwise === undefined ? [] : [otherwise])].map(value),
    );
  },
  function: (fields, walk, scope, node) => call(node, fields, walk, scope),
  group_concat: (fields, walk, scope) =>
    merged([
      aggregated(all(fields, ["this", "separator"], walk, scope)),
      indirect(merged(orderKeys(fields, walk, scope)), "SORT"),
    ]),
  window_function: (fields, walk, scope) =>
    merged([
      transformed(walk.value(child(fields, "this")!, scope)),
      windowKeys(fields.over as Fields, walk, scope),
    ]),
  in: (fields, walk, scope) => {
    const query = child(fields, "query");
    const listed = all(fields, ["this", "expressions"], walk, scope);
    return transformed(query === undefined ? listed : merged([listed, scalar(query, walk, scope)]));
  },
  // What it selects does not matter, only whether there are rows.
  exists: (fields, walk, scope) => walk.query(child(fields, "this")!, inner(scope)).rows,
  any: (fields, walk, scope) => quantified(fields, walk, scope),
  all: (fields, walk, scope) => quantified(fields, walk, scope),
  ...Object.fromEntries(
    ["subquery", "select", "union", "intersect", "except"].map((type): [string, Rule] => [
      type,
      (_fields, walk, scope, node) => scalar(node, walk, scope),
    ]),
  ),
};

/** What an expression is made of. */
export function derivedOf(node: Node, walk: Walk, scope: Scope): Derived {
  const rule = RULES[typeOf(node)];
  return rule === undefined
    ? unknown(`${typeOf(node).replaceAll("_", " ").toUpperCase()} is not understood`)
    : rule(fieldsOf(node), walk, scope, node);
}

/** The text of an identifier. */
export function nameOf(identifier: unknown): string {
  return (identifier as { name: string }).name;
}

/** What the keys of ORDER BY inside an expression or a window are made of. */
function orderKeys(fields: Fields, walk: Walk, scope: Scope): Derived[] {
  return list<Fields>(fields, "order_by").map((item) => walk.value(child(item, "this")!, scope));
}

/** Functions of which an argument decides what comes out rather than coming out: where these arguments stand. */
const DECIDING: Readonly<Record<string, readonly number[]>> = { ELT: [0], IF: [0], NULLIF: [1] };

/** Aggregates of MySQL that are not portable. */
const OTHER_AGGREGATES = new Set(
  `ANY_VALUE BIT_AND BIT_OR BIT_XOR JSON_ARRAYAGG JSON_OBJECTAGG MEDIAN PERCENTILE_CONT PERCENTILE_DISC STD STDDEV VARIANCE`.split(
    " ",
  ),
);

function call(node: Node, fields: Fields, walk: Walk, scope: Scope): Derived {
  const name = walk.functionName(node) ?? String(fields.name).toUpperCase();
  const rule = FUNCTIONS[name];
  if (rule === undefined && REFUSED_FUNCTIONS[name] === undefined)
    return unknown(`the function ${name} is not known`);
  const args = list(fields, "args").map((arg) => walk.value(arg, scope));
  if (rule?.scope === "aggregate" || OTHER_AGGREGATES.has(name)) return aggregated(merged(args));
  const deciding = DECIDING[name];
  if (deciding === undefined) return transformed(merged(args));
  return choice(
    args.filter((_arg, at) => deciding.includes(at)),
    args.filter((_arg, at) => !deciding.includes(at)),
  );
}

/** A value that is one of several, by conditions. */
function choice(conditions: readonly Derived[], values: readonly Derived[]): Derived {
  return merged([transformed(merged(values)), indirect(merged(conditions), "CONDITIONAL")]);
}

function windowKeys(over: Fields, walk: Walk, scope: Scope): Derived {
  const keys = [
    ...list(over, "partition_by").map((key) => walk.value(key, scope)),
    ...orderKeys(over, walk, scope),
  ];
  const own = indirect(merged(keys), "WINDOW");
  if (over.window_name === null || over.window_name === undefined) return own;
  const name = nameOf(over.window_name);
  const named = scope.windows.get(name.toLowerCase());
  return merged([
    own,
    named === undefined ? unknown(`there is no window "${name}"`) : windowKeys(named, walk, scope),
  ]);
}

/** A query in the place of a value, or of a list of them. */
function scalar(query: Node, walk: Walk, scope: Scope): Derived {
  const { fields, rows, open } = walk.query(query, inner(scope));
  return merged([
    ...fields.map((field) => field.derived),
    rows,
    ...(open.length > 0 ? [unknown("a subquery selects * from a table whose columns are not declared")] : []),
  ]);
}

function quantified(fields: Fields, walk: Walk, scope: Scope): Derived {
  return transformed(
    merged([all(fields, ["this"], walk, scope), scalar(child(fields, "subquery")!, walk, scope)]),
  );
}

function inner(scope: Scope) {
  return { ctes: scope.ctes, scope };
}

/** All nodes in these fields, lists of them included. */
function all(fields: Fields, names: readonly string[], walk: Walk, scope: Scope): Derived {
  const nodes = names.flatMap((name) => [fields[name] ?? []].flat() as Node[]);
  return merged(nodes.map((node) => walk.value(node, scope)));
}
