import { didYouMean } from "../errors/index.js";
import { FUNCTIONS, REFUSED_FUNCTIONS } from "./functions/index.js";
import { type LexicalError, type Token, tokenize } from "./lexer.js";
import { REFUSED_WORDS } from "./not-portable.js";
import { checkInPlace } from "./portable-phrases.js";
import { checkToken } from "./portable-tokens.js";
import type { Problem } from "./problem.js";
import { GRAMMAR_WORDS } from "./reserved-words.js";
import { SourceMap } from "./source-map.js";
import { checkShape } from "./statement-shape.js";
import { decodeString, encodeString } from "./string-literal.js";

/** A function call as the author wrote it. */
export interface WrittenCall {
  /** In upper case. */
  name: string;
  token: Token;
}

/** A text made ready for the parser. */
export interface Prepared {
  map: SourceMap;
  tokens: readonly Token[];
  calls: readonly WrittenCall[];
  problems: Problem[];
}

interface Frame {
  /** The call this parenthesis belongs to, if it is one. */
  name: string | undefined;
  opened: number;
}

const CALL_PREFIX = "sla__";

/** The call that a function name in the parser's tree stands for. */
export function writtenCall(prepared: Prepared, name: string): WrittenCall | undefined {
  return name.startsWith(CALL_PREFIX) ? prepared.calls[Number(name.slice(CALL_PREFIX.length))] : undefined;
}

/**
 * Checks a text token by token and rewrites it for the parser: comments go, and every call gets a name of our own. Under their
 * own names the parser folds functions together (LENGTH and CHAR_LENGTH are one node), gives each a shape of its own and no
 * position; under ours a call is a call, and its name says which one it was. Special syntax (`EXTRACT(unit FROM x)`, `CAST(x
 * AS type)` …) becomes plain arguments for the same reason.
 */
export function prepare(sql: string): Prepared {
  const lexed = tokenize(sql);
  const tokens = lexed.tokens.filter((token) => token.type !== "comment");
  const shape = lexed.error === undefined ? checkShape(tokens) : [unfinished(lexed.error)];
  const problems = shape.length > 0 ? shape : checkTokens(lexed.tokens, tokens);
  const writer = new Writer(sql, tokens, problems);
  writer.run();
  return { map: writer.map, tokens, calls: writer.calls, problems };
}

function checkTokens(all: readonly Token[], tokens: readonly Token[]): Problem[] {
  return [...all.flatMap(checkToken), ...tokens.flatMap((_token, at) => checkInPlace(tokens, at))];
}

function unfinished(error: LexicalError): Problem {
  return { code: "SLA301", hint: "Close it; a quote inside is doubled.", ...error };
}

class Writer {
  readonly map: SourceMap;
  readonly calls: WrittenCall[] = [];
  readonly #sql: string;
  readonly #tokens: readonly Token[];
  readonly #problems: Problem[];
  readonly #frames: Frame[] = [];
  #at = 0;

  constructor(sql: string, tokens: readonly Token[], problems: Problem[]) {
    this.#sql = sql;
    this.#tokens = tokens;
    this.#problems = problems;
    this.map = new SourceMap(sql);
  }

  run(): void {
    while (this.#at < this.#tokens.length) {
      this.#space();
      this.#token();
      this.#at += 1;
    }
  }

