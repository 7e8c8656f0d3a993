import { type Expression, ExpressionParser, JinjaProblem } from "./jinja-expression.js";

/** Whether a tag takes away the blanks before and after it. */
export interface Trim {
  before: boolean;
  after: boolean;
}

/** A parameter of a macro. */
export interface Parameter {
  name: string;
  default: Expression | undefined;
}

/** A part of a Jinja template with its place in the text. */
export type Part = { at: number } & (
  | { kind: "text"; text: string }
  | { kind: "comment"; text: string; trim: Trim }
  | { kind: "output"; expression: Expression; trim: Trim }
  | { kind: "if"; branches: Branch[]; end: Trim }
  | {
      kind: "for";
      names: string[];
      over: Expression;
      filter: Expression | undefined;
      body: Part[];
      trim: Trim;
      otherwise: Part[] | undefined;
      end: Trim;
    }
  | { kind: "set"; names: string[]; value: Expression; trim: Trim }
  | { kind: "capture"; name: string; body: Part[]; trim: Trim; end: Trim }
  | { kind: "do"; expression: Expression; trim: Trim }
  | {
      kind: "macro";
      keyword: "macro" | "test";
      name: string;
      parameters: Parameter[];
      body: Part[];
      trim: Trim;
      end: Trim;
    }
  | { kind: "block"; keyword: string; name: string; body: Part[]; trim: Trim; end: Trim }
);

/** A branch of an `if`; the last may have no test. */
export interface Branch {
  test: Expression | undefined;
  body: Part[];
  trim: Trim;
}

interface Tag {
  at: number;
  keyword: string;
  /** After the keyword. */
  parser: ExpressionParser;
  trim: Trim;
}

