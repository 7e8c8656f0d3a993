import { quoteName } from "./mysql-text.js";

/** Which rows of an input a run reads: none at all (`--empty`), or those of a time window (`--sample`). */
export type RowFilter =
  | { kind: "none" }
  /** Half open; date-times in UTC as literals take them. */
  | { kind: "window"; column: string; start: string; end: string };

/** The condition of a filter, with identifiers as the engine quotes them. */
export function filterCondition(filter: RowFilter, identifier: (name: string) => string): string {
  if (filter.kind === "none") return "FALSE";
  const column = identifier(filter.column);
  return `${column} >= '${filter.start}' AND ${column} < '${filter.end}'`;
}

/** Stands behind the alias of a filtered input until it is known whether the user gives it one. */
const OURS = "/*sla*/";

/** A relation of which only some rows are read, ready for FROM: under its own name unless the user gives it another. */
export function filtered(from: string, alias: string, filter: RowFilter): string {
  return named(`(SELECT * FROM ${from} WHERE ${filterCondition(filter, quoteName)})`, alias);
}

/** An input under a name of ours, unless the user gives it another. */
export function named(from: string, alias: string): string {
  return `${from} AS ${quoteName(alias)}${OURS}`;
}

/** What may follow a table in FROM that is not its alias. */
const NO_ALIAS = new Set(
  (
    "join inner cross left right natural straight_join full on using where group having order limit offset fetch union except " +
    "intersect window for lock into procedure partition use force ignore set values select qualify when then else end and or"
  ).split(" "),
);

/** In front of a table that is written: there is no alias there. */
const WRITTEN =
  /\b(?:INSERT|REPLACE|IGNORE|INTO|TRUNCATE|TABLE|DELETE\s+FROM)\s+`(?:[^`]|``)*`\.`(?:[^`]|``)*`$/i;

/**
 * Takes our alias back where the user's own follows. The text keeps its length, so that places in it stay what they are.
 */
export function settleAliases(text: string): string {
  return text.replace(/ AS `(?:[^`]|``)*`\/\*sla\*\//g, (ours, at: number) => {
    const rest = text.slice(at + ours.length).replace(/^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, "");
    const word = /^(?:[A-Za-z_$][\w$]*|`)/.exec(rest)?.[0].toLowerCase();
    if (WRITTEN.test(text.slice(Math.max(0, at - 300), at))) return " ".repeat(ours.length);
    const given = word !== undefined && !NO_ALIAS.has(word);
    return given ? " ".repeat(ours.length) : ours.slice(0, -OURS.length) + " ".repeat(OURS.length);
  });
}
