import { SlaError } from "../../errors/index.js";
import type { Value } from "../adapter.js";
import { literal } from "./dialect.js";

/** Strings, quoted names and comments of MySQL's SQL, where a question mark is no parameter; else one question mark. */
const TOKENS =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`|--[ \t\r\n][^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|\?/g;

/** Puts literals in the place of `?`: one round trip, where a prepared statement takes two. */
export function bindParameters(sql: string, parameters: readonly Value[]): string {
  let next = 0;
  const bound = sql.replace(TOKENS, (token) => {
    if (token !== "?") return token;
    const value = parameters[next++];
    return value === undefined ? token : literal(value);
  });
  if (next !== parameters.length) {
    throw new SlaError({
      code: "SLA901",
      message: `the query has ${next} parameters, ${parameters.length} values were given`,
    });
  }
  return bound;
}