  get #current(): Token {
    return this.#tokens[this.#at]!;
  }

  /** White space and comments before the current token: as white space, so that the parser sees no comment. */
  #space(): void {
    const end = this.#tokens[this.#at - 1]?.end ?? 0;
    if (this.#current.start > end) this.map.replace(" ", end);
  }

  #token(): void {
    const token = this.#current;
    const next = this.#tokens[this.#at + 1];
    if (token.text === "(") this.#frames.push({ name: undefined, opened: this.#at });
    if (token.text === ")") this.#frames.pop();
    if (token.type === "string") {
      this.#string(token);
      return;
    }
    if (token.type === "hint") return;
    if (token.type === "word" && next?.text === "(" && this.#isCall()) {
      this.#call(token);
      return;
    }
    if (this.#inSpecialSyntax(token)) return;
    this.map.copy(token.start, token.end);
  }

  #string(token: Token): void {
    if (token.text.includes("\\")) this.map.replace(encodeString(decodeString(token.text)), token.start);
    else this.map.copy(token.start, token.end);
  }

  #isCall(): boolean {
    const token = this.#current;
    if (GRAMMAR_WORDS.has(token.upper)) return false;
    const previous = this.#tokens[this.#at - 1];
    // `a MOD (b)` is an operator, `WITH s(n) AS (` and `AS x(n)` are lists of names.
    if (token.upper === "MOD" && previous !== undefined && endsOperand(previous)) return false;
    if (previous?.upper === "AS" || previous?.text === ")") return false;
    const close = this.#closing(this.#at + 1);
    return !(
      this.#tokens[close + 1]?.upper === "AS" &&
      this.#tokens[close + 2]?.text === "(" &&
      isCteStart(previous)
    );
  }

  #closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.#tokens.length; at += 1) {
      const { text, type } = this.#tokens[at]!;
      if (type !== "operator") continue;
      if (text === "(") depth += 1;
      if (text === ")") depth -= 1;
      if (depth === 0) return at;
    }
    return this.#tokens.length;
  }

  #call(token: Token): void {
    const name = token.upper;
    this.#gate(token);
    if (name === "GROUP_CONCAT") this.map.copy(token.start, token.end);
    else this.map.replace(`${CALL_PREFIX}${this.calls.length}`, token.start);
    this.calls.push({ name, token });
    this.#at += 1;
    this.map.copy(this.#current.start, this.#current.end);
    this.#frames.push({ name, opened: this.#at });
    const first = this.#tokens[this.#at + 1];
    const takesUnit = name === "EXTRACT" || name === "TIMESTAMPDIFF" || name === "TIMESTAMPADD";
    if (takesUnit && first?.type === "word") this.#asString(first);
    if (name === "TRIM" && first !== undefined && /^(BOTH|LEADING|TRAILING)$/.test(first.upper)) {
      this.#asString(first);
      this.map.replace(this.#tokens[this.#at + 1]?.upper === "FROM" ? ", ' '" : ",", first.end);
    }
  }

  /** Writes the next token as a string. */
  #asString(token: Token): void {
    this.map.replace(encodeString(token.upper), token.start);
    this.#at += 1;
  }

  #gate(token: Token): void {
    const { start, end, upper: name } = token;
    const previous = this.#tokens[this.#at - 1];
    const refusal = REFUSED_FUNCTIONS[name];
    if (REFUSED_WORDS[name] !== undefined || name === "INDEX" || name === "KEY") return;
    if (previous?.text === ".") {
      const message = `${token.text} is called in a schema: stored functions are not portable`;
      this.#problems.push({ code: "SLA302", message, hint: "Write a macro instead.", start, end });
    } else if (refusal !== undefined) {
      const message = `${token.text}: ${refusal.message}`;
      this.#problems.push({ code: "SLA303", message, hint: refusal.hint, start, end });
    } else if (FUNCTIONS[name] === undefined) {
      const hint =
        didYouMean(token.text, Object.keys(FUNCTIONS)) ??
        "See docs/portable-sql.md for the functions that mean the same on all engines.";
      const message = `${token.text} is not a function of the portable subset`;
      this.#problems.push({ code: "SLA302", message, hint, start, end });
    }
  }

  /** The words inside CAST, EXTRACT and their like that stand where a comma could. */
  #inSpecialSyntax(token: Token): boolean {
    const frame = this.#frames.at(-1);
    if (frame?.name === undefined || token.type === "name") return false;
    const separates = SEPARATORS[frame.name]?.includes(token.upper) ?? false;
    if (!separates) return false;
    if (frame.name === "CAST" || frame.name === "CONVERT") {
      this.#typeArgument(frame, token);
    } else {
      this.map.replace(",", token.start);
    }
    return true;
  }

  #typeArgument(frame: Frame, token: Token): void {
    const close = this.#closing(frame.opened);
    const first = this.#tokens[this.#at + 1];
    const last = this.#tokens[close - 1];
    const written = first === undefined || last === undefined ? "" : this.#sql.slice(first.start, last.end);
    const type = token.upper === "USING" ? `USING ${written}` : written;
    this.map.replace(`, ${encodeString(type)}`, first?.start ?? token.start);
    this.#at = close - 1;
  }
}

const SEPARATORS: Readonly<Record<string, readonly string[]>> = {
  CAST: ["AS"],
  CONVERT: [",", "USING"],
  EXTRACT: ["FROM"],
  MID: ["FROM", "FOR"],
  POSITION: ["IN"],
  SUBSTR: ["FROM", "FOR"],
  SUBSTRING: ["FROM", "FOR"],
  TRIM: ["FROM"],
};

function endsOperand(token: Token): boolean {
  if (token.type === "operator") return token.text === ")";
  return token.type !== "word" || !GRAMMAR_WORDS.has(token.upper);
}

function isCteStart(token: Token | undefined): boolean {
  return token?.upper === "WITH" || token?.upper === "RECURSIVE" || token?.text === ",";
}
