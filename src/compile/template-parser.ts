import { createRequire } from "node:module";
import type {} from "handlebars";
import { type Location, positionAt, SlaError } from "../errors/index.js";

/** A text file of the project with its path, for positions. */
export interface TemplateText {
  path: string;
  text: string;
  /** Whether the text stands in no file: then places in it carry the text itself. */
  isInline?: boolean;
}

/** The parsed form of a template. */
export type Program = hbs.AST.Program;

interface HandlebarsParser {
  parse(text: string): Program;
  parser: { lexer: { match: string; matched: string } };
}

const require = createRequire(import.meta.url);
/** Only Handlebars' parser: reading a project needs neither its code generator nor its runtime. */
const parserModule = (): HandlebarsParser => require("handlebars/dist/cjs/handlebars/compiler/base.js");

/** Stands before a position mark while a template is rendered: a noncharacter of Unicode, as the one after it. */
export const MARK_OPEN = "\uFDD0";
/** Stands after a position mark. */
export const MARK_CLOSE = "\uFDD1";

/** Parses a template; SLA201 with its place if it is broken. */
export function parseTemplate(file: TemplateText): Program {
  const { parse, parser } = parserModule();
  const mark = file.text.search(/[\uFDD0\uFDD1]/);
  if (mark !== -1)
    throw syntaxError(file, mark, "the noncharacters U+FDD0 and U+FDD1 cannot be used in a template");
  try {
    return parse(file.text);
  } catch (thrown) {
    throw explain(file, thrown as ParseFailure, parser.lexer);
  }
}

/** Where a node of the tree stands. */
export function locationOf(file: TemplateText, loc: hbs.AST.SourceLocation): Location {
  const { line, column } = loc.start;
  const length = loc.end.line === line ? loc.end.column - column : undefined;
  return { path: file.path, line, column: column + 1, ...(length !== undefined && length > 0 && { length }) };
}

interface ParseFailure extends Error {
  lineNumber?: number;
  column?: number;
}

function explain(
  file: TemplateText,
  failure: ParseFailure,
  lexer: { match: string; matched: string },
): SlaError {
  if (failure.lineNumber !== undefined) {
    const mismatch = /^(\S+) doesn't match (\S+)/.exec(failure.message);
    const message = mismatch
      ? `{{#${mismatch[1]}}} is closed by {{/${mismatch[2]}}}`
      : failure.message.replace(/ - \d+:\d+$/, "");
    return new SlaError({
      code: "SLA201",
      message,
      hint: mismatch ? `Close it with {{/${mismatch[1]}}}.` : undefined,
      location: { path: file.path, line: failure.lineNumber, column: (failure.column ?? 0) + 1 },
    });
  }
  const got = /got '(\w+)'/.exec(failure.message)?.[1];
  const offset = lexer.matched.length - lexer.match.length;
  const open = openTag(file.text, offset);
  if (open !== undefined) return syntaxError(file, open, "this tag is never closed", "Close it with }}.");
  if (got === "EOF") return unclosedBlock(file);
  if (got === "OPEN_ENDBLOCK") return syntaxError(file, offset, "this closes a block that was never opened");
  if (got === "INVERSE" || got === "OPEN_INVERSE_CHAIN") {
    return syntaxError(file, offset, `${lexer.match.trim()} stands outside of a block`);
  }
  if (/^["']$/.test(lexer.match))
    return syntaxError(file, offset, "a quote is never closed", "Close it before }}.");
  if (got === "CLOSE" || got === "CLOSE_UNESCAPED") {
    return syntaxError(
      file,
      offset,
      `the tag ends before it is complete`,
      "Is a name or a closing parenthesis missing?",
    );
  }
  const hint = lexer.match === "," ? "Arguments are separated by blanks, without commas." : undefined;
  return syntaxError(
    file,
    offset,
    `unexpected ${JSON.stringify(lexer.match || file.text[offset] || "end")} in a template tag`,
    hint,
  );
}

function syntaxError(file: TemplateText, offset: number, message: string, hint?: string): SlaError {
  const location = { path: file.path, ...positionAt(file.text, offset) };
  return new SlaError({ code: "SLA201", message, hint, location });
}

/** The start of the tag before `offset`, if it does not end before the next one starts. */
function openTag(text: string, offset: number): number | undefined {
  const open = text.lastIndexOf("{{", Math.max(0, offset - 1));
  if (open === -1) return undefined;
  const close = text.indexOf("}}", open);
  const next = text.indexOf("{{", open + 2);
  return close === -1 || (next !== -1 && next < close) ? open : undefined;
}

function unclosedBlock(file: TemplateText): SlaError {
  const open: { name: string; offset: number }[] = [];
  for (const match of file.text.matchAll(/\{\{~?([#/])\s*([\w.-]+)/g)) {
    if (match[1] === "#") open.push({ name: match[2]!, offset: match.index });
    else open.pop();
  }
  const block = open.at(-1);
  if (block === undefined) return syntaxError(file, file.text.length, "the template ends too early");
  return syntaxError(
    file,
    block.offset,
    `{{#${block.name}}} is never closed`,
    `Close it with {{/${block.name}}}.`,
  );
}
