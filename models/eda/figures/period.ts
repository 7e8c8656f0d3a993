import type { RelationHandle } from "sla";

/** A day that the warehouse can speak of. */
export interface ObservedDay {
  date_day: string;
  is_complete: number;
}

/** All of them, in order. */
export async function observedDays(days: RelationHandle<ObservedDay>): Promise<ObservedDay[]> {
  const found = await days.all(["date_day", "is_complete"]);
  return found.sort((one, other) => (one.date_day < other.date_day ? -1 : 1));
}

/** The days in words: 1 July 2024 to 30 June 2026. */
export function periodText(days: readonly ObservedDay[]): string {
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined
    ? "no days yet"
    : `${dayText(first.date_day)} to ${dayText(last.date_day)}`;
}

/** 1 July 2024. */
export function dayText(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

/** 10,000. */
export function countText(count: number): string {
  return count.toLocaleString("en-GB");
}

/** To so many digits after the point. */
export function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
