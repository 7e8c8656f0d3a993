import { child, type Fields, fieldsOf, list, type Node, numberValue, typeOf } from "../tree.js";
import { type Derived, indirect, merged, NOTHING, unknown } from "./derived.js";
import { nameOf } from "./expression.js";
import { compared, expandStar, readFrom } from "./from.js";
import type { Ctes, Field, Outer, Result, Scope } from "./scope.js";
import type { Walk } from "./walk.js";

/** What a query gives: a SELECT, a set operation, or one of them in parentheses. */
export function resultOf(node: Node, walk: Walk, around: Outer): Result {
  const type = typeOf(node);
  const fields = fieldsOf(node);
  const outer = { ...around, ctes: readWith(fields, walk, around) };
  switch (type) {
    case "select":
      return readSelect(fields, walk, outer);
    case "union":
    case "intersect":
    case "except":
      return ordered(readSetOperation(type, fields, walk, outer), fields, walk, outer);
    case "subquery":
    case "paren":
      return ordered(walk.query(child(fields, "this")!, outer), fields, walk, outer);
    default: {
      const reason = `${type.replaceAll("_", " ").toUpperCase()} is not understood as a query`;
      return { fields: [], rows: unknown(reason), open: [null] };
    }
  }
}

function readSelect(fields: Fields, walk: Walk, outer: Outer): Result {
  const from = readFrom(fields, walk, outer);
  const windows = new Map(
    list<Fields>(fields, "windows").map((window) => [
      nameOf(window.name).toLowerCase(),
      window.spec as Fields,
    ]),
  );
  const scope: Scope = { ...outer, sources: from.sources, shared: from.shared, windows };
  const columns: Field[] = [];
  const open: (string | null)[] = [];
  const lost: Derived[] = [];
  for (const item of list(fields, "expressions")) {
    if (typeOf(item) !== "star") {
      columns.push({ name: itemName(item), derived: walk.value(item, scope) });
      continue;
    }
    const star = expandStar(fieldsOf(item), from);
    if (typeof star === "string") {
      lost.push(unknown(star));
      open.push(null);
    } else {
      columns.push(...star.fields);
      open.push(...star.open);
    }
  }
  const behind: Scope = { ...scope, aliases: { fields: columns, first: false } };
  const before: Scope = { ...scope, aliases: { fields: columns, first: true } };
  const condition = (name: string, where: Scope): Derived => {
    const clause = fields[name] as Fields | null | undefined;
    return clause === null || clause === undefined
      ? NOTHING
      : indirect(walk.value(child(clause, "this")!, where), "FILTER");
  };
  const rows = merged([
    from.rows,
    ...lost,
    condition("where_clause", scope),
    groupKeys(fields, columns, walk, behind),
    condition("having", behind),
    fields.distinct === true ? compared(columns, "GROUP_BY") : NOTHING,
    orderKeys(fields, columns, walk, before),
  ]);
  return { fields: columns, rows, open };
}

/** What a column without an alias is called, where that is a column too; anything else has no name that could be used. */
function itemName(item: Node): string | null {
  const fields = fieldsOf(item);
  switch (typeOf(item)) {
    case "alias":
      return nameOf(fields.alias);
    case "column":
      return nameOf(fields.name);
    case "dot":
      return nameOf(fields.field);
    default:
      return null;
  }
}

function groupKeys(fields: Fields, columns: readonly Field[], walk: Walk, scope: Scope): Derived {
  const clause = fields.group_by as Fields | null | undefined;
  if (clause === null || clause === undefined) return NOTHING;
  const keys = list(clause, "expressions").flatMap((key) =>
    typeOf(key) === "rollup" ? list(fieldsOf(key), "expressions") : [key],
  );
  return indirect(merged(keys.map((key) => keyOf(key, columns, walk, scope))), "GROUP_BY");
}

function orderKeys(fields: Fields, columns: readonly Field[], walk: Walk, scope: Scope): Derived {
  const clause = fields.order_by as Fields | null | undefined;
  if (clause === null || clause === undefined) return NOTHING;
  const keys = list<Fields>(clause, "expressions").map((item) => child(item, "this")!);
  return indirect(merged(keys.map((key) => keyOf(key, columns, walk, scope))), "SORT");
}

