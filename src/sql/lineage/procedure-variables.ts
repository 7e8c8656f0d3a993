import { type Token, tokenize } from "../lexer.js";
import { substitute } from "../procedure-locals.js";
import { StatementReader } from "../procedure-statement.js";
import { nameOf, type Span } from "../statement-tokens.js";

/** What parameters and variables of a body stand for. */
export interface Variables {
  /** By name in lower case, as SQL: a constant for a parameter, else what the variable may have been given. */
  values: ReadonlyMap<string, string>;
  /** Why a statement that names a variable is not all known: it was given its value by something that is not looked through. */
  opaqueIn(statement: string): string | undefined;
}

/** A constant; a number, for it may stand behind LIMIT. */
const CONSTANT = "1";

/** Parameters and variables: which values these have where does not matter, only what these are made of. */
export function readVariables(
  body: string,
  statements: readonly (readonly Token[])[],
  parameters: readonly string[],
): Variables {
  const given = new Map<string, Span[]>(parameters.map((name) => [name.toLowerCase(), []]));
  const add = (name: string, value: Span | null) => {
    const key = name.toLowerCase();
    given.set(key, [...(given.get(key) ?? []), ...(value === null ? [] : [value])]);
  };
  const opaque = new Set<string>();
  for (const tokens of statements) {
    const start = tokens.findIndex(({ type, upper }) => type === "word" && /^(DECLARE|SET)$/.test(upper));
    const writes = tokens.findIndex(({ upper }) => /^(INSERT|REPLACE|UPDATE|DELETE|TRUNCATE)$/.test(upper));
    for (const name of fetched(tokens)) opaque.add(name);
    if (start === -1 || (writes !== -1 && writes < start)) continue;
    try {
      const read = new StatementReader(body, [...tokens.slice(start)]).read();
      if (read.kind === "declare") for (const name of read.names) add(name, read.value);
      if (read.kind === "set") for (const { name, value } of read.assignments) add(name, value);
    } catch {
      // A cursor, a handler, a variable of the session: none of these is a name that a statement reads bare.
    }
  }
  const sql = (name: string, around: readonly string[]): string => {
    const inner = [...around, name];
    const known = new Map([...given.keys()].map((other) => [other, other]));
    for (const other of known.keys()) known.set(other, CONSTANT);
    const values = given.get(name)!.map((span) => {
      const text = body.slice(span.start, span.end);
      for (const other of namesIn(text))
        if (given.has(other) && !inner.includes(other)) known.set(other, sql(other, inner));
      return `(${substitute(body, span, known).text})`;
    });
    if (values.length === 0 || values.every((value) => !/[a-z_`]/i.test(value))) return CONSTANT;
    return values.length === 1 ? values[0]! : `COALESCE(${values.join(", ")})`;
  };
  const tainted = (name: string, seen: readonly string[] = []): boolean =>
    opaque.has(name) ||
    (given.get(name) ?? []).some(({ start, end }) =>
      namesIn(body.slice(start, end)).some(
        (other) => given.has(other) && ![...seen, name].includes(other) && tainted(other, [...seen, name]),
      ),
    );
  return {
    values: new Map([...given.keys()].map((name) => [name, sql(name, [])])),
    opaqueIn(statement) {
      const found = namesIn(statement).find((name) => given.has(name) && tainted(name));
      return found === undefined ? undefined : `"${found}" is filled by INTO, which is not looked through`;
    },
  };
}

/** The variables behind INTO, of a SELECT or a FETCH. */
function fetched(tokens: readonly Token[]): string[] {
  const into = tokens.findIndex(({ type, upper }, at) => type === "word" && upper === "INTO" && at > 0);
  if (
    into === -1 ||
    /^(INSERT|REPLACE|IGNORE|LOW_PRIORITY|DELAYED|HIGH_PRIORITY)$/.test(tokens[into - 1]!.upper)
  )
    return [];
  const names: string[] = [];
  for (let at = into + 1; tokens[at]?.type === "word" || tokens[at]?.type === "name"; at += 2) {
    names.push(nameOf(tokens[at]!).toLowerCase());
    if (tokens[at + 1]?.text !== ",") break;
  }
  return names;
}

function namesIn(text: string): string[] {
  return tokenize(text)
    .tokens.filter(({ type }) => type === "word" || type === "name")
    .map((token) => nameOf(token).toLowerCase());
}
