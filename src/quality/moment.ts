/** A unit of time, as tests name it. */
export type Datepart = "second" | "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";

const SECONDS = { second: 1, minute: 60, hour: 3_600, day: 86_400, week: 604_800 } as const;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** So much earlier, in UTC; the last day of a month stays within the month, as in SQL. */
export function before(moment: Date, interval: number, part: Datepart): Date {
  if (part in SECONDS)
    return new Date(moment.getTime() - interval * 1000 * SECONDS[part as keyof typeof SECONDS]);
  const months = interval * MONTHS[part as keyof typeof MONTHS];
  const earlier = new Date(moment);
  const day = earlier.getUTCDate();
  earlier.setUTCDate(1);
  earlier.setUTCMonth(earlier.getUTCMonth() - months);
  const last = new Date(Date.UTC(earlier.getUTCFullYear(), earlier.getUTCMonth() + 1, 0)).getUTCDate();
  earlier.setUTCDate(Math.min(day, last));
  return earlier;
}

/** `2026-01-31 12:00:00`, in UTC. */
export function dateTime(moment: Date): string {
  return moment.toISOString().slice(0, 19).replace("T", " ");
}
