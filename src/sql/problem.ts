import { type ErrorCode, positionAt, SlaError } from "../errors/index.js";

/** Something wrong with a text, by offsets in it (UTF-16). */
export interface Problem {
  code: Extract<ErrorCode, "SLA301" | "SLA302" | "SLA303" | "SLA304">;
  message: string;
  hint: string | undefined;
  start: number;
  end: number;
  /** Says that something is not known rather than what; of no use beside a problem that does. */
  vague?: boolean;
}

/** The problems of a text as errors in the order of the text, one for each place. */
export function toErrors(sql: string, problems: readonly Problem[]): SlaError[] {
  const seen = new Set<string>();
  return [...problems]
    .sort((a, b) => a.start - b.start)
    .filter(({ start, message }) => {
      const key = `${start} ${message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .map((problem) => toError(sql, problem));
}

function toError(sql: string, { code, message, hint, start, end }: Problem): SlaError {
  const at = Math.min(start, sql.length);
  const { line, column } = positionAt(sql, at);
  const length = Math.max(1, end - at);
  return new SlaError({ code, message, hint, location: { path: "", line, column, length, text: sql } });
}
