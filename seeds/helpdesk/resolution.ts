import { exp, ln } from "./arithmetic.js";
import { DAY, HOUR } from "./calendar.js";
import type { Random } from "./random.js";
import type { System } from "./systems.js";
import { isNight } from "./triage.js";
import { type Category, type Channel, type Priority, SLA_LIMIT_HOURS } from "./words.js";

/** What the resolution time depends on. */
export interface Work {
  system: System;
  category: Category;
  priority: Priority;
  channel: Channel;
  /** Hour of creation, 0 to 23. */
  hour: number;
  /** Saturday, Sunday, public holiday. */
  isWeekend: boolean;
  isMonthEnd: boolean;
  /** Team's slowness less the engineer's skill, as a logarithm. */
  crew: number;
}

/** Logarithm of the typical resolution time's share of the limit. */
const SHARE_OF_LIMIT: Record<Priority, number> = { Critical: -0.9, High: -1.22, Medium: -1.56, Low: -2.05 };
const BY_PRIORITY = Object.fromEntries(
  Object.entries(SHARE_OF_LIMIT).map(([priority, share]) => [
    priority,
    ln(SLA_LIMIT_HOURS[priority as Priority]) + share,
  ]),
) as Record<Priority, number>;
const BY_CATEGORY: Record<Category, number> = { Hardware: 0.3, Software: 0.05, Network: 0.1, Access: -0.4 };
const BY_CHANNEL: Record<Channel, number> = { Phone: -0.15, Portal: 0, Email: 0.28 };
const WEEKEND = 0.42;
const MONTH_END = 0.2;
/** What no one can predict. */
const SPREAD = 0.92;

/** Nights are slow, and what comes in at the end of the day is handed over. */
function byHour(hour: number): number {
  if (isNight(hour)) return 0.58;
  return hour >= 16 ? 0.24 : 0;
}

/** Seconds from creation until the fix is delivered: log-normal, with a tail of faults for which a supplier is needed. */
export function resolutionSeconds(random: Random, work: Work): number {
  const { system, priority } = work;
  const logHours =
    BY_PRIORITY[priority] +
    system.difficulty +
    BY_CATEGORY[work.category] +
    BY_CHANNEL[work.channel] +
    byHour(work.hour) +
    (work.isWeekend ? WEEKEND : 0) +
    (work.isMonthEnd && system.monthEnd ? MONTH_END : 0) +
    work.crew +
    SPREAD * random.normal();
  const vendor = random.chance(priority === "Critical" ? system.vendorShare / 3 : system.vendorShare);
  const hours = exp(vendor ? ln(320) + 0.7 * random.normal() : logHours);
  return Math.round(Math.min(120 * DAY, Math.max(240, hours * HOUR)));
}

const RESPONSE_MINUTES: Record<Channel, number> = { Phone: 4, Portal: 24, Email: 48 };
const RESPONSE_FACTOR: Record<Priority, number> = { Critical: 0.35, High: 0.6, Medium: 1, Low: 1.5 };

/** Minutes until somebody answers; never after the fix. */
export function firstResponseMinutes(random: Random, work: Work, resolution: number): number {
  const slow = (isNight(work.hour) ? 1.8 : 1) * (work.isWeekend ? 1.5 : 1);
  const typical = RESPONSE_MINUTES[work.channel] * RESPONSE_FACTOR[work.priority] * slow;
  const minutes = Math.round(typical * exp(0.6 * random.normal()));
  return Math.max(1, Math.min(minutes, Math.floor(resolution / 60) - 1));
}
