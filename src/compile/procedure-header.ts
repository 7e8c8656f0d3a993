import { positionAt, SlaError } from "../errors/index.js";

/** What stands in front of a procedure's body. */
export interface ProcedureHeader {
  name: string;
  parameters: { name: string; type: string; start: number }[];
  /** The parameters as they are written, between the parentheses. */
  parameterList: string;
  /** Characteristics as they are written, without their comment. */
  characteristics: string[];
  /** Where the body starts. */
  body: number;
}

/** A reader of SQL's words: white space and comments are passed over. */
class Reader {
  at = 0;
  constructor(readonly text: string) {}

  /** What the pattern matches here; nothing is passed over when it does not match. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const start = this.#pastSpace();
    const sticky = new RegExp(pattern.source, "iuy");
    sticky.lastIndex = start;
    const found = sticky.exec(this.text);
    if (found === null) return undefined;
    this.at = sticky.lastIndex;
    return found;
  }

  /** Where the next word starts. */
  next(): number {
    return this.#pastSpace();
  }

  #pastSpace(): number {
    const space = /(?:\s+|--(?=\s|$)[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    space.lastIndex = this.at;
    space.exec(this.text);
    return space.lastIndex;
  }
}

const NAME = /`((?:[^`]|``)+)`|([\p{L}_$][\p{L}\p{N}_$]*)/u;

const CHARACTERISTICS = [
  /LANGUAGE\s+SQL\b/,
  /(?:NOT\s+)?DETERMINISTIC\b/,
  /CONTAINS\s+SQL\b/,
  /NO\s+SQL\b/,
  /(?:READS|MODIFIES)\s+SQL\s+DATA\b/,
  /SQL\s+SECURITY\s+(?:DEFINER|INVOKER)\b/,
];

/** Reads `CREATE PROCEDURE name(IN a INT, …) characteristics` as a MySQL user writes it; SLA211 for what cannot be. */
export function readHeader(text: string, path: string): ProcedureHeader {
  const reader = new Reader(text);
  const fail = (message: string, hint: string, at = reader.next()): SlaError =>
    new SlaError({
      code: "SLA211",
      message,
      hint,
      location: { path, ...positionAt(text, Math.min(at, text.length)) },
    });
  if (reader.take(/DELIMITER\b/))
    throw fail("DELIMITER is a word of the mysql client", "Leave it out: the file is one statement.", 0);
  if (!reader.take(/CREATE\b/))
    throw fail("a procedure starts with CREATE PROCEDURE", "Write CREATE PROCEDURE name(…) BEGIN … END.");
  reader.take(/OR\s+REPLACE\b/);
  const definer = reader.next();
  if (reader.take(/DEFINER\b/))
    throw fail("the procedure names a DEFINER", "Leave it out: the target's user defines it.", definer);
  if (!reader.take(/PROCEDURE\b/))
    throw fail("expected CREATE PROCEDURE", "Files of this folder hold one procedure each.");
  reader.take(/IF\s+NOT\s+EXISTS\b/);
  const named = reader.take(NAME);
  if (named === undefined) throw fail("the procedure has no name", "Write CREATE PROCEDURE name(…).");
  if (reader.take(/\./))
    throw fail(
      "the procedure's name has a schema",
      "Leave it out: its schema is config, as that of tables is.",
      named.index,
    );
  const opened = reader.next();
  if (!reader.take(/\(/))
    throw fail("expected the parameters in parentheses", "Write name() if there are none.");
  const closed = closing(text, opened);
  if (closed === undefined) throw fail("the list of parameters is not closed", "Close it with ).", opened);
  const parameters = pieces(text, opened + 1, closed).map(({ start, end }) => {
    const inner = new Reader(text.slice(0, end));
    inner.at = start;
    const at = inner.next();
    const mode = inner.take(/(?:INOUT|OUT|IN)\b/)?.[0].toUpperCase() ?? "IN";
    if (mode !== "IN")
      throw fail(
        `${mode} parameters are not possible`,
        "A run calls the procedure and reads its tables: write what it finds into one of them.",
        at,
      );
    const parameter = inner.take(NAME);
    if (parameter === undefined) throw fail("a parameter has no name", "Write IN name type.", at);
    const type = text.slice(inner.next(), end).trim();
    return { name: nameOf(parameter), type, start: parameter.index };
  });
  const twice = parameters.find(({ name }, index) =>
    parameters.slice(0, index).some((other) => other.name.toLowerCase() === name.toLowerCase()),
  );
  if (twice !== undefined)
    throw fail(`two parameters are called "${twice.name}"`, "Rename one of them.", twice.start);
  reader.at = closed + 1;
  const characteristics: string[] = [];
  for (;;) {
    if (reader.take(/COMMENT\s*('(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*")/)) continue;
    const found = CHARACTERISTICS.map((pattern) => reader.take(pattern)).find((match) => match !== undefined);
    if (found === undefined) break;
    characteristics.push(found[0].replace(/\s+/g, " ").toUpperCase());
  }
  const body = reader.next();
  if (body >= text.length) throw fail("the procedure has no body", "Write BEGIN … END after its parameters.");
  return {
    name: nameOf(named),
    parameters,
    parameterList: text.slice(opened + 1, closed),
    characteristics,
    body,
  };
}

function nameOf([, quoted, bare]: RegExpExecArray): string {
  return bare ?? quoted!.replaceAll("``", "`");
}

/** The parenthesis that closes the one at `open`. */
function closing(text: string, open: number): number | undefined {
  for (const { at, depth } of marks(text, open)) if (depth === 0) return at;
  return undefined;
}

/** The parts of a list that commas separate. */
function pieces(text: string, from: number, to: number): { start: number; end: number }[] {
  const commas = [...marks(text, from - 1)].filter(
    ({ at, depth }) => at < to && depth === 1 && text[at] === ",",
  );
  const cuts = [from - 1, ...commas.map(({ at }) => at), to];
  const parts = cuts.slice(1).map((end, index) => ({ start: cuts[index]! + 1, end }));
  return parts.length === 1 && blank(text, parts[0]!) ? [] : parts;
}

function blank(text: string, { start, end }: { start: number; end: number }): boolean {
  const reader = new Reader(text.slice(0, end));
  reader.at = start;
  return reader.next() >= end;
}

/** Parentheses and commas outside of quotes and comments, with how many parentheses are open behind them. */
function* marks(text: string, from: number): Generator<{ at: number; depth: number }> {
  let depth = 0;
  const token =
    /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|`[^`]*`|--(?=\s|$)[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|[(),]/g;
  token.lastIndex = from;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    if (found[0] === "(") depth++;
    if (found[0] === ")") depth--;
    if (/^[(),]$/.test(found[0])) yield { at: found.index, depth };
  }
}

/** The text with every tag of a template blanked, so that places in it stay what they are. */
export function withoutTags(text: string): string {
  const blanked = (found: string) => found.replace(/[^\n]/g, " ");
  return text.replace(/\{\{!--[\s\S]*?--\}\}/g, blanked).replace(/\{\{\{?[\s\S]*?\}\}\}?/g, blanked);
}
