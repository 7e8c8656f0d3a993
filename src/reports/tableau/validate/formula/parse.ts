import { AGGREGATES, type Formula, SCALARS } from "./formula.js";

interface Token {
  kind: "number" | "string" | "date" | "field" | "word" | "sign" | "end";
  text: string;
}

const TOKENS =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|"((?:[^"]|"")*)"|'((?:[^']|'')*)'|#(\d{4}-\d{2}-\d{2})#|(\[(?:[^\]]|\]\])+\])|([A-Za-z_]\w*)|(<>|<=|>=|==|!=|[-+*/%=<>(){},:.]))/y;

/** Reads a calculation: what the files of this project are made of, and what a reader is likely to have changed in them. Throws where it ends. */
export function parseFormula(text: string): Formula {
  const reader = new Reader(tokensOf(text.replaceAll(/\/\/[^\n]*/g, "")));
  const formula = reader.expression();
  reader.expect("end", "");
  return formula;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < text.trimEnd().length) {
    const from = TOKENS.lastIndex;
    const match = TOKENS.exec(text);
    if (match === null) throw new Error(`"${text.slice(from).trim()}" is not understood`);
    const [, number, double, single, date, field, word, sign] = match;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (double !== undefined) tokens.push({ kind: "string", text: double.replaceAll('""', '"') });
    else if (single !== undefined) tokens.push({ kind: "string", text: single.replaceAll("''", "'") });
    else if (date !== undefined) tokens.push({ kind: "date", text: date });
    else if (field !== undefined) tokens.push({ kind: "field", text: field });
    else if (word !== undefined) tokens.push({ kind: "word", text: word.toUpperCase() });
    else tokens.push({ kind: "sign", text: sign! });
  }
  tokens.push({ kind: "end", text: "" });
  return tokens;
}

/** Operators by how tightly they bind, loosest first. */
const LEVELS: readonly (readonly string[])[] = [
  ["OR"],
  ["AND"],
  ["=", "==", "<>", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/", "%"],
];

class Reader {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  private get next(): Token {
    return this.tokens[this.at]!;
  }

  private is(text: string): boolean {
    return (this.next.kind === "sign" || this.next.kind === "word") && this.next.text === text;
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  expect(kind: Token["kind"], text: string): Token {
    const found = this.next;
    if (found.kind !== kind || (kind !== "end" && kind !== "field" && found.text !== text))
      throw new Error(`${text === "" ? "its end" : `"${text}"`} is expected where ${said(found)} stands`);
    this.at++;
    return found;
  }

  expression(level = 0): Formula {
    if (level === LEVELS.length) return this.unary();
    if (level === 2 && this.take("NOT")) return { is: "unary", operator: "NOT", of: this.expression(level) };
    let left = this.expression(level + 1);
    for (;;) {
      const operator = LEVELS[level]!.find((sign) => this.is(sign));
      if (operator === undefined) return left;
      this.at++;
      left = { is: "binary", operator, left, right: this.expression(level + 1) };
    }
  }

  private unary(): Formula {
    if (this.take("-")) return { is: "unary", operator: "-", of: this.unary() };
    return this.primary();
  }

  private primary(): Formula {
    const token = this.next;
    this.at++;
    switch (token.kind) {
      case "number":
      case "string":
      case "date":
        return { is: token.kind, value: token.text };
      case "field": {
        if (!this.take(".")) return { is: "field", source: null, name: token.text };
        return { is: "field", source: token.text.slice(1, -1), name: this.expect("field", "a field").text };
      }
      case "word":
        return this.word(token.text);
      default:
        if (token.text === "(") {
          const inner = this.expression();
          this.expect("sign", ")");
          return inner;
        }
        if (token.text === "{") return this.fixed();
        throw new Error(`${said(token)} is not expected there`);
    }
  }

  private word(word: string): Formula {
    if (word === "TRUE" || word === "FALSE" || word === "NULL") return { is: "word", value: word };
    if (word === "IF") return this.branches();
    if (!this.take("(")) throw new Error(`"${word}" is neither a field nor a function`);
    if (!AGGREGATES.has(word) && !SCALARS.has(word)) throw new Error(`the function ${word} is not known`);
    const given: Formula[] = [];
    if (!this.take(")")) {
      do given.push(this.expression());
      while (this.take(","));
      this.expect("sign", ")");
    }
    if (given.length === 0) throw new Error(`${word}() is called without an argument`);
    return { is: "call", name: word, arguments: given };
  }

  private branches(): Formula {
    const branches: { when: Formula; value: Formula }[] = [];
    do {
      const when = this.expression();
      this.expect("word", "THEN");
      branches.push({ when, value: this.expression() });
    } while (this.take("ELSEIF"));
    const otherwise = this.take("ELSE") ? this.expression() : null;
    this.expect("word", "END");
    return { is: "if", branches, otherwise };
  }

  private fixed(): Formula {
    this.expect("word", "FIXED");
    const by: Formula[] = [];
    if (!this.is(":")) {
      do by.push(this.expression());
      while (this.take(","));
    }
    this.expect("sign", ":");
    const value = this.expression();
    this.expect("sign", "}");
    return { is: "fixed", by, value };
  }
}

function said({ kind, text }: Token): string {
  return kind === "end" ? "the end" : `"${text}"`;
}
