import type { SlaError } from "../errors/index.js";
import type { QueryLineage, RelationLookup } from "./lineage/query-lineage.js";

export type { QueryInput } from "./lineage/derived.js";
export type { BodyWrites, TableWrite } from "./lineage/procedure-writes.js";
export type { QueryColumn, QueryLineage, RelationLookup } from "./lineage/query-lineage.js";
export type { KnownRelation } from "./lineage/walk.js";
export { duckdbMacros, duckdbMacroVersion } from "./macros/index.js";
// Bodies of procedures are read by few commands: whoever does loads the files themselves.
export type { Substituted } from "./procedure-locals.js";
export type { WrittenName } from "./procedure-marks.js";
export type { BodyStatement } from "./procedure-statement.js";
export { DUCKDB_SETTINGS } from "./settings.js";
export type { Span } from "./statement-tokens.js";

/**
 * DuckDB's text for a SELECT in MySQL's SQL. Throws SLA301 to SLA304 with every problem found; lines and columns count in
 * the text given. The parser is loaded at the first call.
 */
export async function translate(sql: string): Promise<string> {
  const module = await import("./translate.js");
  return module.translate(sql);
}

/** Every problem of a SELECT: syntax, unknown functions, what is not portable between the engines. */
export async function lint(sql: string): Promise<SlaError[]> {
  const module = await import("./translate.js");
  return module.lint(sql);
}

/** Syntax only: at most one error, since the parser stops at the first. */
export async function checkSyntax(sql: string): Promise<SlaError[]> {
  const module = await import("./translate.js");
  return module.checkSyntax(sql);
}

/** Where the columns of a SELECT in MySQL's SQL come from. Throws nothing: what it cannot tell is unknown, with the reason. */
export async function queryLineage(sql: string, relation: RelationLookup): Promise<QueryLineage> {
  const module = await import("./lineage/query-lineage.js");
  return module.queryLineage(sql, relation);
}
