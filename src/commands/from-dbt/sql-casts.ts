import { castType } from "./sql-types.js";

const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|\{\{!--[\s\S]*?--\}\}|\{\{[\s\S]*?\}\}|'(?:[^']|'')*'|`[^`]*`|[A-Za-z_]\w*|\d+(?:\.\d+)?|::|[\s\S]/g;

const WORDS = new Set(
  "and or not in as on when then else case select where by having between like is union all from join".split(
    " ",
  ),
);
const LONG_TYPES: Record<string, string> = {
  "double precision": "double",
  "character varying": "varchar",
  "timestamp without time zone": "timestamp",
};

const isBlank = (token: string): boolean => /^(?:\s|--|\/\*|\{\{!--)/.test(token);
/** Whether a token can be the whole of what is cast, or the end of it. */
const isOperand = (token: string): boolean =>
  /^(?:'|`|\{\{(?![#/~]|else)|\d)/.test(token) ||
  (/^[A-Za-z_]/.test(token) && !WORDS.has(token.toLowerCase()));

/** `x::type` as CAST(x AS type), where the type has a counterpart; what has none stays, and the check of the SQL finds it. */
export function withCasts(sql: string): string {
  const tokens: string[] = [...(sql.match(TOKEN) ?? [])];
  for (let at = tokens.indexOf("::"); at !== -1; at = tokens.indexOf("::", at + 1)) {
    const start = operandStart(tokens, at);
    const type = typeAfter(tokens, at + 1);
    if (start === undefined || type === undefined) continue;
    const cast = `CAST(${tokens.slice(start, at).join("")} AS ${type.text})`;
    tokens.splice(start, type.end - start, ...(cast.match(TOKEN) ?? []));
    // A cast of this cast comes next.
    at = start;
  }
  return tokens.join("");
}

function operandStart(tokens: readonly string[], at: number): number | undefined {
  let start = at - 1;
  if (tokens[start] === ")") {
    for (let depth = 0; start >= 0; start--) {
      if (tokens[start] === ")") depth += 1;
      else if (tokens[start] === "(") depth -= 1;
      if (depth === 0) break;
    }
    if (start < 0) return undefined;
    if (start > 0 && /^[A-Za-z_]/.test(tokens[start - 1]!) && !WORDS.has(tokens[start - 1]!.toLowerCase()))
      start -= 1;
  } else if (tokens[start] === undefined || !isOperand(tokens[start]!)) return undefined;
  // Parts of one name: a.b, or text beside a tag.
  while (
    start > 0 &&
    (tokens[start - 1] === "." ||
      tokens[start] === "." ||
      (isOperand(tokens[start - 1]!) && !isBlank(tokens[start - 1]!)))
  )
    start -= 1;
  // An operator before it would bind more loosely, a window after it more tightly: only the plain case is sure.
  return /^over$/i.test(tokens[start - 2] ?? "") ? undefined : start;
}

function typeAfter(tokens: readonly string[], first: number): { text: string; end: number } | undefined {
  let end = first;
  while (end < tokens.length && isBlank(tokens[end]!)) end += 1;
  for (const [long, short] of Object.entries(LONG_TYPES)) {
    const words = tokens.slice(end, end + long.split(" ").length * 2 - 1);
    if (words.join("").toLowerCase().replace(/\s+/g, " ") === long)
      return { text: castType(short)!, end: end + words.length };
  }
  const name = tokens[end];
  if (name === undefined || !/^[A-Za-z_]/.test(name)) return undefined;
  end += 1;
  if (tokens[end] === "[") return undefined;
  if (tokens[end] !== "(") return plainType(name, end);
  const close = tokens.indexOf(")", end);
  return plainType(tokens.slice(end - 1, close + 1).join(""), close + 1);
}

function plainType(type: string, end: number): { text: string; end: number } | undefined {
  const text = castType(type);
  return text === undefined ? undefined : { text, end };
}
