import type { Token } from "./lexer.js";
import type { Problem } from "./problem.js";

/** What is wrong with the statement as a whole: not a SELECT, parentheses that do not pair. */
export function checkShape(tokens: readonly Token[]): Problem[] {
  const [first] = tokens;
  if (first !== undefined && !/^(SELECT|WITH|\()$/.test(first.upper) && OTHER_STATEMENTS.has(first.upper)) {
    const hint =
      "A model is one SELECT, with or without WITH; what is done with its rows is its materialization.";
    return [problem(first, `${first.text} is no SELECT`, hint)];
  }
  return checkParentheses(tokens);
}

const OTHER_STATEMENTS: ReadonlySet<string> = new Set(
  `ALTER ANALYZE BEGIN CALL COMMIT CREATE DELETE DESC DESCRIBE DO DROP EXECUTE EXPLAIN GRANT HANDLER INSERT KILL LOAD LOCK MERGE
  OPTIMIZE PREPARE RENAME REPLACE REVOKE ROLLBACK SET SHOW START TABLE TRUNCATE UNLOCK UPDATE USE VALUES`.split(
    /\s+/,
  ),
);

function checkParentheses(tokens: readonly Token[]): Problem[] {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.type !== "operator") continue;
    if (token.text === "(") open.push(token);
    if (token.text === ")" && open.pop() === undefined) {
      return [problem(token, "this parenthesis closes nothing", "Remove it, or open it before.")];
    }
  }
  const unclosed = open.at(-1);
  return unclosed === undefined
    ? []
    : [problem(unclosed, "this parenthesis is not closed", "Close it with ).")];
}

function problem(token: Token, message: string, hint: string): Problem {
  return { code: "SLA301", message, hint, start: token.start, end: token.end };
}
