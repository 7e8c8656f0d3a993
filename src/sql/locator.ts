import type { Token } from "./lexer.js";
import { type Prepared, writtenCall } from "./prepare.js";
import { decodeString } from "./string-literal.js";
import { type Fields, fieldsOf, type Node, typeOf } from "./tree.js";

/**
 * Finds what a node was in the author's text. The parser knows the places of names only; calls are known by the name they were
 * given, literals are looked up, and what has nothing of the kind in it is where the last thing was found.
 */
export class Locator {
  readonly #prepared: Prepared;
  #last = 0;

  constructor(prepared: Prepared) {
    this.#prepared = prepared;
  }

  /** Where a node starts. */
  find(node: Node): { start: number; end: number } {
    const { tokens } = this.#prepared;
    const called =
      typeOf(node) === "function" ? writtenCall(this.#prepared, String(fieldsOf(node).name)) : undefined;
    const start = called?.token.start ?? this.#first(node) ?? this.#literal(node) ?? this.#last;
    this.#last = start;
    return called?.token ?? tokens.find(({ end }) => end > start) ?? { start, end: start + 1 };
  }

  /** The first name or call anywhere in a tree. */
  #first(tree: unknown): number | undefined {
    if (tree === null || typeof tree !== "object") return undefined;
    let first: number | undefined;
    const consider = (found: number | undefined): void => {
      if (found !== undefined && (first === undefined || found < first)) first = found;
    };
    const { span, name } = tree as { span?: { start?: number } | null; name?: unknown };
    if (typeof span?.start === "number") consider(this.#prepared.map.sourceOffset(span.start));
    if (typeof name === "string") consider(writtenCall(this.#prepared, name)?.token.start);
    for (const value of Object.values(tree)) consider(this.#first(value));
    return first;
  }

  /** The first token from the last place on that is the first literal of a tree. */
  #literal(tree: unknown): number | undefined {
    const literal = firstLiteral(tree);
    if (literal === undefined) return undefined;
    const matches = (token: Token): boolean =>
      literal.literal_type === "number"
        ? token.text === literal.value
        : token.type === "string" && decodeString(token.text) === literal.value;
    const { tokens } = this.#prepared;
    const found = tokens.find((token) => token.start >= this.#last && matches(token)) ?? tokens.find(matches);
    return found?.start;
  }
}

function firstLiteral(tree: unknown): Fields | undefined {
  if (tree === null || typeof tree !== "object") return undefined;
  if ("literal_type" in tree) return tree as Fields;
  for (const value of Object.values(tree)) {
    const found = firstLiteral(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
