import type { EventSink } from "./event-sink.js";

/** How long a receiver may take, in milliseconds, and how much is kept for it. */
export interface HttpLimits {
  /** For one event. */
  request: number;
  /** At the end, for all that is still to be sent. */
  flush: number;
  /** Before a failed request is made again; as many as there are. */
  pauses: readonly number[];
  /** Events that wait; what comes when there are so many is lost. */
  waiting: number;
}

const LIMITS: HttpLimits = { request: 5_000, flush: 5_000, pauses: [200, 800], waiting: 1_000 };

/** What no repetition helps against. */
const HOPELESS = new Set([401, 403, 404, 405]);

type Answer = { ok: true } | { ok: false; reason: string; again: boolean; gone: boolean };

/**
 * Posts events to a receiver, one after the other in the background. One that does not answer, or refuses everything, is given up: the
 * run goes on, and is told at its end.
 */
export function httpSink(
  url: string,
  headers: Readonly<Record<string, string>>,
  limits: HttpLimits = LIMITS,
): EventSink {
  const waiting: string[] = [];
  const stop = new AbortController();
  let sending: Promise<void> | null = null;
  let [taken, lost] = [0, 0];
  let reason: string | null = null;
  let isGone = false;

  const post = async (body: string): Promise<Answer> => {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(limits.request)]),
      });
      await answer.body?.cancel();
      if (answer.ok) return { ok: true };
      const again = answer.status === 429 || answer.status >= 500;
      const text = `it answered ${answer.status} ${answer.statusText}`.trimEnd();
      return { ok: false, reason: text, again, gone: HOPELESS.has(answer.status) };
    } catch (error) {
      if (stop.signal.aborted) return { ok: false, reason: "it took too long", again: false, gone: true };
      const { name, cause } = error as Error & { cause?: { code?: string } };
      if (name === "TimeoutError")
        return { ok: false, reason: "it did not answer in time", again: false, gone: true };
      return { ok: false, reason: cause?.code ?? "it cannot be reached", again: true, gone: false };
    }
  };

  const deliver = async (body: string): Promise<void> => {
    for (const pause of [...limits.pauses, null]) {
      const answer = await post(body);
      if (answer.ok) {
        taken += 1;
        return;
      }
      reason ??= answer.reason;
      isGone = answer.gone || (answer.again && pause === null);
      if (!answer.again || pause === null) break;
      await new Promise((done) => setTimeout(done, pause));
      if (stop.signal.aborted) break;
    }
    lost += 1;
  };

  const pump = async (): Promise<void> => {
    while (waiting.length > 0 && !isGone) await deliver(waiting.shift()!);
    if (isGone) lost += waiting.splice(0).length;
    sending = null;
  };

  return {
    send(line) {
      if (isGone || waiting.length >= limits.waiting) {
        reason ??= "it takes them too slowly";
        lost += 1;
        return;
      }
      waiting.push(line);
      sending ??= pump();
    },
    async close() {
      const limit = setTimeout(() => stop.abort(), limits.flush);
      await sending;
      clearTimeout(limit);
      if (lost === 0) return null;
      return (
        `${lost} of ${taken + lost} OpenLineage events were not delivered to ${url}: ${reason}. ` +
        "Check the URL, OPENLINEAGE_API_KEY and that the receiver runs; `--openlineage FILE` keeps events in a file."
      );
    },
  };
}
