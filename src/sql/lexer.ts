/**
 * MySQL's lexical rules, in UTF-16 offsets. The parser's own tokenizer stops at `#`, counts in code points and has no
 * notion of version comments, and the gate must see what the author wrote before the parser folds function names together.
 */
export type TokenType = "word" | "name" | "string" | "quoted" | "number" | "operator" | "comment" | "hint";

/** A piece of the text. */
export interface Token {
  type: TokenType;
  /** As written. */
  text: string;
  /** `text` in upper case for words, else `text`. */
  upper: string;
  start: number;
  end: number;
}

/** Where and why the text cannot even be cut into tokens. */
export interface LexicalError {
  message: string;
  start: number;
  end: number;
}

const SPACE = /\s+/y;
const WORD = /[\p{L}\p{N}_$\u0080-\uffff]+/uy;
const NUMBER = /(?:0x[0-9a-fA-F]+|0b[01]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\p{L}_$])/uy;
const LINE_COMMENT = /(?:#|--(?=\s|$))[^\n]*/y;
const OPERATOR = /<=>|->>|->|\|\||&&|<=|>=|<>|!=|:=|<<|>>|@@|./suy;

/** The tokens of a text; comments are kept, white space is not. */
export function tokenize(sql: string): { tokens: Token[]; error: LexicalError | undefined } {
  const tokens: Token[] = [];
  let at = 0;
  const push = (type: TokenType, end: number): void => {
    const text = sql.slice(at, end);
    tokens.push({ type, text, upper: type === "word" ? text.toUpperCase() : text, start: at, end });
    at = end;
  };
  const fail = (message: string): { tokens: Token[]; error: LexicalError } => ({
    tokens,
    error: { message, start: at, end: Math.min(at + 1, sql.length) },
  });
  while (at < sql.length) {
    const space = match(SPACE, sql, at);
    if (space !== undefined) {
      at = space;
      continue;
    }
    const char = sql[at]!;
    const comment = match(LINE_COMMENT, sql, at);
    if (comment !== undefined) {
      push("comment", comment);
    } else if (sql.startsWith("/*", at)) {
      const end = sql.indexOf("*/", at + 2);
      if (end === -1) return fail("a comment is not closed");
      push(sql[at + 2] === "!" || sql[at + 2] === "+" ? "hint" : "comment", end + 2);
    } else if (char === "'" || char === '"' || char === "`") {
      const end = closing(sql, at, char);
      if (end === undefined)
        return fail(char === "`" ? "a quoted name is not closed" : "a string is not closed");
      push(char === "'" ? "string" : char === "`" ? "name" : "quoted", end);
    } else {
      const number = match(NUMBER, sql, at);
      const word = number === undefined ? match(WORD, sql, at) : undefined;
      if (number !== undefined) push("number", number);
      else if (word !== undefined) push("word", word);
      else push("operator", match(OPERATOR, sql, at) ?? at + 1);
    }
  }
  return { tokens, error: undefined };
}

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function closing(sql: string, start: number, quote: string): number | undefined {
  for (let at = start + 1; at < sql.length; at += 1) {
    if (sql[at] === "\\" && quote !== "`") at += 1;
    else if (sql[at] === quote) {
      if (sql[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return undefined;
}
