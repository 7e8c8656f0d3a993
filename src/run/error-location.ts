import type { CompiledNode } from "../compile/index.js";
import { type Location, SlaError, toSlaErrors } from "../errors/index.js";

/**
 * An engine's error, placed in the file that the user wrote. Engines count in the statement they were sent: the compiled
 * text stands in it whole on MySQL; on DuckDB its translation does, where only the names that an error quotes can be found again.
 */
export function inSource(
  thrown: unknown,
  compiled: CompiledNode,
  executed: string | null,
  path: string,
): SlaError {
  const error = thrown instanceof SlaError ? thrown : toSlaErrors(thrown)[0]!;
  if (error.location !== undefined && error.location.path !== "") return error;
  const at = offsetInCompiled(error, compiled.code, executed);
  const location: Location = at === undefined ? { path } : compiled.locate(at.offset);
  if (at?.length !== undefined) location.length = at.length;
  return error.at(location, compiled.unique_id);
}

function offsetInCompiled(
  error: SlaError,
  code: string,
  executed: string | null,
): { offset: number; length?: number } | undefined {
  const { location } = error;
  if (location?.text !== undefined && location.line !== undefined) {
    const start = location.text.indexOf(code);
    if (start !== -1) {
      const offset = offsetOf(location.text, location.line, location.column ?? 1) - start;
      if (offset >= 0 && offset <= code.length) {
        return location.length === undefined ? { offset } : { offset, length: location.length };
      }
    }
  }
  if (executed === code) return undefined;
  for (const [, name] of error.message.matchAll(/["'`]([\w$]+)["'`]/g)) {
    const found = code.search(new RegExp(`(?<![\\w$])${name!.replaceAll("$", "\\$")}(?![\\w$])`, "i"));
    if (found !== -1) return { offset: found, length: name!.length };
  }
  return undefined;
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const next = text.indexOf("\n", start);
    if (next === -1) break;
    start = next + 1;
  }
  return start + column - 1;
}
