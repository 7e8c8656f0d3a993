import type { DateGrain } from "../../manifest/index.js";

const DAY = 86_400_000;

/** Days since 1970-01-01 of `YYYY-MM-DD` (or a text that begins so). */
export function dayNumber(text: string): number {
  return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10))) / DAY;
}

/** `YYYY-MM-DD` of a day's number. */
export function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Year, month (1 to 12) and day of the month of a day's number. */
export function dayParts(day: number): { year: number; month: number; day: number } {
  const date = new Date(day * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** A span of time on an axis. */
export interface Bucket {
  /** First and last day, as numbers. */
  from: number;
  to: number;
  /** `2026-06-30`, `2026-06` or `2026 Q2`; a week by its Monday. */
  label: string;
  /** Whether the chosen period holds only a part of it. */
  partial: boolean;
}

const monthStart = (year: number, month: number) => Date.UTC(year, month - 1, 1) / DAY;

/** How each grain finds the first day of a span, the first day of the next one, and its label. */
const GRAINS: Record<
  DateGrain,
  { start(day: number): number; next(start: number): number; label(start: number): string }
> = {
  day: { start: (day) => day, next: (start) => start + 1, label: dayText },
  week: {
    // 1970-01-01 was a Thursday.
    start: (day) => day - ((((day + 3) % 7) + 7) % 7),
    next: (start) => start + 7,
    label: dayText,
  },
  month: {
    start: (day) => monthStart(dayParts(day).year, dayParts(day).month),
    next: (start) => monthStart(dayParts(start).year, dayParts(start).month + 1),
    label: (start) => dayText(start).slice(0, 7),
  },
  quarter: {
    start: (day) => {
      const { year, month } = dayParts(day);
      return monthStart(year, month - ((month - 1) % 3));
    },
    next: (start) => monthStart(dayParts(start).year, dayParts(start).month + 3),
    label: (start) => `${dayParts(start).year} Q${Math.ceil(dayParts(start).month / 3)}`,
  },
  year: {
    start: (day) => monthStart(dayParts(day).year, 1),
    next: (start) => monthStart(dayParts(start).year + 1, 1),
    label: (start) => String(dayParts(start).year),
  },
};

/** The grain that a period is read best in: days up to five weeks, weeks up to half a year, else months. */
export function grainFor(from: number, to: number): DateGrain {
  const days = to - from + 1;
  return days <= 35 ? "day" : days <= 190 ? "week" : "month";
}

/** All spans that a period touches, in order. */
export function buckets(grain: DateGrain, from: number, to: number): Bucket[] {
  const { start, next, label } = GRAINS[grain];
  const found: Bucket[] = [];
  for (let at = start(from); at <= to; at = next(at)) {
    const end = next(at) - 1;
    found.push({ from: at, to: end, label: label(at), partial: at < from || end > to });
  }
  return found;
}

/** For each day of a period, the position of its span among `spans`. */
export function bucketOf(spans: readonly Bucket[], from: number, to: number): Int32Array {
  const position = new Int32Array(Math.max(0, to - from + 1));
  for (const [at, span] of spans.entries()) {
    for (let day = Math.max(span.from, from); day <= Math.min(span.to, to); day++) position[day - from] = at;
  }
  return position;
}
