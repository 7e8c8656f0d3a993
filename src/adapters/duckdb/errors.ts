import { type ErrorCode, type Location, SlaError } from "../../errors/index.js";

/** Beginnings of DuckDB's messages by what they mean to us, the first that matches; the rest is SLA501. */
const CODES: [RegExp, ErrorCode][] = [
  [/^INTERRUPT Error|Interrupted/i, "SLA504"],
  [/^Parser Error/, "SLA301"],
  [/^Catalog Error: .*Function with name .* does not exist/i, "SLA302"],
  [
    /^Table .* could not be found|^Catalog Error: (Table|View|Schema)[^!]* does not exist|^Catalog Error: Table with name/i,
    "SLA305",
  ],
  [/^Binder Error: No function matches/i, "SLA302"],
  [
    /^Binder Error: (Referenced (column|table)|Table .* does not have a column|Values list|Ambiguous reference|Catalog)/i,
    "SLA305",
  ],
  [/^Constraint Error|constraint (failed|violation)/i, "SLA503"],
  [/^Conversion Error|^Out of Range Error|^Invalid Input Error: (Failed to cast|Could not)/i, "SLA503"],
  [/No space left on device|^Out of Memory Error|max_temp_directory_size/i, "SLA407"],
  [/write-write conflict|Conflict on (update|tuple|delete)|^TransactionContext Error/i, "SLA506"],
];

/** Whether a statement failed only because another session was faster, so that the same again may work. */
export function isConflict(error: unknown): boolean {
  return error instanceof SlaError && error.code === "SLA506";
}

/** The engine's error as ours; positions count in `sql`. */
export function toSlaError(error: unknown, sql?: string): SlaError {
  if (error instanceof SlaError) return error;
  const text = (error instanceof Error ? error.message : String(error)).replace(/^Failed to [a-z ]+: /, "");
  const code = CODES.find(([form]) => form.test(text))?.[1] ?? "SLA501";
  const [message = text, ...rest] = text.split("\n\nLINE ")[0]!.split("\n");
  return new SlaError({
    code,
    message: code === "SLA504" ? "the statement was interrupted" : message,
    hint: hintFor(code, rest.join(" ").trim()),
    location: sql === undefined ? undefined : locate(text, sql),
    cause: error,
  });
}

function hintFor(code: ErrorCode, said: string): string | undefined {
  if (said !== "") return said;
  if (code === "SLA407")
    return "Free disk space, or set `memory_limit` and `temp_directory` under `settings:` of the target.";
  if (code === "SLA506")
    return "Two sessions changed the same thing and retries did not help. Run with fewer --threads.";
  return undefined;
}

/** DuckDB prints a (shortened) line of the statement with a caret below it. */
function locate(text: string, sql: string): Location | undefined {
  const match = /\n\nLINE (\d+): (.*)\n( *)\^/s.exec(text);
  if (!match) return undefined;
  const [, number, printed = "", indent = ""] = match;
  const line = Number(number);
  const source = sql.split("\n")[line - 1];
  if (source === undefined) return undefined;
  // The caret's column counts from the start of "LINE n: "; a long line is printed from its middle, between dots.
  const shown = printed.replace(/^\.\.\./, "").replace(/\.\.\.$/, "");
  const start = source.indexOf(shown);
  if (start === -1) return { path: "", line, text: sql };
  const caret = indent.length - `LINE ${number}: `.length - (printed.startsWith("...") ? 3 : 0);
  const column = start + caret + 1;
  const length = /^[\w$]+/.exec(source.slice(column - 1))?.[0].length ?? 1;
  return { path: "", line, column, length, text: sql };
}

/** What went wrong before there was a database. */
export function toOpenError(error: unknown, path: string): SlaError {
  const text = error instanceof Error ? error.message : String(error);
  const holder = /Conflicting lock is held in (.*?) ?\(PID (\d+)\)/.exec(text);
  if (holder || /Could not set lock/i.test(text)) {
    return new SlaError({
      code: "SLA406",
      message: `${path} is in use by another process${holder ? `: ${holder[1]} (PID ${holder[2]})` : ""}`,
      hint: "DuckDB lets one process at a time open a file. Wait for it to end, close it, or give the target another `path`.",
      cause: error,
    });
  }
  if (/not a valid DuckDB database file|corrupt/i.test(text)) {
    return new SlaError({
      code: "SLA408",
      message: `${path} is not a DuckDB database`,
      hint: "Move the file away, or give the target another `path`.",
      cause: error,
    });
  }
  if (/Catalog Error: unrecognized configuration|Invalid Input Error/i.test(text)) {
    return new SlaError({
      code: "SLA408",
      message: text.split("\n")[0]!,
      hint: "Check `settings:` of the target.",
      cause: error,
    });
  }
  return new SlaError({
    code: "SLA401",
    message: `cannot open ${path}: ${text.split("\n")[0]}`,
    hint: "Check that the file and its folder may be read and written.",
    cause: error,
  });
}
