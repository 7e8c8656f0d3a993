import type { Token } from "./lexer.js";
import { decodeString } from "./string-literal.js";

const ENDS = new Set([
  "FROM",
  "WHERE",
  "GROUP",
  "HAVING",
  "WINDOW",
  "UNION",
  "EXCEPT",
  "INTERSECT",
  "ORDER",
  "LIMIT",
]);

/**
 * What MySQL calls the columns of a query that have no alias: their text. One entry for each item of the first SELECT list,
 * aliased or not; empty if the query starts with a parenthesis.
 */
export function outputNames(tokens: readonly Token[], sql: string): string[] {
  const start = selectAt(tokens);
  if (start === undefined) return [];
  const names: string[] = [];
  let first = start + 1;
  let depth = 0;
  if (/^(DISTINCT|ALL)$/.test(tokens[first]?.upper ?? "")) first += 1;
  for (let at = first; at <= tokens.length; at += 1) {
    const token = tokens[at];
    const ends = token === undefined || (depth === 0 && token.type === "word" && ENDS.has(token.upper));
    if (ends || (depth === 0 && token.text === ",")) {
      names.push(nameOf(tokens.slice(first, at), sql));
      first = at + 1;
      if (ends) break;
    }
    if (token?.type === "operator") depth += token.text === "(" ? 1 : token.text === ")" ? -1 : 0;
  }
  return names;
}

/** The first SELECT that is in no parenthesis. */
function selectAt(tokens: readonly Token[]): number | undefined {
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.type === "operator") depth += token.text === "(" ? 1 : token.text === ")" ? -1 : 0;
    if (depth === 0 && token.upper === "SELECT" && token.type === "word") return at;
  }
  return undefined;
}

function nameOf(item: readonly Token[], sql: string): string {
  const [first] = item;
  const last = item.at(-1);
  if (first === undefined || last === undefined) return "";
  return item.length === 1 && first.type === "string"
    ? decodeString(first.text)
    : sql.slice(first.start, last.end);
}
