import type { RowFilter } from "../compile/index.js";
import { SlaError } from "../errors/index.js";
import type { RelationalNode } from "../manifest/index.js";

/** What of its inputs a run reads. */
export interface InputOptions {
  /** No rows at all: every model is built, and checked by the engine, without its data. */
  empty?: boolean | undefined;
  /** Rows of this time only, of inputs that have an `event_time`: `3 days`, or `{start: …, end: …}`. */
  sample?: string | undefined;
  /** The first moment that microbatch models fill, and the one they end before; UTC. */
  eventTimeStart?: string | undefined;
  eventTimeEnd?: string | undefined;
}

/** The filter of `--empty` and `--sample`; undefined when all rows are read. */
export function inputFilter(
  { empty, sample }: InputOptions,
  now: Date,
): ((node: RelationalNode) => RowFilter | null) | undefined {
  if (empty) return () => ({ kind: "none" });
  if (sample === undefined) return undefined;
  const window = sampleWindow(sample, now);
  return (node) => {
    return windowFilter(node, window);
  };
}

/** The rows of one time window, of an input that says when its rows happened. */
export function windowFilter(node: RelationalNode, window: { start: string; end: string }): RowFilter | null {
  const column = node.config.event_time;
  return column === undefined ? null : { kind: "window", column, ...window };
}

/** What `--event-time-start` and `--event-time-end` say. */
export function eventTimeOf({ eventTimeStart, eventTimeEnd }: InputOptions): {
  from: Date | null;
  until: Date | null;
} {
  const [from, until] = (
    [
      ["--event-time-start", eventTimeStart],
      ["--event-time-end", eventTimeEnd],
    ] as const
  ).map(([option, text]) => {
    if (text === undefined) return null;
    const date = parseDate(text);
    if (date !== null) return date;
    throw new SlaError({
      code: "SLA701",
      message: `${option} takes a date or a date-time, found "${text}"`,
      hint: `For example ${option} 2026-01-31 or ${option} '2026-01-31 12:00:00', in UTC.`,
    });
  });
  if (from && until && from >= until) {
    throw new SlaError({ code: "SLA701", message: "--event-time-start is not before --event-time-end" });
  }
  return { from: from!, until: until! };
}

const SPAN = /^\s*(\d+)\s+(hour|day|month|year)s?\s*$/i;
const RANGE =
  /^\s*\{?\s*['"]?start['"]?\s*:\s*['"]?([^'",}]+?)['"]?\s*,\s*['"]?end['"]?\s*:\s*['"]?([^'",}]+?)['"]?\s*\}?\s*$/;

/** The time window of `--sample`, half open, in UTC. */
export function sampleWindow(text: string, now: Date): { start: string; end: string } {
  const span = SPAN.exec(text);
  if (span !== null) {
    const start = new Date(now);
    const back = Number(span[1]);
    if (span[2]!.toLowerCase() === "hour") start.setUTCHours(start.getUTCHours() - back);
    else if (span[2]!.toLowerCase() === "day") start.setUTCDate(start.getUTCDate() - back);
    else if (span[2]!.toLowerCase() === "month") start.setUTCMonth(start.getUTCMonth() - back);
    else start.setUTCFullYear(start.getUTCFullYear() - back);
    return { start: literal(start), end: literal(now) };
  }
  const range = RANGE.exec(text);
  const [start, end] = [range?.[1], range?.[2]].map((date) => (date === undefined ? null : parseDate(date)));
  if (start && end && start < end) return { start: literal(start), end: literal(end) };
  throw new SlaError({
    code: "SLA701",
    message: `--sample takes a time span or a time window, found "${text}"`,
    hint: "For example --sample '3 days' (hours, days, months, years) or --sample '{start: 2026-01-01, end: 2026-02-01}'.",
  });
}

/** A date or date-time; without a zone it is UTC. */
function parseDate(text: string): Date | null {
  const form = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?Z?$/.exec(text.trim());
  if (form === null) return null;
  const date = new Date(`${form[1]}T${form[2] ?? "00:00"}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

function literal(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}
