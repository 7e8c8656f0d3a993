import { type Location, positionAt } from "../errors/index.js";
import { MARK_CLOSE, MARK_OPEN, type Program, type TemplateText } from "./template-parser.js";
import { walkTemplate } from "./template-walk.js";

/** A place in a file of the project. */
export interface Place {
  file: TemplateText;
  offset: number;
  /** Whether the text that follows is the file's own, character by character; else all of it belongs to `offset`. */
  verbatim: boolean;
}

/** A stretch of rendered text and where it comes from; it ends where the next one starts. */
export interface Stretch extends Place {
  start: number;
}

/** Text with the place of each of its characters. */
export interface PlacedText {
  text: string;
  stretches: Stretch[];
}

const MARK = new RegExp(`${MARK_OPEN}(\\d+)${MARK_CLOSE}`, "g");

/**
 * Keeps track of where rendered text comes from: marks are put into the template's tree before it is compiled, are
 * rendered with it, and are taken out again.
 */
export class Marks {
  readonly #places: Place[] = [];

  /** Puts a mark before each piece of text and each tag of a template. */
  insert(program: Program, file: TemplateText): void {
    const lines = lineStarts(file.text);
    const offsetOf = (position: hbs.AST.Position) => lines[position.line - 1]! + position.column;
    walkTemplate(program, {
      program: (inner) => {
        inner.body = inner.body.flatMap((statement) => {
          if (statement.type === "ContentStatement") {
            const content = statement as unknown as { value: string; original: string };
            if (content.value === "") return [statement];
            const cut = Math.max(0, content.original.indexOf(content.value));
            return [
              this.#mark({ file, offset: offsetOf(statement.loc.start) + cut, verbatim: true }),
              statement,
            ];
          }
          if (statement.type !== "MustacheStatement") return [statement];
          return [this.#mark({ file, offset: offsetOf(statement.loc.start), verbatim: false }), statement];
        });
      },
    });
  }

  /** Takes the marks out of rendered text. */
  extract(rendered: string): PlacedText {
    const stretches: Stretch[] = [];
    let text = "";
    let from = 0;
    for (const match of rendered.matchAll(MARK)) {
      text += rendered.slice(from, match.index);
      from = match.index + match[0].length;
      const stretch = { ...this.#places[Number(match[1])]!, start: text.length };
      // Of two marks without text between them only the last one counts.
      if (stretches.at(-1)?.start === stretch.start) stretches.pop();
      stretches.push(stretch);
    }
    return { text: text + rendered.slice(from), stretches };
  }

  #mark(place: Place): hbs.AST.Statement {
    const value = `${MARK_OPEN}${this.#places.push(place) - 1}${MARK_CLOSE}`;
    const start = { line: 1, column: 0 };
    return {
      type: "ContentStatement",
      value,
      original: value,
      loc: { source: "", start, end: start },
    } as unknown as hbs.AST.Statement;
  }
}

/** A value without the marks in it, for code that looks at values. */
export function withoutMarks(value: unknown): unknown {
  if (typeof value === "string") return value.includes(MARK_OPEN) ? value.replace(MARK, "") : value;
  return Array.isArray(value) ? value.map(withoutMarks) : value;
}

/** Where a character of placed text comes from. */
export function locateIn({ text: whole, stretches }: PlacedText, offset: number): Location | undefined {
  const at = Math.max(0, Math.min(offset, whole.length));
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stretches[middle]!.start <= at) low = middle;
    else high = middle - 1;
  }
  const stretch = stretches[low];
  if (stretch === undefined) return undefined;
  const inFile = stretch.verbatim
    ? Math.min(stretch.offset + Math.max(0, at - stretch.start), stretch.file.text.length)
    : stretch.offset;
  const { path, text, isInline } = stretch.file;
  // Text that stands in no file is shown from itself.
  return { path, ...positionAt(text, inFile), ...(isInline && { text }) };
}

/** Offsets at which the lines of a text start, as Handlebars counts lines. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}
