import { child, type Fields, fieldsOf, list, type Node, typeOf } from "../tree.js";
import { type Derived, indirect, merged, NOTHING, ofColumn, transformed, unknown } from "./derived.js";
import { nameOf } from "./expression.js";
import { type Ctes, fieldOf, type Outer, type Result, resolve, type Scope, type Source } from "./scope.js";
import type { Walk } from "./walk.js";

/** What stands in FROM and its joins, and what these decide over the rows. */
export interface From {
  sources: readonly Source[];
  shared: ReadonlyMap<string, Derived>;
  rows: Derived;
}

const EMPTY: From = { sources: [], shared: new Map(), rows: NOTHING };

/** FROM and the joins behind it. */
export function readFrom(select: Fields, walk: Walk, outer: Outer): From {
  const clause = select.from as Fields | null | undefined;
  const first = clause === null || clause === undefined ? [] : list(clause, "expressions");
  const listed = first.reduce((left, source) => beside(left, readSource(source, walk, outer)), EMPTY);
  return readJoins(listed, select, walk, outer);
}

function readJoins(left: From, fields: Fields, walk: Walk, outer: Outer): From {
  return list<Fields>(fields, "joins").reduce((from, join) => readJoin(from, join, walk, outer), left);
}

function beside(left: From, right: From): From {
  return {
    sources: [...left.sources, ...right.sources],
    shared: new Map([...left.shared, ...right.shared]),
    rows: merged([left.rows, right.rows]),
  };
}

function readJoin(left: From, join: Fields, walk: Walk, outer: Outer): From {
  const right = readSource(child(join, "this")!, walk, outer);
  const both = beside(left, right);
  const on = child(join, "on");
  const using = sharedNames(join, left, right);
  if (typeof using === "string") return { ...both, rows: merged([both.rows, unknown(using)]) };
  const shared = new Map(both.shared);
  const keys = using.map((name) => {
    const sides = [left, right].map((side) => resolve(scopeOf(side, outer), name));
    shared.set(name.toLowerCase(), sides[String(join.kind).endsWith("Right") ? 1 : 0]!);
    return merged(sides);
  });
  if (on !== undefined) keys.push(walk.value(on, scopeOf(both, outer)));
  return { sources: both.sources, shared, rows: merged([both.rows, indirect(merged(keys), "JOIN")]) };
}

/** The columns by which USING or NATURAL joins; a sentence if they cannot be told. */
function sharedNames(join: Fields, left: From, right: From): string[] | string {
  const using = list<unknown>(join, "using").map(nameOf);
  if (!String(join.kind).startsWith("Natural")) return using;
  if ([...left.sources, ...right.sources].some((source) => source.open.length > 0))
    return "a NATURAL JOIN with a table whose columns are not declared";
  return left.sources
    .flatMap(({ fields }) => fields.map(({ name }) => name))
    .filter((name): name is string => name !== null)
    .filter((name, at, names) => names.indexOf(name) === at)
    .filter((name) => right.sources.some(({ fields }) => fieldOf(fields, name) !== undefined));
}

function scopeOf({ sources, shared }: From, outer: Outer): Scope {
  return { ...outer, sources, shared, windows: new Map() };
}

/** One entry of FROM: a table, a query in parentheses, or joined tables in parentheses. */
function readSource(source: Node, walk: Walk, outer: Outer): From {
  const fields = fieldsOf(source);
  switch (typeOf(source)) {
    case "table":
      return readTable(fields, walk, outer);
    case "paren":
      return readSource(child(fields, "this")!, walk, outer);
    case "joined_table":
      return readJoins(readSource(child(fields, "left")!, walk, outer), fields, walk, outer);
    case "subquery": {
      const name = fields.alias === null || fields.alias === undefined ? null : nameOf(fields.alias);
      return one({ ...walk.query(source, outer), name });
    }
    default: {
      const what = typeOf(source).replaceAll("_", " ").toUpperCase();
      return { ...EMPTY, sources: [nothingKnown(null)], rows: unknown(`${what} in FROM is not understood`) };
    }
  }
}

function readTable(fields: Fields, walk: Walk, { ctes }: Outer): From {
  const table = nameOf(fields.name);
  const schema = fields.schema === null || fields.schema === undefined ? null : nameOf(fields.schema);
  const alias = fields.alias === null || fields.alias === undefined ? undefined : nameOf(fields.alias);
  const name = alias ?? table;
  const known = walk.relation(schema, table);
  if (known !== undefined) {
    const columns = known.columns.map((column) => ({ name: column, derived: ofColumn(known.id, column) }));
    return one({ name, fields: columns, rows: NOTHING, open: known.complete ? [] : [known.id] });
  }
  if (schema === null) {
    const cte = find(ctes, table);
    if (cte !== undefined) return one({ ...cte.result(), name });
    if (table.toUpperCase() === "DUAL") return EMPTY;
  }
  const path = schema === null ? table : `${schema}.${table}`;
  return { ...one(nothingKnown(name)), rows: unknown(`"${path}" is no node of the project`) };
}

function find(ctes: Ctes | undefined, name: string): Ctes | undefined {
  const wanted = name.toLowerCase();
  let at = ctes;
  while (at !== undefined && at.name.toLowerCase() !== wanted) at = at.outer;
  return at;
}

function one(source: Source): From {
  return { sources: [source], shared: new Map(), rows: source.rows };
}

function nothingKnown(name: string | null): Source {
  return { name, fields: [], rows: NOTHING, open: [null] };
}

/** What `*` or `table.*` stands for: columns in their order, those of USING first. */
export function expandStar(
  star: Fields,
  { sources, shared }: From,
): Pick<Result, "fields" | "open"> | string {
  if (star.table !== null && star.table !== undefined) {
    const wanted = nameOf(star.table).toLowerCase();
    const source = sources.find(({ name }) => name?.toLowerCase() === wanted);
    return source ?? `no table "${nameOf(star.table)}" stands in FROM`;
  }
  const open = sources.flatMap((source) => source.open);
  const all = sources.flatMap(({ fields }) => fields);
  const together = all
    .filter(({ name }, at) => {
      const key = name?.toLowerCase();
      return (
        key !== undefined && shared.has(key) && all.findIndex((f) => f.name?.toLowerCase() === key) === at
      );
    })
    .map(({ name }) => ({ name, derived: shared.get(name!.toLowerCase())! }));
  const rest = all.filter(({ name }) => name === null || !shared.has(name.toLowerCase()));
  return { fields: [...together, ...rest], open };
}

/** Rows that are compared with each other: all their columns decide which stay. */
export function compared(fields: readonly { derived: Derived }[], how: "GROUP_BY" | "FILTER"): Derived {
  return indirect(transformed(merged(fields.map(({ derived }) => derived))), how);
}
