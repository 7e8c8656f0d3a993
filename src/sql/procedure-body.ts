import { type Token, tokenize } from "./lexer.js";
import { type Problem, toErrors } from "./problem.js";
import { type BodyStatement, StatementReader } from "./procedure-statement.js";
import { Refused } from "./statement-tokens.js";

/** The statements of a procedure's body that every engine can run; throws SLA303 for each that not every one can. */
export function readBody(body: string): BodyStatement[] {
  const { tokens: all, error } = tokenize(body);
  if (error !== undefined)
    throw toErrors(body, [{ code: "SLA301", hint: "Close it; a quote inside is doubled.", ...error }])[0]!;
  const problems: Problem[] = [];
  const statements = split(outermost(all.filter(({ type }) => type !== "comment")));
  const read = statements.flatMap((tokens) => {
    try {
      return [new StatementReader(body, tokens).read()];
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      problems.push(thrown.problem);
      return [];
    }
  });
  const errors = toErrors(body, problems);
  if (errors.length > 0) throw errors[0]!;
  return read;
}

/** The tokens between BEGIN and END; a body may as well be one statement. */
function outermost(tokens: readonly Token[]): readonly Token[] {
  const labelled = tokens[1]?.text === ":" ? 2 : 0;
  if (tokens[labelled]?.upper !== "BEGIN") return tokens;
  const end = tokens.findLastIndex(({ upper }) => upper === "END");
  return tokens.slice(labelled + 1, end === -1 ? tokens.length : end);
}

function split(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === ";" && token.type === "operator") statements.push([]);
    else statements.at(-1)!.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}
