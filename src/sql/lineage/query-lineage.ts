import { outputNames } from "../output-names.js";
import { loadParser, type Parser } from "../polyglot.js";
import { prepare, writtenCall } from "../prepare.js";
import { unknownParts } from "../rewrite/known-fields.js";
import { withNames } from "../rewrite/query.js";
import { fieldsOf, type Node } from "../tree.js";
import type { QueryInput } from "./derived.js";
import { derivedOf } from "./expression.js";
import { resultOf } from "./query.js";
import type { KnownRelation, Walk } from "./walk.js";

/** Where one column of a query comes from. */
export interface QueryColumn {
  /** Null for an expression without an alias that came in through a `*`. */
  name: string | null;
  inputs: QueryInput[];
  /** Why there may be more inputs than these; undefined if these are all. */
  unknown: string | undefined;
}

/** Where the columns of a query come from. */
export interface QueryLineage {
  /** In the order in which the engine gives them. */
  columns: QueryColumn[];
  /** What decides which rows there are, and in which order. */
  rows: QueryInput[];
  /** Relations that may have further columns, which a `*` lets through; null for one of which nothing is known. */
  open: (string | null)[];
  /** Why the query, or what decides over its rows, could not be read. */
  unknown: string | undefined;
}

/** A relation by its name, with its schema if that is written; without one it goes before a CTE of the name, which is how ephemeral models stand in a text. */
export type RelationLookup = (schema: string | null, name: string) => KnownRelation | undefined;

/** Where the columns of a SELECT in MySQL's SQL come from. Throws nothing: what it cannot tell is unknown, with the reason. */
export async function queryLineage(sql: string, relation: RelationLookup): Promise<QueryLineage> {
  return read(sql, relation, await loadParser());
}

function read(sql: string, relation: RelationLookup, parser: Parser): QueryLineage {
  const prepared = prepare(sql);
  const parsed = parser.parse(prepared.map.text);
  if (!parsed.ok) return unreadable("the parser does not understand the SQL");
  const [tree, ...others] = parsed.statements as Node[];
  if (tree === undefined || others.length > 0) return unreadable("it is not one SELECT");
  const [part] = unknownParts(tree);
  if (part !== undefined) return unreadable(`${part} is not understood`);
  const walk: Walk = {
    value: (node, scope) => derivedOf(node, walk, scope),
    query: (node, outer) => resultOf(node, walk, outer),
    functionName: (node) => writtenCall(prepared, String(fieldsOf(node).name))?.name,
    relation,
  };
  const named = withNames(tree, outputNames(prepared.tokens, sql));
  const { fields, rows, open } = walk.query(named, { ctes: undefined, scope: undefined });
  return {
    columns: fields.map(({ name, derived }) => ({
      name,
      inputs: [...derived.inputs.values()],
      unknown: derived.unknown,
    })),
    rows: [...rows.inputs.values()],
    open: [...new Set(open)],
    unknown: rows.unknown,
  };
}

function unreadable(reason: string): QueryLineage {
  return { columns: [], rows: [], open: [null], unknown: reason };
}
