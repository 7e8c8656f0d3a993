import type { RelationHandle } from "sla";

/** 1 July 2024. */
export function dayText(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

/** The days of the log in words, and how many incidents it holds. */
export async function extent(
  volume: RelationHandle<{ date_day: string; incidents: number }>,
): Promise<{ period: string; incidents: number }> {
  const days = await volume.all(["date_day", "incidents"]);
  const dates = days.map((day) => day.date_day).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return {
    period: first === undefined || last === undefined ? "no days" : `${dayText(first)} to ${dayText(last)}`,
    incidents: days.reduce((sum, day) => sum + day.incidents, 0),
  };
}

/** 10,000. */
export function countText(count: number): string {
  return count.toLocaleString("en-GB");
}

/** 81.3 %. */
export function percentText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** To so many digits after the point. */
export function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
