import { JinjaProblem } from "./jinja-expression.js";
import { isTrue, printed, type Value } from "./jinja-value.js";

/** What an expression of Jinja becomes. */
export type Rewritten =
  /** It is known now. */
  | { kind: "constant"; value: Value }
  /** What stands as an argument in a tag of ours; `truth` when it is one: those cannot be printed. */
  | { kind: "code"; code: string; truth?: boolean }
  /** Text, with tags of ours in it. */
  | { kind: "text"; text: string }
  /** An SQL literal, where Jinja gives what stands between quotes. */
  | { kind: "literal"; text: string };

/** Takes away the blanks before it. */
export const TRIM_BEFORE = "\uE000";
/** Takes away the blanks after it. */
export const TRIM_AFTER = "\uE001";
/** A tag that is gone: a line that held nothing else goes, too. */
export const GONE = "\uE002";
/** Two braces that open no tag. */
const BRACES = "\uE003";
/** Stands around a literal that takes the quotes beside it away. */
const LITERAL = "\uE004";

/** A value that is known now. */
export const constant = (value: Value): Rewritten => ({ kind: "constant", value });
/** An argument of a tag. */
export const code = (text: string, truth = false): Rewritten => ({ kind: "code", code: text, truth });
/** Text with tags. */
export const text = (value: string): Rewritten => ({ kind: "text", text: value });

/** As an argument in a tag. */
export function asArgument(value: Rewritten, at: number): string {
  if (value.kind === "code") return value.code;
  if (value.kind === "text") {
    if (!value.text.includes("{{")) return quoted(value.text, at);
    throw new JinjaProblem("an argument is put together from parts that are only known when it runs", at);
  }
  if (value.kind === "literal") throw new JinjaProblem("a time is passed on as text", at);
  return valueArgument(value.value, at);
}

function valueArgument(value: Value, at: number): string {
  if (typeof value === "string") return quoted(value, at);
  if (Array.isArray(value)) return `(list${value.map((item) => ` ${valueArgument(item, at)}`).join("")})`;
  if (value instanceof Map)
    throw new JinjaProblem(
      "a mapping is passed on",
      at,
      "Templates here know no mappings: write out what it holds.",
    );
  return String(value);
}

function quoted(value: string, at: number): string {
  if (/\\["']|\\$|\{\{/.test(value))
    throw new JinjaProblem("a string has a backslash before its end or a quote", at);
  return value.includes('"') && !value.includes("'") ? `'${value}'` : `"${value.replaceAll('"', '\\"')}"`;
}

/** As text outside of tags. */
export function asText(value: Rewritten, at: number): string {
  switch (value.kind) {
    case "text":
      return value.text;
    case "literal":
      return `${LITERAL}${value.text}${LITERAL}`;
    case "constant":
      return plainText(value.value === null ? "None" : printed(value.value));
    case "code":
      if (value.truth === true)
        throw new JinjaProblem(
          "a truth value is printed",
          at,
          "Write what it stands for: CASE WHEN …, or two branches.",
        );
      return `{{${value.code.startsWith("(") ? value.code.slice(1, -1) : value.code}}}`;
  }
}

/** Text in which nothing is a tag. */
export function plainText(value: string): string {
  return value.replaceAll("{{", BRACES);
}

/** The truth of a value: known, or as an argument. */
export function asCondition(value: Rewritten, at: number): boolean | string {
  return value.kind === "constant" ? isTrue(value.value) : asArgument(value, at);
}

/** The finished text of a file: blanks, braces and quotes as they have to be. */
export function finished(rewritten: string): string {
  return rewritten
    .replace(/\s*\uE000/g, "")
    .replace(/\uE001\s*/g, "")
    .replace(/(^|\n)[ \t]*\uE002[ \t\uE002]*(?:\n|$)/g, "$1")
    .replace(/(^|\n)[ \t]*\uE002[ \t\uE002]*(?:\n|$)/g, "$1")
    .replaceAll(GONE, "")
    .replace(/'\uE004([^\uE004]*)\uE004'/g, "$1")
    .replace(/(\\+)\{\{/g, "$1\\{{")
    .replaceAll(BRACES, "\\{{")
    .replace(/^\n+/, "");
}

/** Whether all literals in a text stand between the quotes that they take away. */
export function literalsFit(rewritten: string): boolean {
  return !rewritten.replace(/'\uE004[^\uE004]*\uE004'/g, "").includes(LITERAL);
}

/** Names in double quotes, as standard SQL has them, in MySQL's quotes: there, double quotes hold strings. */
export function withBackticks(sql: string): string {
  return sql.replace(
    /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|\{\{!--[\s\S]*?--\}\}|\{\{[\s\S]*?\}\}|"((?:[^"`]|"")+)"/g,
    (whole, name: string | undefined) => (name === undefined ? whole : `\`${name.replaceAll('""', '"')}\``),
  );
}
