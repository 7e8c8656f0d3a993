import { readFileSync } from "node:fs";
import { join } from "node:path";
import { excerpt, type Location, type SlaError, toSlaErrors } from "../../errors/index.js";
import { colorsFor } from "./style.js";

/** How errors are shown. */
export interface ErrorView {
  projectDir: string;
  debug: boolean;
  /** Where they will be printed, if not on stderr. */
  stream?: NodeJS.WriteStream;
}

/** Errors as text for people: what, where with the line itself, and what to do. */
export function renderErrors(thrown: unknown, options: ErrorView): string {
  const errors = toSlaErrors(thrown);
  const blocks = errors.map((error) => renderError(error, options));
  if (errors.length > 1) blocks.push(`${errors.length} errors.`);
  return `${blocks.join("\n\n")}\n`;
}

/** One error. */
export function renderError(error: SlaError, options: ErrorView): string {
  const { red, bold, cyan, dim } = colorsFor(options.stream ?? process.stderr);
  const lines = [`${red(bold(`Error ${error.code}`))} ${bold(error.title)}`];
  lines.push(indent(sentence(error.message)));
  if (error.location !== undefined) {
    lines.push(`  ${cyan(place(error.location))}`);
    const shown = shownExcerpt(error.location, options.projectDir);
    if (shown !== undefined) lines.push(dim(indent(shown, 4)));
  }
  if (error.hint !== undefined) lines.push(indent(`Hint: ${error.hint}`));
  if (options.debug) {
    lines.push(dim(indent(error.stack ?? "")));
    if (error.cause instanceof Error)
      lines.push(dim(indent(`caused by ${error.cause.stack ?? error.cause.message}`)));
  }
  return lines.join("\n");
}

/** `models/a.sql:3:7`. */
export function place({ path, line, column }: Location): string {
  return [path, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(":");
}

function shownExcerpt(
  { path, line, column, length, text }: Location,
  projectDir: string,
): string | undefined {
  if (line === undefined) return undefined;
  try {
    return excerpt(text ?? readFileSync(join(projectDir, path), "utf8"), line, column, length);
  } catch {
    return undefined; // the file is gone or is no file: the place alone must do
  }
}

/** A capital letter at the start, unless that would change a path or a name. */
function sentence(message: string): string {
  return /^[a-z]+(\s|$)/.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message;
}

function indent(text: string, width = 2): string {
  return text.replace(/^/gm, " ".repeat(width));
}