/** A key of GROUP BY or ORDER BY: an expression, or the position of a column. */
function keyOf(key: Node, columns: readonly Field[], walk: Walk, scope: Scope): Derived {
  const position = numberValue(key);
  if (position === undefined) return walk.value(key, scope);
  return columns[Number(position) - 1]?.derived ?? unknown(`there is no column ${position} to order by`);
}

/** ORDER BY behind a set operation or a query in parentheses: it knows the columns of the result only. */
function ordered(result: Result, fields: Fields, walk: Walk, outer: Outer): Result {
  const scope: Scope = {
    ctes: outer.ctes,
    scope: undefined,
    sources: [{ ...result, name: null }],
    shared: new Map(),
    windows: new Map(),
  };
  return { ...result, rows: merged([result.rows, orderKeys(fields, result.fields, walk, scope)]) };
}

function readSetOperation(
  type: "union" | "intersect" | "except",
  fields: Fields,
  walk: Walk,
  outer: Outer,
): Result {
  const left = walk.query(child(fields, "left")!, outer);
  const right = walk.query(child(fields, "right")!, outer);
  const open = [...left.open, ...right.open];
  const rows = merged([left.rows, right.rows]);
  if (type !== "union") {
    const both = compared([...left.fields, ...right.fields], "FILTER");
    return { fields: left.fields, rows: merged([rows, both]), open };
  }
  if (left.fields.length !== right.fields.length || open.length > 0) {
    const reason = "a UNION of columns that are not all known: which stands below which cannot be told";
    return {
      fields: left.fields.map(({ name }) => ({ name, derived: unknown(reason) })),
      rows: merged([rows, unknown(reason)]),
      open,
    };
  }
  const together = left.fields.map(({ name, derived }, at) => ({
    name,
    derived: merged([derived, right.fields[at]!.derived]),
  }));
  const distinct = fields.all === true ? NOTHING : compared(together, "GROUP_BY");
  return { fields: together, rows: merged([rows, distinct]), open };
}

function readWith(fields: Fields, walk: Walk, around: Outer): Ctes | undefined {
  const clause = fields.with as Fields | null | undefined;
  if (clause === null || clause === undefined) return around.ctes;
  return list<Fields>(clause, "ctes").reduce<Ctes | undefined>((outer, cte) => {
    const name = nameOf(cte.alias);
    const names = list<unknown>(cte, "columns").map(nameOf);
    const body = child(cte, "this")!;
    let found: Result | undefined;
    const read = (): Result =>
      clause.recursive === true
        ? readRecursive(name, names, body, walk, { ...around, ctes: outer })
        : renamed(walk.query(body, { ...around, ctes: outer }), names);
    return {
      name,
      outer,
      result: () => {
        found ??= read();
        return found;
      },
    };
  }, around.ctes);
}

function renamed(result: Result, names: readonly string[]): Result {
  if (names.length === 0) return result;
  if (result.open.length > 0) {
    const reason = "columns are renamed of which not all are known";
    return { fields: [], rows: merged([result.rows, unknown(reason)]), open: [null] };
  }
  return {
    ...result,
    fields: result.fields.map(({ derived }, at) => ({ name: names[at] ?? null, derived })),
  };
}

/** The recursive part reads what came before: read again until nothing new comes in. */
function readRecursive(name: string, names: readonly string[], body: Node, walk: Walk, outer: Outer): Result {
  const read = (node: Node, before: Result): Result => {
    const own: Ctes = { name, outer: outer.ctes, result: () => before };
    return renamed(walk.query(node, { ...outer, ctes: own }), names);
  };
  let known = read(anchorOf(body), { fields: [], rows: NOTHING, open: [null] });
  for (;;) {
    const next = read(body, known);
    if (size(next) === size(known)) return next;
    known = next;
  }
}

function anchorOf(body: Node): Node {
  const fields = fieldsOf(body);
  return typeOf(body) === "union" ? anchorOf(child(fields, "left")!) : body;
}

function size({ fields, rows }: Result): number {
  return fields.reduce((sum, { derived }) => sum + derived.inputs.size, rows.inputs.size);
}
