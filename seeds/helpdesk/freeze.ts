import { calendarDay, DAY, parseTime } from "./calendar.js";
import type { Random } from "./random.js";
import type { FixType, Priority, RootCause } from "./words.js";

const CHANGES: ReadonlySet<RootCause> = new Set(["Code Bug", "Configuration Change", "Database Lock"]);
const WAITING = 0.7;

/** When the change freeze around a half-year's end is over, if `time` lies in one: 13 June to 6 July, 13 December to 6 January. */
export function freezeEnd(time: number): number | undefined {
  const day = calendarDay(Math.floor(time / DAY));
  const year = Number(day.slice(0, 4));
  const date = day.slice(5);
  if (date >= "06-13" && date < "07-06") return parseTime(`${year}-07-06`);
  if (date >= "12-13") return parseTime(`${year + 1}-01-06`);
  return date < "01-06" ? parseTime(`${year}-01-06`) : undefined;
}

/** Seconds to resolve, where a fix that must be deployed and is not urgent waits until the freeze is over. */
export function afterFreeze(
  random: Random,
  ticket: { priority: Priority; cause: RootCause; fix: FixType },
  at: number,
  seconds: number,
): number {
  const end = freezeEnd(at);
  if (end === undefined || !CHANGES.has(ticket.cause) || ticket.fix === "Workaround") return seconds;
  if (ticket.priority === "High" || ticket.priority === "Critical" || !random.chance(WAITING)) return seconds;
  return Math.max(seconds, end - at + Math.floor((0.3 + 2 * random.next()) * DAY));
}
