import type { Emit } from "../run/index.js";
import type { Terminal } from "./command.js";
import { renderWarning } from "./render/run.js";

/** Warnings go to stderr, so that what is piped on stays clean. */
export function warnings({ stderr, log }: Terminal): Emit {
  return (event) => {
    log.record(event);
    if (event.type === "warning" && log.isText && log.shows("warn"))
      stderr.write(`${renderWarning(event, stderr)}\n`);
  };
}
