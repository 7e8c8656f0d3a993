import { didYouMean } from "../errors/index.js";
import type { Parsed } from "./polyglot.js";
import type { Prepared } from "./prepare.js";
import type { Problem } from "./problem.js";

const CLAUSE_WORDS = "SELECT FROM WHERE GROUP ORDER HAVING LIMIT JOIN UNION DISTINCT BETWEEN".split(" ");

/** The parser's complaint in terms of the text that the author wrote. */
export function describeSyntaxError(
  failed: Parsed & { ok: false },
  prepared: Prepared,
  sql: string,
): Problem {
  if (/E_GUARD|call stack/i.test(failed.message)) {
    return tooDeep(failed.start === undefined ? 0 : prepared.map.sourceOffset(failed.start), sql);
  }
  const { tokens, map } = prepared;
  const offset = failed.start === undefined ? sql.length : map.sourceOffset(failed.start);
  const at = tokens.findIndex(({ end }) => end > offset);
  const token = tokens[at];
  if (token === undefined) {
    const last = tokens.at(-1);
    const unclosed =
      tokens.filter(({ text }) => text === "(").length - tokens.filter(({ text }) => text === ")").length;
    const hint =
      unclosed > 0
        ? `${unclosed} opening parenthes${unclosed === 1 ? "is is" : "es are"} not closed.`
        : undefined;
    const message =
      last === undefined
        ? "there is no SELECT"
        : `the text ends after ${quote(last.text)}, something is missing`;
    return { code: "SLA301", message, hint, start: last?.start ?? 0, end: last?.end ?? 0 };
  }
  const previous = tokens[at - 1];
  const misspelt = [token, previous]
    .filter((word) => word?.type === "word" && !CLAUSE_WORDS.includes(word.upper))
    .map((word) => didYouMean(word!.text, CLAUSE_WORDS))
    .find((hint) => hint !== undefined);
  return {
    code: "SLA301",
    message: `${quote(token.text)} is not expected here${previous === undefined ? "" : `, after ${quote(previous.text)}`}`,
    hint: misspelt ?? "Look for a missing comma, keyword or parenthesis before it.",
    start: token.start,
    end: token.end,
  };
}

/** The parser's and the generator's limits: 32 levels of parentheses and subqueries, 512 terms in a chain. */
function tooDeep(start: number, sql: string): Problem {
  return {
    code: "SLA304",
    message:
      "the query is nested too deeply to be translated: 30 levels of parentheses, 500 terms in a chain",
    hint: "Move inner parts to CTEs, or write chains of OR as IN (…).",
    start: Math.min(start, Math.max(0, sql.length - 1)),
    end: start + 1,
  };
}

function quote(text: string): string {
  return `"${text.length > 30 ? `${text.slice(0, 29)}…` : text}"`;
}
