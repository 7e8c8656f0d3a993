import type { Token } from "./lexer.js";
import type { Problem } from "./problem.js";

/** What is refused by the look of a single token. */
export function checkToken(token: Token): Problem[] {
  const { start, end } = token;
  const refuse = (message: string, hint: string): Problem[] => [
    { code: "SLA303", message, hint, start, end },
  ];
  switch (token.type) {
    case "quoted":
      return refuse(
        `${shorten(token.text)} is a string or a name, depending on sql_mode`,
        "Write strings as 'x' and names as `x`.",
      );
    case "hint":
      return refuse(
        "version comments and optimizer hints mean different things to each engine",
        "Remove it.",
      );
    case "comment":
      return token.text.startsWith("#")
        ? refuse("# comments are MySQL's alone", "Start the comment with -- and a space.")
        : [];
    case "number":
      return /^0[xb]/i.test(token.text)
        ? refuse(`${token.text} is a binary string in MySQL`, "Write a decimal number.")
        : [];
    default:
      return [];
  }
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}
