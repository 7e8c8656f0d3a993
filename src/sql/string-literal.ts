const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  b: "\b",
  n: "\n",
  r: "\r",
  t: "\t",
  Z: "\x1a",
};

/** The value of a string literal of MySQL, quotes included. `\%` and `\_` keep their backslash: they are for LIKE. */
export function decodeString(literal: string): string {
  return literal.slice(1, -1).replace(/\\([\s\S])|''/g, (written, char: string | undefined) => {
    if (char === undefined) return "'";
    return char === "%" || char === "_" ? written : (ESCAPES[char] ?? char);
  });
}

/** The literal that the parser, reading MySQL, takes for this value. */
export function encodeString(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
