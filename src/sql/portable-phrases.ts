import type { Token } from "./lexer.js";
import {
  NO_SPACE_BEFORE_PARENTHESIS,
  REFUSED_OPERATORS,
  REFUSED_UNITS,
  REFUSED_WORDS,
  type Refusal,
} from "./not-portable.js";
import type { Problem } from "./problem.js";
import { GRAMMAR_WORDS, RESERVED_WORDS } from "./reserved-words.js";

/** What is refused, or plainly wrong, by a token and its neighbours. */
export function checkInPlace(tokens: readonly Token[], at: number): Problem[] {
  const token = tokens[at]!;
  const previous = tokens[at - 1];
  const next = tokens[at + 1];
  if (token.type === "operator") return checkOperator(token, next);
  if (token.type === "string") return checkString(token, previous);
  if (token.type === "word" && previous?.text !== ".") return checkWord(token, previous, next);
  return [];
}

function checkOperator(token: Token, next: Token | undefined): Problem[] {
  if (token.text === ";") {
    const hint = "Remove it: a model is one SELECT, and sla ends the statement.";
    return [problem("SLA301", token, "a statement ends here", hint)];
  }
  if (token.text === "," && (next === undefined || next.text === ")" || CLAUSES.has(next.upper))) {
    return [
      problem("SLA301", token, "nothing follows this comma", "Remove the comma, or add what is missing."),
    ];
  }
  const refusal = REFUSED_OPERATORS[token.text];
  return refusal === undefined ? [] : [refused(token, refusal)];
}

const CLAUSES: ReadonlySet<string> = new Set(
  "EXCEPT FROM GROUP HAVING INTERSECT LIMIT ORDER UNION WHERE WINDOW".split(" "),
);

function checkString(token: Token, previous: Token | undefined): Problem[] {
  if (previous === undefined) return [];
  const at = { ...token, start: previous.start };
  if (previous.type === "string") {
    return [problem("SLA303", at, "strings side by side are not portable", "Write one string, or CONCAT.")];
  }
  if (previous.type === "word" && (previous.end === token.start || previous.text.startsWith("_"))) {
    if (GRAMMAR_WORDS.has(previous.upper)) return [];
    const message = `${previous.text}'…' is a string with a character set, or in hexadecimal`;
    return [problem("SLA303", at, message, "Write a plain string: all text is utf8mb4.")];
  }
  if (previous.upper === "AS" || previous.type === "name") {
    return [problem("SLA303", token, "a string stands in the place of a name", "Write names as `x`.")];
  }
  return [];
}

function checkWord(token: Token, previous: Token | undefined, next: Token | undefined): Problem[] {
  const word = token.upper;
  const called = next?.text === "(";
  if (word === "FOR" && (next?.upper === "UPDATE" || next?.upper === "SHARE")) {
    return [problem("SLA303", token, "a model takes no locks", `Remove FOR ${next.upper}.`)];
  }
  if ((word === "USE" || word === "IGNORE") && (next?.upper === "INDEX" || next?.upper === "KEY")) {
    return [refused(token, REFUSED_WORDS.FORCE!)];
  }
  if (called && NO_SPACE_BEFORE_PARENTHESIS.has(word) && next.start !== token.end) {
    const message = `a space stands between ${token.text} and its parenthesis: MySQL then takes it for a name`;
    return [problem("SLA301", token, message, `Write ${token.text}( without the space.`)];
  }
  const unit = REFUSED_UNITS[word];
  if (unit !== undefined && !(word === "YEAR_MONTH" && next?.upper === "FROM")) return [refused(token, unit)];
  const refusal = REFUSED_WORDS[word];
  if (refusal !== undefined && !isJoinless(word, next)) return [refused(token, refusal)];
  if (!called && RESERVED_WORDS.has(word) && previous?.upper !== "FORCE" && previous?.upper !== "FOR") {
    const message = `${token.text} is a reserved word of MySQL or MariaDB`;
    return [problem("SLA303", token, message, `As a name, write \`${token.text}\` in backticks.`)];
  }
  return [];
}

/** FULL and VALUES are refused as what they introduce, not as names. */
function isJoinless(word: string, next: Token | undefined): boolean {
  if (word === "GROUPS")
    return next?.type !== "number" && !/^(BETWEEN|UNBOUNDED|CURRENT)$/.test(next?.upper ?? "");
  if (word === "FULL") return next?.upper !== "JOIN" && next?.upper !== "OUTER";
  if (word === "VALUES") return next?.text !== "(" && next?.upper !== "ROW";
  if (word === "ROW") return next?.text !== "(";
  if (word === "MEMBER") return next?.upper !== "OF";
  if (word === "SOUNDS") return next?.upper !== "LIKE";
  return false;
}

function refused(token: Token, refusal: Refusal): Problem {
  return problem("SLA303", token, refusal.message, refusal.hint);
}

function problem(code: Problem["code"], token: Token, message: string, hint: string): Problem {
  return { code, message, hint, start: token.start, end: token.end };
}
