import type { Token } from "./lexer.js";
import type { Problem } from "./problem.js";

/** A stretch of the body, by offsets. */
export interface Span {
  start: number;
  end: number;
}

const NOT_HERE = "DuckDB has no stored procedures: their statements run one after the other.";

/** Statements that only a server can run, and what to write instead. */
const SERVER_ONLY: Readonly<Record<string, string>> = {
  IF: "Put the condition into the statement: WHERE, or CASE.",
  CASE: "Put the condition into the statement: WHERE, or CASE in an expression.",
  WHILE: "Write one statement for all rows: a recursive CTE counts.",
  LOOP: "Write one statement for all rows: a recursive CTE counts.",
  REPEAT: "Write one statement for all rows: a recursive CTE counts.",
  FOR: "Write one statement for all rows.",
  OPEN: "Write one statement for all rows, with window functions.",
  FETCH: "Write one statement for all rows, with window functions.",
  CLOSE: "Write one statement for all rows, with window functions.",
  LEAVE: "Put the condition into the statements.",
  ITERATE: "Put the condition into the statements.",
  SIGNAL: "Say what must hold as a test of the table: then nothing is published that breaks it.",
  RESIGNAL: "Leave it out: an error ends the procedure.",
  GET: "Leave it out: an error ends the procedure.",
  CALL: "Make the other procedure a node of its own, and read its tables with ref.",
  SELECT: "A run reads the tables that a procedure writes. For a value, write SET name = (SELECT …).",
  WITH: "A run reads the tables that a procedure writes. Write INSERT INTO … WITH … SELECT.",
  REPLACE: "Write DELETE and INSERT.",
  PREPARE: "Write the statement itself; parts that vary are template.",
  EXECUTE: "Write the statement itself; parts that vary are template.",
  CREATE: "Write the rows between as a CTE, or as a table that the procedure declares.",
  DROP: "Write the rows between as a CTE, or as a table that the procedure declares.",
  ROLLBACK: "Leave it out: what fails is not published.",
  SAVEPOINT: "Leave it out: what fails is not published.",
  BEGIN: "Write the statements of the inner block into the outer one.",
};

/** What a statement is refused with. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** Tokens of one statement, taken one after the other. */
export class StatementTokens {
  protected at = 0;

  constructor(
    protected readonly body: string,
    protected readonly tokens: readonly Token[],
  ) {}

  /** The name of a table. */
  protected target(): Span {
    const start = this.peek();
    this.name();
    while (this.peek()?.text === ".") {
      this.at += 1;
      this.name();
    }
    return { start: start!.start, end: this.tokens[this.at - 1]!.end };
  }

  /** The name it goes by in the statement, if it is given another. */
  protected alias(before: readonly string[]): string | null {
    const next = this.peek();
    if (next === undefined || before.includes(next.upper)) return null;
    this.option("AS");
    return this.name();
  }

  /** Names in parentheses. */
  protected names(): string[] {
    this.at += 1;
    const names = [this.name()];
    while (this.peek()?.text === ",") {
      this.at += 1;
      names.push(this.name());
    }
    if (this.take()?.text !== ")") throw this.refused(this.tokens[this.at - 1]);
    return names;
  }

  /** Whether the parenthesis that comes is a query's. */
  protected opensQuery(): boolean {
    return ["SELECT", "WITH", "("].includes(this.tokens[this.at + 1]?.upper ?? "");
  }

  /** A name, without its quotes. */
  protected name(): string {
    const token = this.take();
    if (token === undefined || (token.type !== "word" && token.type !== "name")) throw this.refused(token);
    return nameOf(token);
  }

  /** Words that must come now. */
  protected words(...words: readonly string[]): void {
    for (const word of words) {
      const token = this.take();
      if (token?.upper !== word) throw this.refused(token);
    }
  }

  /** A word that may come now. */
  protected option(word: string): void {
    if (this.peek()?.upper === word) this.at += 1;
  }

  /** Up to a token outside of parentheses, which is not taken. */
  protected until(ends: (token: Token) => boolean): Span {
    const from = this.at;
    let depth = 0;
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      if (depth === 0 && ends(token)) break;
      if (token.text === "(") depth += 1;
      if (token.text === ")") depth -= 1;
      this.at += 1;
    }
    if (this.at === from) throw this.refused(this.peek());
    return { start: this.tokens[from]!.start, end: this.tokens[this.at - 1]!.end };
  }

  /** All that is left. */
  protected rest(): Span {
    return this.until(() => false);
  }

  /** A word further on. */
  protected find(word: string): Token | undefined {
    return this.tokens.slice(this.at).find(({ type, upper }) => type === "word" && upper === word);
  }

  /** The next token. */
  protected peek(): Token | undefined {
    return this.tokens[this.at];
  }

  /** The next token, which is taken. */
  protected take(): Token | undefined {
    return this.tokens[this.at++];
  }

  /** The refusal of a token, or of the statement as a whole. */
  protected refused(token: Token | undefined, what?: string, hint?: string): Refused {
    const at = token ?? this.tokens.at(-1)!;
    const known = SERVER_ONLY[at.upper];
    return new Refused({
      code: "SLA303",
      message: `${what ?? at.text} in a procedure is not portable`,
      hint: `${NOT_HERE} ${hint ?? known ?? "Portable are INSERT … SELECT or VALUES, DELETE, UPDATE, TRUNCATE, DECLARE, SET and transactions."}`,
      start: at.start,
      end: at.end,
    });
  }
}

/** A word or a name without its quotes. */
export function nameOf(token: Token): string {
  return token.type === "name" ? token.text.slice(1, -1).replaceAll("``", "`") : token.text;
}
