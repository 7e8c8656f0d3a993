import { fitIdentifier } from "../manifest/index.js";
import type { PlacedText, Stretch } from "./marks.js";
import { quoteName } from "./mysql-text.js";

/** What the name is made of. */
interface Ephemeral {
  name: string;
  package_name: string;
  package_path?: string;
}

/** The name under which the text of an ephemeral model stands in the statements that read it. */
export function ephemeralName(node: Ephemeral): string {
  return quoteName(ephemeralCte(node));
}

/** The same, not quoted. */
export function ephemeralCte({ name, package_name, package_path }: Ephemeral): string {
  // Two packages may have models of one name.
  return fitIdentifier(`__sla__cte__${package_path === undefined ? name : `${package_name}__${name}`}`);
}

/** One ephemeral model as part of a statement. */
export interface Cte {
  name: string;
  body: PlacedText;
}

/** White space and comments, then WITH, and perhaps RECURSIVE. */
const WITH = /^(?:\s+|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*(WITH\b(?:\s+RECURSIVE\b)?)?/i;

/** Puts CTEs in front of a query, or in front of its own. */
export function injectCtes(query: PlacedText, ctes: readonly Cte[]): PlacedText {
  if (ctes.length === 0) return query;
  const [lead, keyword] = WITH.exec(query.text) as unknown as [string, string | undefined];
  const out = new PlacedBuilder();
  if (keyword === undefined) {
    out.add("WITH ", ctes[0]!.body);
    addAll(out, ctes);
    out.add("\n", ctes.at(-1)!.body);
    out.append(query, 0, query.text.length);
  } else {
    out.append(query, 0, lead.length);
    out.add(" ", ctes[0]!.body);
    addAll(out, ctes);
    out.add(",", ctes.at(-1)!.body);
    out.append(query, lead.length, query.text.length);
  }
  return out.done();
}

function addAll(out: PlacedBuilder, ctes: readonly Cte[]): void {
  for (const [at, { name, body }] of ctes.entries()) {
    out.add(`${at === 0 ? "" : ", "}${name} AS (\n`, body);
    out.append(body, 0, body.text.length);
    // On a line of its own: the text may end with a comment.
    out.add("\n)", body);
  }
}

/** Joins placed texts. */
class PlacedBuilder {
  #text = "";
  readonly #stretches: Stretch[] = [];

  /** Our own words, which belong to the start of a text. */
  add(words: string, near: PlacedText): void {
    const first = near.stretches[0];
    if (first !== undefined) this.#stretches.push({ ...first, verbatim: false, start: this.#text.length });
    this.#text += words;
  }

  append({ text, stretches }: PlacedText, from: number, to: number): void {
    const shift = this.#text.length - from;
    for (const [at, stretch] of stretches.entries()) {
      const end = stretches[at + 1]?.start ?? text.length;
      if (end <= from || stretch.start >= to) continue;
      const cut = Math.max(0, from - stretch.start);
      const offset = stretch.verbatim ? stretch.offset + cut : stretch.offset;
      this.#stretches.push({ ...stretch, offset, start: stretch.start + cut + shift });
    }
    this.#text += text.slice(from, to);
  }

  done(): PlacedText {
    return { text: this.#text, stretches: this.#stretches };
  }
}
