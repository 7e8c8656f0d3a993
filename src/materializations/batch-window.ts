/** How long a batch of a microbatch model may be. */
export const BATCH_SIZES = ["hour", "day", "month", "year"] as const;
/** One of them. */
export type BatchSize = (typeof BATCH_SIZES)[number];

/** A time window in UTC, without its end. */
export interface BatchWindow {
  start: Date;
  end: Date;
}

/** What the windows of a run follow from. */
export interface WindowInput {
  size: BatchSize;
  begin: Date;
  lookback: number;
  now: Date;
  /** What earlier runs have filled; null when the table is built anew. */
  filled: readonly BatchWindow[] | null;
  /** `--event-time-start` and `--event-time-end`: these windows, whatever has been filled. */
  from: Date | null;
  until: Date | null;
}

/**
 * The windows to fill, earliest first, by dbt's rules: all since `begin` when the table is new, else the current one and `lookback`
 * before it; and those that earlier runs have left out, or filled before their time was over.
 */
export function batchWindows(input: WindowInput): BatchWindow[] {
  const { size, begin, now, filled, from, until } = input;
  const first = truncate(begin, size);
  const end = until ?? ceiling(now, size);
  const onBoundary = truncate(now, size).getTime() === now.getTime();
  const usual = shift(truncate(now, size), size, -(input.lookback + (onBoundary ? 1 : 0)));
  const start = from !== null ? truncate(from, size) : filled === null || usual < first ? first : usual;
  const named = from !== null || until !== null;
  const gaps =
    named || filled === null || filled.length === 0
      ? []
      : split(first, start, size).filter((window) => !covers(filled, window));
  return [...gaps, ...split(start, end, size)];
}

/** Windows that touch or overlap as one, in order. */
export function mergeWindows(windows: readonly BatchWindow[]): BatchWindow[] {
  const merged: BatchWindow[] = [];
  for (const { start, end } of [...windows].sort((a, b) => a.start.getTime() - b.start.getTime())) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) {
      if (end > last.end) last.end = end;
    } else if (start < end) merged.push({ start, end });
  }
  return merged;
}

/** A date or date-time in UTC; null for what is none. */
export function parseMoment(text: string): Date | null {
  const form = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?(?:Z|\.000Z)?$/.exec(
    text.trim(),
  );
  if (form === null) return null;
  const date = new Date(`${form[1]}T${form[2] ?? "00:00"}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A moment as literals have it. */
export function momentText(date: Date): string {
  return date
    .toISOString()
    .replace("T", " ")
    .replace(/\.?0*Z$/, "");
}

function split(start: Date, end: Date, size: BatchSize): BatchWindow[] {
  const windows: BatchWindow[] = [];
  for (let at = start; at < end; ) {
    const next = shift(at, size, 1);
    windows.push({ start: at, end: next < end ? next : end });
    at = next;
  }
  return windows;
}

function covers(filled: readonly BatchWindow[], { start, end }: BatchWindow): boolean {
  return mergeWindows(filled).some((window) => window.start <= start && window.end >= end);
}

function ceiling(date: Date, size: BatchSize): Date {
  const start = truncate(date, size);
  return start.getTime() === date.getTime() ? start : shift(start, size, 1);
}

function truncate(date: Date, size: BatchSize): Date {
  const [year, month, day, hour] = [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
  ] as const;
  switch (size) {
    case "year":
      return new Date(Date.UTC(year, 0));
    case "month":
      return new Date(Date.UTC(year, month));
    case "day":
      return new Date(Date.UTC(year, month, day));
    case "hour":
      return new Date(Date.UTC(year, month, day, hour));
  }
}

/** From one start of a window to another. */
function shift(start: Date, size: BatchSize, by: number): Date {
  const date = new Date(start);
  if (size === "year") date.setUTCFullYear(date.getUTCFullYear() + by);
  else if (size === "month") date.setUTCMonth(date.getUTCMonth() + by);
  else if (size === "day") date.setUTCDate(date.getUTCDate() + by);
  else date.setUTCHours(date.getUTCHours() + by);
  return date;
}
