/** Text of values as Python prints them: dbt hashes such text into the ids of generic tests. */

/** Python's `str` of a YAML scalar. */
export function pythonString(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  return String(value);
}

/** Python's `repr` of data whose mappings are sorted by key and whose scalars are turned into strings. */
export function pythonRepr(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, inner]) => `${quote(key)}: ${pythonRepr(inner)}`).join(", ")}}`;
  }
  return quote(pythonString(value));
}

const SPECIAL = /[\\']|\p{Cc}/u;

function quote(text: string): string {
  if (!SPECIAL.test(text)) return `'${text}'`;
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\']|\p{Cc}/gu, (character) => {
    if (character === "'") return mark === "'" ? "\\'" : "'";
    const short = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
    return short ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return mark + escaped + mark;
}
