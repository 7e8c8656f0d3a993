import { setTimeout as sleep } from "node:timers/promises";
import { SlaError, toSlaErrors } from "../errors/index.js";
import type { RunNode } from "./build-plan.js";

/** Seconds to wait before the second and the third attempt. */
const WAITS = [1, 4];

/** What only has to do with who else was there: the same again may work. */
const CONTENTION = new Set([1205, 1213]);

/**
 * Repeats a node whose session was lost (2006, 2013 and the like) or that others kept from its locks (1205, 1213). Nodes are
 * built beside what readers see and begin anew, so nothing is done twice. `again` is told of each further attempt.
 */
export async function inAttempts<T>(
  node: RunNode,
  signal: AbortSignal,
  again: (message: string) => void,
  attempt: () => Promise<T>,
  waits: readonly number[] = WAITS,
): Promise<T> {
  let lost = false;
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (thrown) {
      const error = toSlaErrors(thrown)[0]!;
      const wait = waits[tries];
      lost ||= error.code === "SLA405";
      // A server that goes away takes a while to come back: until then there is no connection to be had.
      const passing = isContention(error) || error.code === "SLA405" || (lost && error.code === "SLA401");
      if (wait === undefined || !passing || hasHooks(node) || signal.aborted) throw thrown;
      again(`${error.message} [${error.code}]: attempt ${tries + 2} of ${waits.length + 1} in ${wait} s`);
      await sleep(wait * 1000, undefined, { signal }).catch(() => {});
      if (signal.aborted) throw thrown;
    }
  }
}

function isContention(error: SlaError): boolean {
  const cause = error.cause instanceof SlaError ? error.cause.cause : error.cause;
  return CONTENTION.has((cause as { errno?: number } | undefined)?.errno ?? 0);
}

/** Hooks are the user's statements: whether they bear repetition, only the user knows. */
function hasHooks({ config }: RunNode): boolean {
  const { pre_hook, post_hook } = config as { pre_hook?: unknown[]; post_hook?: unknown[] };
  return (pre_hook?.length ?? 0) + (post_hook?.length ?? 0) > 0;
}
