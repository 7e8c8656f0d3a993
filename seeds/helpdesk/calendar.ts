/** Times are seconds since 1970-01-01 in UTC, days are counted from the same date: no time zones, no clock. */

export const HOUR = 3600;
export const DAY = 86_400;

/** The period's fixed end: a start is this minus `months`, and `as_of` stands here unless it is given. */
export const PERIOD_END = "2026-07-01 00:00:00";

const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));

/** Seconds of `YYYY-MM-DD` or `YYYY-MM-DD HH:MM[:SS]`; undefined when the text is no such time. */
export function parseTime(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?Z?$/.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match
    .slice(1)
    .map((part) => Number(part ?? 0)) as number[];
  const time = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) / 1000;
  return calendarDay(Math.floor(time / DAY)).slice(0, 10) === text.trim().slice(0, 10) ? time : undefined;
}

/** The same day of month, `months` earlier or later (only for the first of a month). */
export function addMonths(time: number, months: number): number {
  const date = new Date(time * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / 1000;
}

const days: string[] = [];

/** `YYYY-MM-DD` of a day since 1970. */
export function calendarDay(day: number): string {
  let text = days[day];
  if (text === undefined) {
    text = new Date(day * DAY * 1000).toISOString().slice(0, 10);
    days[day] = text;
  }
  return text;
}

/** `HH:MM:SS` of a time. */
export function clock(time: number): string {
  const second = time % DAY;
  const hour = Math.floor(second / HOUR);
  const minute = Math.floor(second / 60) % 60;
  return `${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second % 60]}`;
}

/** `YYYY-MM-DD HH:MM:SS`. */
export function timestamp(time: number): string {
  return `${calendarDay(Math.floor(time / DAY))} ${clock(time)}`;
}

/** Monday is 0. */
export function weekday(day: number): number {
  return (day + 3) % 7;
}

/** What the simulation asks of a date. */
export interface DayFacts {
  /** Monday is 0; public holidays count as Sundays. */
  weekday: number;
  /** Monthly level: August is quiet, December and January are busy. */
  season: number;
  /** The last three days of a month and its first: when payments, salaries and closings run. */
  isMonthEnd: boolean;
}

const SEASON = [1.08, 1, 1.03, 0.99, 0.98, 1, 0.93, 0.88, 1.02, 1.03, 1.04, 1.02];
const HOLIDAYS = new Set(["01-01", "05-01", "12-25", "12-26"]);

export function dayFacts(day: number): DayFacts {
  const text = calendarDay(day);
  const dayOfMonth = Number(text.slice(8));
  return {
    weekday: HOLIDAYS.has(text.slice(5)) ? 6 : weekday(day),
    season: SEASON[Number(text.slice(5, 7)) - 1]!,
    isMonthEnd: dayOfMonth === 1 || calendarDay(day + 3).slice(5, 7) !== text.slice(5, 7),
  };
}

/** Load by hour of a working day: two office peaks, before and after lunch. */
const OFFICE_HOURS = [
  0.25, 0.2, 0.15, 0.15, 0.25, 0.5, 1.5, 4, 8, 11.5, 12, 9.5, 5.5, 7.5, 11, 10.5, 8.5, 5, 2.2, 1.2, 0.9, 0.7,
  0.5, 0.4,
];
/** Systems that customers use around the clock: the same peaks, but evenings and nights never fall silent. */
const ALWAYS_ON_HOURS = [
  1, 0.7, 0.6, 0.6, 0.8, 1.2, 2.5, 4.5, 7, 9.5, 10, 8.5, 6.2, 7, 9, 8.8, 7.8, 6.5, 5, 4, 3.2, 2.6, 2, 1.4,
];
const OFFICE_WEEKDAYS = [1.22, 1.06, 1, 0.98, 0.94, 0.16, 0.1];
const ALWAYS_ON_WEEKDAYS = [1.15, 1.04, 1, 0.99, 1, 0.38, 0.3];

function weekly(weekdays: readonly number[], hours: readonly number[]): Float64Array {
  const table = Float64Array.from({ length: 168 }, (_, n) => weekdays[Math.floor(n / 24)]! * hours[n % 24]!);
  const mean = table.reduce((sum, value) => sum + value, 0) / 168;
  return table.map((value) => value / mean);
}

/** Relative load by weekday × 24 + hour, on average 1. */
export const WEEKLY_LOAD = {
  office: weekly(OFFICE_WEEKDAYS, OFFICE_HOURS),
  alwaysOn: weekly(ALWAYS_ON_WEEKDAYS, ALWAYS_ON_HOURS),
};
