import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { EventSink } from "./event-sink.js";

/** Appends each event to a file at once, so that others may follow it. `shown` is what people call the file. */
export function fileSink(path: string, shown: string): EventSink {
  let problem: string | null = null;
  let file: number | null = null;
  const fail = (error: unknown): void => {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    problem ??= `OpenLineage events are not written to ${shown} (${reason}): check that it is a file that may be written.`;
  };
  try {
    mkdirSync(dirname(path), { recursive: true });
    file = openSync(path, "a");
  } catch (error) {
    fail(error);
  }
  return {
    send(line) {
      if (file === null || problem !== null) return;
      try {
        writeSync(file, `${line}\n`);
      } catch (error) {
        fail(error);
      }
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
      return Promise.resolve(problem);
    },
  };
}
