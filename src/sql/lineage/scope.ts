import type { Fields } from "../tree.js";
import { type Derived, ofColumn, unknown } from "./derived.js";

/** A column that can be named; null for an expression without an alias, which cannot. */
export interface Field {
  name: string | null;
  derived: Derived;
}

/** What a query gives: its columns, what decides over its rows, and whose further columns a `*` may have let through. */
export interface Result {
  fields: readonly Field[];
  rows: Derived;
  /** Relations of which not all columns are known; null for one that nothing is known of. */
  open: readonly (string | null)[];
}

/** Something in FROM under its name. */
export interface Source extends Result {
  name: string | null;
}

/** Common table expressions, the innermost first. */
export interface Ctes {
  name: string;
  result(): Result;
  outer: Ctes | undefined;
}

/** What stands around a query. */
export interface Outer {
  ctes: Ctes | undefined;
  /** The query in whose expression it stands. */
  scope: Scope | undefined;
}

/** What names mean inside one SELECT. */
export interface Scope extends Outer {
  sources: readonly Source[];
  /** Columns of USING and NATURAL joins, by name in lower case: alone they mean those of both sides. */
  shared: ReadonlyMap<string, Derived>;
  /** Columns of the SELECT itself, where they may be named: before those of the sources, or after. */
  aliases?: { fields: readonly Field[]; first: boolean };
  windows: ReadonlyMap<string, Fields>;
}

/** The field of that name. */
export function fieldOf(fields: readonly Field[], name: string): Field | undefined {
  const wanted = name.toLowerCase();
  return fields.find((field) => field.name?.toLowerCase() === wanted);
}

/** What a name with its table means: `orders.id`. */
export function resolveQualified(scope: Scope, table: string, name: string): Derived {
  const wanted = table.toLowerCase();
  for (let at: Scope | undefined = scope; at !== undefined; at = at.scope) {
    const source = at.sources.find((candidate) => candidate.name?.toLowerCase() === wanted);
    if (source !== undefined) return inSource(source, name) ?? unknown(`"${table}" has no column "${name}"`);
  }
  return unknown(`no table "${table}" stands in FROM`);
}

/** What a name alone means: a column of one of the sources, else of a query around. */
export function resolve(scope: Scope, name: string): Derived {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.scope) {
    const found = resolveHere(at, name);
    if (found !== undefined) return found;
  }
  return unknown(`no column "${name}" in what is read`);
}

function resolveHere(scope: Scope, name: string): Derived | undefined {
  const alias = scope.aliases && fieldOf(scope.aliases.fields, name)?.derived;
  if (alias !== undefined && scope.aliases?.first) return alias;
  const shared = scope.shared.get(name.toLowerCase());
  if (shared !== undefined) return shared;
  const listed = scope.sources.flatMap((source) => fieldOf(source.fields, name) ?? []);
  if (listed.length > 1) return unknown(`"${name}" is a column of more than one table in FROM`);
  if (listed.length === 1) return listed[0]!.derived;
  if (alias !== undefined) return alias;
  const open = scope.sources.filter((source) => source.open.length > 0);
  if (open.length === 0) return undefined;
  const elsewhere = scope.scope !== undefined && mayHave(scope.scope, name);
  const [only] = open;
  return open.length === 1 && !elsewhere
    ? inSource(only!, name)
    : unknown(`"${name}" may be of a table whose columns are not declared`);
}

/** Whether a query around has, or may have, such a column: then a table of unknown columns need not be the one that is meant. */
function mayHave(scope: Scope, name: string): boolean {
  return (
    scope.sources.some((source) => source.open.length > 0 || fieldOf(source.fields, name) !== undefined) ||
    (scope.scope !== undefined && mayHave(scope.scope, name))
  );
}

/** A column that is listed, or that can only be one that the one relation behind it has not declared. */
function inSource(source: Source, name: string): Derived | undefined {
  const listed = fieldOf(source.fields, name);
  if (listed !== undefined) return listed.derived;
  if (source.open.length === 0) return undefined;
  const [relation] = source.open;
  if (source.open.length > 1)
    return unknown(`"${name}" may be of more than one table whose columns are not declared`);
  return relation === null || relation === undefined
    ? unknown(`nothing is known of the table that has "${name}"`)
    : ofColumn(relation, name);
}
