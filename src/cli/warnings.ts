import type { Emit } from "../run/index.js";
import type { Terminal } from "./command.js";
import { renderWarning } from "./render/run.js";

/** Warnings go to stderr, so that what is piped on stays clean. */
export function warnings({ stderr }: Terminal): Emit {
  return (event) => {
    if (event.type === "warning") stderr.write(`${renderWarning(event, stderr)}\n`);
  };
}
