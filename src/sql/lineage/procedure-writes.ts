import { type Token, tokenize } from "../lexer.js";
import { substitute } from "../procedure-locals.js";
import { writtenNames } from "../procedure-marks.js";
import { type BodyStatement, StatementReader } from "../procedure-statement.js";
import { nameOf, type Span } from "../statement-tokens.js";
import { readVariables, type Variables } from "./procedure-variables.js";

/** A table that a statement of a procedure writes, and the query that says with what. */
export interface TableWrite {
  kind: "insert" | "update" | "delete";
  /** As it is written: name, or schema and name. */
  target: string[];
  /** The columns that it writes, in the order of the query's; null for all of the table. */
  columns: string[] | null;
  /** Null for a statement that cannot be read. */
  query: string | null;
  /** Why there may be more than the query says. */
  unknown: string | undefined;
}

/** What the statements of a body write. */
export interface BodyWrites {
  writes: TableWrite[];
  /** Why rows may depend on more than the writing statements. */
  flow: string | undefined;
  /** Why anything may be written, by statements that are not there to be read. */
  hidden: string | undefined;
}

const WRITES = /^(INSERT|REPLACE|UPDATE|DELETE|TRUNCATE)$/;
const MODIFIERS = /^(LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|QUICK)$/;
const FLOW = /^(IF|ELSEIF|ELSE|CASE|WHEN|WHILE|LOOP|REPEAT|UNTIL|FOR|LEAVE|ITERATE|SIGNAL|RESIGNAL)$/;

/** What the statements of a procedure's body write, wherever they stand in its control flow; parameters count as constants. */
export function bodyWrites(body: string, parameters: readonly string[]): BodyWrites {
  const statements = split(tokenize(body).tokens.filter(({ type }) => type !== "comment"));
  const variables = readVariables(body, statements, parameters);
  const firsts = statements.map((tokens) => tokens[leading(tokens)]);
  const flow = statements.some(
    (tokens, at) => FLOW.test(firsts[at]?.upper ?? "") || tokens.some(({ upper }) => upper === "HANDLER"),
  );
  const hidden = firsts.find((first) => first !== undefined && /^(CALL|EXECUTE)$/.test(first.upper));
  return {
    writes: statements.flatMap((tokens) => {
      const start = tokens.findIndex((_token, at) => isWrite(tokens, at));
      return start === -1 ? [] : [readWrite(body, tokens.slice(start), variables)];
    }),
    flow: flow ? "control flow of the procedure decides which of its statements run" : undefined,
    hidden: hidden === undefined ? undefined : `what ${hidden.upper} does cannot be read`,
  };
}

function split(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.type === "operator" && token.text === ";") statements.push([]);
    else statements.at(-1)!.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

/** Behind labels and BEGIN. */
function leading(tokens: readonly Token[]): number {
  let at = 0;
  for (;;) {
    if (tokens[at + 1]?.text === ":") at += 2;
    else if (tokens[at]?.upper === "BEGIN") at += 1;
    else return at;
  }
}

function isWrite(tokens: readonly Token[], at: number): boolean {
  const { type, upper } = tokens[at]!;
  if (type !== "word" || !WRITES.test(upper) || tokens[at + 1]?.text === "(") return false;
  return !/^(FOR|ON|KEY|AS|\.|,)$/.test(tokens[at - 1]?.upper ?? "");
}

function readWrite(body: string, tokens: readonly Token[], variables: Variables): TableWrite {
  const span = { start: tokens[0]!.start, end: tokens.at(-1)!.end };
  const unread = (unknown: string): TableWrite => ({
    kind: /^(DELETE|TRUNCATE)$/.test(tokens[0]!.upper) ? "delete" : "update",
    target: writtenNames(body.slice(span.start, span.end))[0]?.parts ?? [],
    columns: null,
    query: null,
    unknown,
  });
  try {
    const plain = tokens
      .filter(({ upper }, at) => at === 0 || at > 2 || !MODIFIERS.test(upper))
      .map((token) =>
        token.upper === "REPLACE" && token === tokens[0] ? { ...token, upper: "INSERT" } : token,
      );
    return (
      written(body, new StatementReader(body, plain).read(), variables) ??
      unread("a statement is not understood")
    );
  } catch {
    return unread(`a statement that begins with ${tokens[0]!.upper} is not understood`);
  }
}

function written(body: string, statement: BodyStatement, variables: Variables): TableWrite | undefined {
  const part = (span: Span) => substitute(body, span, variables.values).text;
  const opaque = variables.opaqueIn(body.slice(statement.start, statement.end));
  const common = (target: Span) => ({ target: parts(body, target), unknown: opaque });
  switch (statement.kind) {
    case "insert":
      return {
        kind: "insert",
        ...common(statement.target),
        columns: statement.columns,
        query: part(statement.select),
      };
    case "values": {
      const rows = statement.rows.map((row) => `SELECT ${row.map((cell) => `(${part(cell)})`).join(", ")}`);
      const query = rows.join(" UNION ALL ");
      return { kind: "insert", ...common(statement.target), columns: statement.columns, query };
    }
    case "update": {
      const set = statement.set.map(({ value }) => `(${part(value)})`).join(", ");
      const columns = statement.set.map(({ column }) => column);
      return {
        kind: "update",
        ...common(statement.target),
        columns,
        query: `SELECT ${set} ${behind(statement)}`,
      };
    }
    case "delete":
      return {
        kind: "delete",
        ...common(statement.target),
        columns: [],
        query: `SELECT 1 ${behind(statement)}`,
      };
    default:
      return undefined;
  }

  function behind({
    target,
    alias,
    where,
  }: {
    target: Span;
    alias: string | null;
    where: Span | null;
  }): string {
    const table = body.slice(target.start, target.end);
    const as = alias === null ? "" : ` AS \`${alias.replaceAll("`", "``")}\``;
    return `FROM ${table}${as}${where === null ? "" : ` WHERE (${part(where)})`}`;
  }
}

function parts(body: string, { start, end }: Span): string[] {
  return tokenize(body.slice(start, end))
    .tokens.filter(({ type }) => type === "word" || type === "name")
    .map(nameOf);
}
