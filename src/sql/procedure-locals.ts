import { type Token, tokenize } from "./lexer.js";
import { type Problem, toErrors } from "./problem.js";
import { GRAMMAR_WORDS, RESERVED_WORDS } from "./reserved-words.js";
import { nameOf, type Span } from "./statement-tokens.js";

/** A part of a body in which parameters and variables have become their values. */
export interface Substituted {
  text: string;
  /** Where in the body a character of the text stands. */
  offset(at: number): number;
}

/**
 * Puts values in the place of parameters and variables, as MySQL does: a bare name is theirs before it is a column's. A name with a
 * qualifier, behind AS or in front of a parenthesis is none of them.
 */
export function substitute(body: string, span: Span, values: ReadonlyMap<string, string>): Substituted {
  const { tokens: all } = tokenize(body.slice(span.start, span.end));
  const tokens = all.filter(({ type }) => type !== "comment");
  const pieces: { at: number; from: number; verbatim: boolean }[] = [
    { at: 0, from: span.start, verbatim: true },
  ];
  const problems: Problem[] = [];
  let text = "";
  let copied = 0;
  for (const [index, token] of tokens.entries()) {
    const value = valueAt(tokens, index, values);
    if (value === undefined) continue;
    if (isAlias(tokens[index - 1])) {
      problems.push({
        code: "SLA303",
        message: `"${nameOf(token)}" is a parameter or variable of the procedure, and stands where a name is given`,
        hint: `Write AS ${nameOf(token)}, or call one of the two otherwise.`,
        start: span.start + token.start,
        end: span.start + token.end,
      });
      continue;
    }
    text += body.slice(span.start + copied, span.start + token.start);
    pieces.push({ at: text.length, from: span.start + token.start, verbatim: false });
    text += value;
    copied = token.end;
    pieces.push({ at: text.length, from: span.start + token.end, verbatim: true });
  }
  if (problems.length > 0) throw toErrors(body, problems)[0]!;
  text += body.slice(span.start + copied, span.end);
  return {
    text,
    offset(at) {
      const piece = pieces.findLast((candidate) => candidate.at <= at)!;
      return piece.verbatim ? Math.min(piece.from + at - piece.at, span.end) : piece.from;
    },
  };
}

function valueAt(
  tokens: readonly Token[],
  index: number,
  values: ReadonlyMap<string, string>,
): string | undefined {
  const token = tokens[index]!;
  if (token.type !== "word" && token.type !== "name") return undefined;
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  if (before?.text === "." || after?.text === "." || before?.upper === "AS") return undefined;
  if (after?.text === "(" && token.type === "word") return undefined;
  return values.get(nameOf(token).toLowerCase());
}

/** Whether what comes before ends an expression or names a table: what follows it then is an alias. */
function isAlias(before: Token | undefined): boolean {
  if (before === undefined) return false;
  if (before.type === "word") return !GRAMMAR_WORDS.has(before.upper) && !RESERVED_WORDS.has(before.upper);
  return before.type !== "operator" || before.text === ")";
}
