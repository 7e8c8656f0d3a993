/** What is wrong with Jinja, and where in the text. */
export class JinjaProblem extends Error {
  readonly at: number;
  /** What to do instead, where that is known. */
  readonly advice: string | undefined;

  constructor(message: string, at: number, advice?: string) {
    super(message);
    this.at = at;
    this.advice = advice;
  }
}

/** An expression of Jinja with its place in the text. */
export type Expression = { at: number } & (
  | { kind: "literal"; value: string | number | boolean | null }
  | { kind: "name"; name: string }
  | { kind: "list"; items: Expression[] }
  | { kind: "dict"; entries: [Expression, Expression][] }
  | { kind: "attribute"; of: Expression; name: string }
  | { kind: "item"; of: Expression; key: Expression }
  | { kind: "call"; of: Expression; args: Expression[]; named: [string, Expression][] }
  | { kind: "filter"; of: Expression; name: string; args: Expression[]; named: [string, Expression][] }
  | { kind: "test"; of: Expression; name: string; args: Expression[]; negated: boolean }
  | { kind: "unary"; operator: "not" | "-" | "+"; of: Expression }
  | { kind: "binary"; operator: string; left: Expression; right: Expression }
  | { kind: "choice"; test: Expression; then: Expression; otherwise: Expression | undefined }
);

type Token = { at: number; kind: "name" | "number" | "string" | "operator" | "end"; text: string };

const TOKEN =
  /\s+|(?<name>[A-Za-z_]\w*)|(?<number>\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<string>'(?:\\[\s\S]|[^'\\])*'|"(?:\\[\s\S]|[^"\\])*")|(?<operator>\*\*|\/\/|[=!<>]=|[-+*/%~|()[\]{}:.,=<>])/y;

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", "\n": "" };

function tokens(text: string, start: number, end: number): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = start;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) throw new JinjaProblem(`unexpected ${JSON.stringify(text[at])}`, at);
    const kind = (["name", "number", "string", "operator"] as const).find(
      (name) => groups[name] !== undefined,
    );
    if (kind !== undefined) found.push({ at, kind, text: groups[kind]! });
  }
  found.push({ at: end, kind: "end", text: "the end of the tag" });
  return found;
}

/** Words that are no names. */
const WORDS: Record<string, boolean | null> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

const BINARY: readonly (readonly string[])[] = [
  ["or"],
  ["and"],
  ["==", "!=", "<", ">", "<=", ">=", "in", "not in"],
  ["~"],
  ["+", "-"],
  ["*", "/", "//", "%"],
  ["**"],
];

/** Reads expressions of Jinja out of a part of a text. */
export class ExpressionParser {
  readonly #tokens: Token[];
  #next = 0;

  constructor(text: string, start: number, end: number) {
    this.#tokens = tokens(text, start, end);
  }

  /** Where the next token stands. */
  get at(): number {
    return this.#peek().at;
  }

  /** Whether nothing is left. */
  get done(): boolean {
    return this.#peek().kind === "end";
  }

  /** Takes a word or sign if it comes next. */
  accept(text: string): boolean {
    const token = this.#peek();
    if (token.text !== text || (token.kind !== "name" && token.kind !== "operator")) return false;
    this.#next += 1;
    return true;
  }

