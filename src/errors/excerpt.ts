/** The offending line of `text` with a caret under the column, or undefined if the line does not exist. */
export function excerpt(text: string, line: number, column?: number, length = 1): string | undefined {
  const source = text.split(/\r?\n/, line)[line - 1];
  if (source === undefined) return undefined;
  const gutter = `${line} | `;
  const shown = source.replaceAll("\t", " ");
  // A place beyond the line is one in text that was made from it: better no caret than one that points at nothing.
  if (column === undefined || column > shown.length + 1) return gutter + shown;
  const width = Math.max(1, Math.min(length, shown.length - column + 1));
  return `${gutter}${shown}\n${" ".repeat(gutter.length - 2)}| ${" ".repeat(Math.max(0, column - 1))}${"^".repeat(width)}`;
}

/** Line and column (both from 1) of an offset in UTF-16 units. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}
