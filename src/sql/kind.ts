/**
 * What is known of an expression's type without knowing any table. Columns are `unknown`. Of `ratio` (an exact number with the
 * digits of a division) and `number` (exact or approximate, nobody knows) the value is portable, the text is not.
 */
export type Kind =
  | "boolean"
  | "integer"
  | "decimal"
  | "number"
  | "ratio"
  | "double"
  | "text"
  | "date"
  | "datetime"
  | "json"
  | "null"
  | "unknown";

/** Whether a kind is a number for sure. */
export function isNumeric(kind: Kind): boolean {
  return (
    kind === "boolean" ||
    kind === "integer" ||
    kind === "decimal" ||
    kind === "number" ||
    kind === "ratio" ||
    kind === "double"
  );
}

/** Whether a kind is a date or a date-time for sure. */
export function isTemporal(kind: Kind): boolean {
  return kind === "date" || kind === "datetime";
}

/** The kind of an expression that is one of these: a CASE, a COALESCE, a set of columns. */
export function commonKind(kinds: readonly Kind[]): Kind {
  const known = kinds.filter((kind) => kind !== "null");
  if (known.length === 0) return "null";
  const [one, ...others] = known as [Kind, ...Kind[]];
  if (others.every((kind) => kind === one)) return one;
  if (known.every(isNumeric)) return widest(known);
  if (known.every(isTemporal)) return "datetime";
  return "unknown";
}

/** The kind of an arithmetic expression. */
export function arithmeticKind(left: Kind, right: Kind): Kind {
  if (left === "unknown" || right === "unknown") {
    const known = left === "unknown" ? right : left;
    return known === "double" || known === "ratio" ? known : "unknown";
  }
  return widest([left, right]);
}

const WIDTH: readonly Kind[] = ["null", "boolean", "integer", "decimal", "number", "ratio", "double"];

function widest(kinds: readonly Kind[]): Kind {
  const width = Math.max(...kinds.map((kind) => WIDTH.indexOf(kind)));
  if (width < 0) return "unknown";
  return WIDTH[Math.max(width, WIDTH.indexOf("integer"))] ?? "unknown";
}
