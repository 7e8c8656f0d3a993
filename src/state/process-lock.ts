import { setTimeout as sleep } from "node:timers/promises";

/** A run of this process that holds a lock. */
interface Held {
  command: string;
  since: Date;
  /** Resolves when it is free again. */
  freed: Promise<void>;
}

const HELD = new Map<string, Held>();

/**
 * A lock between the runs of one process, for engines whose open file keeps out other processes and nobody else. Gives what frees it, or after
 * `timeout` seconds who has it.
 */
export async function acquireProcessLock(
  name: string,
  command: string,
  timeout: number,
): Promise<{ free: () => void } | { holder: string }> {
  const until = performance.now() + timeout * 1000;
  for (let held = HELD.get(name); held !== undefined; held = HELD.get(name)) {
    const left = until - performance.now();
    const waiting = new AbortController();
    const freed =
      left > 0 &&
      (await Promise.race([
        held.freed.then(() => true),
        sleep(left, false, { signal: waiting.signal }).catch(() => false),
      ]));
    waiting.abort();
    if (!freed)
      return {
        holder: `\`sla ${held.command}\` of this process, since ${held.since.toISOString().replace("T", " ").slice(0, 19)} UTC`,
      };
  }
  let end = () => {};
  const freed = new Promise<void>((resolve) => {
    end = resolve;
  });
  const own: Held = { command, since: new Date(), freed };
  HELD.set(name, own);
  return {
    free: () => {
      // Freed twice, it may be another's by then.
      if (HELD.get(name) === own) HELD.delete(name);
      end();
    },
  };
}
