import { longDay } from "../../../reports/index.js";

/** A span of time as people say it: `Apr 2026`, `week of 6 Apr 2026`; in short where an axis has the room for no more. */
export function spanText(
  { from, label }: { from: number; label: string },
  grain: string,
  short = false,
): string {
  const day = longDay(from);
  if (grain === "week") return short ? day.replace(/ \d{4}$/, "") : `week of ${day}`;
  if (grain === "day") return short ? day.replace(/ \d{4}$/, "") : day;
  return grain === "month" ? day.replace(/^\d+ /, "") : label;
}