  /** Takes a word or sign, which has to come next. */
  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(`expected ${text}`);
  }

  /** A name, which has to come next. */
  name(): string {
    const token = this.#peek();
    if (token.kind !== "name") throw this.unexpected("expected a name");
    this.#next += 1;
    return token.text;
  }

  /** Fails unless all has been read. */
  end(): void {
    if (!this.done) throw this.unexpected("expected the end of the tag");
  }

  /** What is wrong with the next token. */
  unexpected(expected: string): JinjaProblem {
    return new JinjaProblem(`${expected}, found ${this.#peek().text}`, this.at);
  }

  /** An expression, or with commas a list without brackets. */
  tuple(): Expression {
    const first = this.expression();
    if (!this.#is(",")) return first;
    const items = [first];
    while (this.accept(",")) {
      if (this.done || this.#is("=")) break;
      items.push(this.expression());
    }
    return { at: first.at, kind: "list", items };
  }

  /** One expression. */
  expression(): Expression {
    const then = this.#binary(0);
    if (!this.#is("if")) return then;
    this.accept("if");
    const test = this.#binary(0);
    const otherwise = this.accept("else") ? this.expression() : undefined;
    return { at: then.at, kind: "choice", test, then, otherwise };
  }

  /** What is looped over: `if` after it is the loop's filter. */
  iterable(): Expression {
    return this.#binary(0);
  }

  #binary(level: number): Expression {
    if (level === BINARY.length) return this.#unary();
    if (level === 2 && this.#is("not")) {
      const at = this.at;
      this.accept("not");
      return { at, kind: "unary", operator: "not", of: this.#binary(level) };
    }
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = this.#operator(BINARY[level]!);
      if (operator === undefined) return left;
      left = { at: left.at, kind: "binary", operator, left, right: this.#binary(level + 1) };
    }
  }

  #operator(known: readonly string[]): string | undefined {
    if (known.includes("not in") && this.#is("not") && this.#tokens[this.#next + 1]?.text === "in") {
      this.#next += 2;
      return "not in";
    }
    return known.find((text) => this.accept(text));
  }

  #unary(): Expression {
    const at = this.at;
    for (const operator of ["-", "+"] as const)
      if (this.accept(operator)) return { at, kind: "unary", operator, of: this.#unary() };
    return this.#postfix(this.#primary());
  }

  #primary(): Expression {
    const { at, kind, text } = this.#peek();
    if (kind === "name") {
      this.#next += 1;
      if (Object.hasOwn(WORDS, text)) return { at, kind: "literal", value: WORDS[text]! };
      return { at, kind: "name", name: text };
    }
    if (kind === "number") {
      this.#next += 1;
      return { at, kind: "literal", value: Number(text.replaceAll("_", "")) };
    }
    if (kind === "string") {
      let value = "";
      for (let token = this.#peek(); token.kind === "string"; token = this.#peek()) {
        value += token.text
          .slice(1, -1)
          .replace(
            /\\([\s\S])/g,
            (whole, character: string) =>
              ESCAPES[character] ?? (/[\\'"]/.test(character) ? character : whole),
          );
        this.#next += 1;
      }
      return { at, kind: "literal", value };
    }
    if (this.accept("(")) {
      if (this.accept(")")) return { at, kind: "list", items: [] };
      const inner = this.#until(")", () => this.expression());
      return inner.items.length === 1 && !inner.comma
        ? inner.items[0]!
        : { at, kind: "list", items: inner.items };
    }
    if (this.accept("[")) return { at, kind: "list", items: this.#until("]", () => this.expression()).items };
    if (this.accept("{")) {
      const { items } = this.#until("}", (): [Expression, Expression] => {
        const key = this.expression();
        this.expect(":");
        return [key, this.expression()];
      });
      return { at, kind: "dict", entries: items };
    }
    throw this.unexpected("expected a value");
  }

  #postfix(start: Expression): Expression {
    let of = start;
    for (;;) {
      const at = of.at;
      if (this.accept(".")) of = { at, kind: "attribute", of, name: this.name() };
      else if (this.accept("[")) {
        if (this.#is(":")) throw this.unexpected("slices are not read");
        of = { at, kind: "item", of, key: this.expression() };
        this.expect("]");
      } else if (this.accept("(")) of = { at, kind: "call", of, ...this.#arguments() };
      else if (this.accept("|")) {
        const name = this.name();
        of = {
          at,
          kind: "filter",
          of,
          name,
          ...(this.accept("(") ? this.#arguments() : { args: [], named: [] }),
        };
      } else if (this.accept("is")) {
        const negated = this.accept("not");
        const name = this.name();
        const args = this.accept("(") ? this.#arguments().args : [];
        of = { at, kind: "test", of, name, args, negated };
      } else return of;
    }
  }

  #arguments(): { args: Expression[]; named: [string, Expression][] } {
    const args: Expression[] = [];
    const named: [string, Expression][] = [];
    this.#until(")", () => {
      const following = this.#tokens[this.#next + 1];
      if (this.#peek().kind === "name" && following?.text === "=") {
        const name = this.name();
        this.expect("=");
        named.push([name, this.expression()]);
      } else args.push(this.expression());
    });
    return { args, named };
  }

  #until<T>(close: string, read: () => T): { items: T[]; comma: boolean } {
    const items: T[] = [];
    let comma = false;
    while (!this.accept(close)) {
      if (items.length > 0 && !comma) throw this.unexpected(`expected , or ${close}`);
      items.push(read());
      comma = this.accept(",");
    }
    return { items, comma };
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return token.text === text && token.kind !== "string";
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }
}