/** Blocks of dbt with a name and text inside, which is read as a template of its own. */
const BLOCKS = ["snapshot", "docs", "materialization", "call", "filter", "block"];
const TAG = /\{\{|\{%|\{#/g;

/** Reads a Jinja template as dbt has them. */
export function parseJinja(text: string): Part[] {
  return new TemplateParser(text).all();
}

class TemplateParser {
  readonly #text: string;
  #next = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): Part[] {
    const { parts, tag } = this.#parts([]);
    if (tag !== undefined) throw new JinjaProblem(`{% ${tag.keyword} %} closes nothing`, tag.at);
    return parts;
  }

  /** Parts up to a tag with one of the keywords, or the end of the text. */
  #parts(until: readonly string[]): { parts: Part[]; tag: Tag | undefined } {
    const parts: Part[] = [];
    for (;;) {
      TAG.lastIndex = this.#next;
      const open = TAG.exec(this.#text);
      const end = open?.index ?? this.#text.length;
      if (end > this.#next)
        parts.push({ at: this.#next, kind: "text", text: this.#text.slice(this.#next, end) });
      this.#next = end;
      if (open === null) return { parts, tag: undefined };
      if (open[0] === "{#") parts.push(this.#comment(end));
      else if (open[0] === "{{") parts.push(this.#output(end));
      else {
        const tag = this.#tag(end);
        if (until.includes(tag.keyword)) return { parts, tag };
        parts.push(this.#statement(tag));
      }
    }
  }

  #comment(at: number): Part {
    const close = this.#text.indexOf("#}", at);
    if (close === -1) throw new JinjaProblem("this comment is never closed", at);
    this.#next = close + 2;
    const inner = this.#text.slice(at + 2, close);
    const trim = { before: inner.startsWith("-"), after: inner.endsWith("-") };
    return { at, kind: "comment", text: inner.replace(/^[-+]|-$/g, "").trim(), trim };
  }

  #output(at: number): Part {
    const { inner, trim } = this.#inside(at, "}}");
    const parser = new ExpressionParser(this.#text, inner[0], inner[1]);
    const expression = parser.tuple();
    parser.end();
    return { at, kind: "output", expression, trim };
  }

  /** What stands between the signs of a tag; strings in it may hold the closing one. */
  #inside(at: number, close: string): { inner: [number, number]; trim: Trim } {
    const pattern = /'(?:\\[\s\S]|[^'\\])*'|"(?:\\[\s\S]|[^"\\])*"|\}\}|%\}|[{}]/g;
    pattern.lastIndex = at + 2;
    let depth = 0;
    for (let match = pattern.exec(this.#text); match !== null; match = pattern.exec(this.#text)) {
      if (match[0] === "{") depth += 1;
      else if (match[0] === "}") depth -= 1;
      else if (match[0] === "}}" && depth > 0) {
        // The end of a mapping, and then perhaps of the one around it.
        depth -= 1;
        pattern.lastIndex = match.index + 1;
      } else if (match[0] === close) {
        this.#next = pattern.lastIndex;
        const start = at + 2 + (/[-+]/.test(this.#text[at + 2]!) ? 1 : 0);
        const after = this.#text[match.index - 1] === "-";
        const end = match.index - (after ? 1 : 0);
        return { inner: [start, end], trim: { before: this.#text[at + 2] === "-", after } };
      }
    }
    throw new JinjaProblem("this tag is never closed", at);
  }

  #tag(at: number): Tag {
    const { inner, trim } = this.#inside(at, "%}");
    const parser = new ExpressionParser(this.#text, inner[0], inner[1]);
    return { at, keyword: parser.name(), parser, trim };
  }

  #statement(tag: Tag): Part {
    const { at, keyword, parser, trim } = tag;
    switch (keyword) {
      case "if":
        return this.#if(tag);
      case "for":
        return this.#for(tag);
      case "set":
        return this.#set(tag);
      case "do": {
        const expression = parser.tuple();
        parser.end();
        return { at, kind: "do", expression, trim };
      }
      case "raw":
        return this.#raw(tag);
      case "macro":
      case "test":
      case "data_test": {
        const name = parser.name();
        const parameters = this.#parameters(parser);
        const { parts: body, tag: end } = this.#closed(tag, `end${keyword}`);
        return {
          at,
          kind: "macro",
          keyword: keyword === "macro" ? "macro" : "test",
          name,
          parameters,
          body,
          trim,
          end,
        };
      }
    }
    if (/^(?:end|elif$|else$)/.test(keyword)) throw new JinjaProblem(`{% ${keyword} %} closes nothing`, at);
    if (!BLOCKS.includes(keyword)) throw new JinjaProblem(`{% ${keyword} %} is not known`, at);
    const name = parser.done || keyword === "call" || keyword === "filter" ? "" : parser.name();
    const { parts: body, tag: end } = this.#closed(tag, `end${keyword}`);
    return { at, kind: "block", keyword, name, body, trim, end };
  }

  #if(first: Tag): Part {
    const branches: Branch[] = [];
    let tag = first;
    for (;;) {
      const test = tag.keyword === "else" ? undefined : tag.parser.expression();
      tag.parser.end();
      const { parts: body, tag: next } = this.#parts(["elif", "else", "endif"]);
      branches.push({ test, body, trim: tag.trim });
      if (next === undefined) throw new JinjaProblem("{% if %} is never closed", first.at);
      if (next.keyword === "endif") return { at: first.at, kind: "if", branches, end: next.trim };
      tag = next;
    }
  }

  #for(tag: Tag): Part {
    const { at, parser, trim } = tag;
    const names = [parser.name()];
    while (parser.accept(",")) names.push(parser.name());
    parser.expect("in");
    const over = parser.iterable();
    const filter = parser.accept("if") ? parser.expression() : undefined;
    parser.end();
    const { parts: body, tag: next } = this.#parts(["else", "endfor"]);
    if (next === undefined) throw new JinjaProblem("{% for %} is never closed", at);
    if (next.keyword === "endfor")
      return { at, kind: "for", names, over, filter, body, trim, otherwise: undefined, end: next.trim };
    const { parts: otherwise, tag: end } = this.#closed(tag, "endfor");
    return { at, kind: "for", names, over, filter, body, trim, otherwise, end };
  }

  #set({ at, parser, trim }: Tag): Part {
    const names = [parser.name()];
    while (parser.accept(",")) names.push(parser.name());
    if (parser.accept("=")) {
      const value = parser.tuple();
      parser.end();
      return { at, kind: "set", names, value, trim };
    }
    if (!parser.done) throw parser.unexpected("expected =");
    const { parts: body, tag: end } = this.#closed({ at, keyword: "set", parser, trim }, "endset");
    return { at, kind: "capture", name: names[0]!, body, trim, end };
  }

  #parameters(parser: ExpressionParser): Parameter[] {
    const parameters: Parameter[] = [];
    parser.expect("(");
    while (!parser.accept(")")) {
      const name = parser.name();
      parameters.push({ name, default: parser.accept("=") ? parser.expression() : undefined });
      if (!parser.accept(",")) {
        parser.expect(")");
        break;
      }
    }
    return parameters;
  }

  #raw({ at }: Tag): Part {
    const end = /\{%[-+]?\s*endraw\s*-?%\}/g;
    end.lastIndex = this.#next;
    const match = end.exec(this.#text);
    if (match === null) throw new JinjaProblem("{% raw %} is never closed", at);
    const start = this.#next;
    this.#next = end.lastIndex;
    return { at: start, kind: "text", text: this.#text.slice(start, match.index) };
  }

  #closed(tag: Tag, by: string): { parts: Part[]; tag: Trim } {
    const { parts, tag: end } = this.#parts([by]);
    if (end === undefined) throw new JinjaProblem(`{% ${tag.keyword} %} is never closed`, tag.at);
    return { parts, tag: end.trim };
  }
}
