import type { Rewriter } from "./rewrite/context.js";
import { type Node, stringValue } from "./tree.js";

/** What the three regular-expression engines (ICU, PCRE, RE2) do not agree on. */
const NOT_PORTABLE: readonly [RegExp, string][] = [
  [/\(\?/, "groups that start with (?"],
  [/\\[1-9]/, "back references"],
  [/[+*?}]\+/, "possessive quantifiers"],
  [/\[\[:[<>]:\]\]/, "[[:<:]]"],
  [
    /\\[^dDwWsSbB.\\+*?^$()[\]{}|/\-"':,;@#%&=!<>~`_ ]/,
    "escapes other than \\d \\w \\s \\b and of punctuation",
  ],
  [/&&|--\[/, "set operations in [ ]"],
];

/** The regular expression, if it is a literal that means the same to all engines. */
export function portablePattern(node: Node, rewriter: Rewriter): string | undefined {
  const pattern = stringValue(node);
  if (pattern === undefined) {
    rewriter.refuse("a regular expression must be a string", "Write the pattern itself, or use LIKE.", node);
    return undefined;
  }
  const culprit = NOT_PORTABLE.find(([sign]) => sign.test(pattern));
  if (culprit === undefined) return pattern;
  rewriter.refuse(
    `the regular expression '${pattern}' has ${culprit[1]}, which the engines read differently`,
    "Write a simpler pattern, or use LIKE and SUBSTRING_INDEX.",
    node,
  );
  return undefined;
}

/** The pattern for DuckDB: without regard to case, as MySQL's collation has it. */
export function encodePattern(pattern: string): string {
  return `(?i)${pattern}`;
}
