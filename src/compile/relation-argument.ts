/** A reference as it stands in the arguments of a test. */
export type RelationArgument =
  | { kind: "ref"; package: string | null; name: string }
  | { kind: "source"; source: string; table: string };

const CALL =
  /^\s*(?:\{\{\s*)?(ref|source)\s*(?:\(\s*)?(['"])(.*?)\2(?:\s*,?\s*(['"])(.*?)\4)?\s*\)?(?:\s*\}\})?\s*$/;

/** Reads `ref('x')`, `ref "x"`, `source('s', 't')`; undefined for what is neither. */
export function parseRelationArgument(text: string): RelationArgument | undefined {
  const match = CALL.exec(text);
  if (match === null) return undefined;
  const [, kind, , first, , second] = match;
  if (kind === "ref") return { kind, package: second === undefined ? null : first!, name: second ?? first! };
  return second === undefined ? undefined : { kind: "source", source: first!, table: second };
}
