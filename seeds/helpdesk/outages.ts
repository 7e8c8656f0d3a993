import { exp } from "./arithmetic.js";
import { addMonths, DAY, HOUR, WEEKLY_LOAD, weekday } from "./calendar.js";
import { cumulate, Random, STREAMS } from "./random.js";
import { SYSTEM_SHARES, SYSTEMS } from "./systems.js";
import type { Category, RootCause } from "./words.js";

/** A time in which a system is down and its users call. */
export interface Outage {
  /** Position in `SYSTEMS`. */
  system: number;
  start: number;
  end: number;
  major: boolean;
  cause: RootCause;
  category: Category;
  /** Tickets it adds, in hours of the whole desk's average load. */
  load: number;
}

/** Late callers: the burst ends this long after the outage. */
export const AFTERMATH = HOUR / 2;

const MONTHLY = { major: 1.6, minor: 7 };
const LOAD = { major: 40, minor: 3.5 };
/** Fewer people miss a smaller system: from this share of all tickets on, an outage has its full load. */
const LARGE_SHARE = 0.12;
/** Demand is counted in steps of this length, and outages start on one. */
export const STEP = 600;

const CAUSES: readonly { cause: RootCause; category: Category }[] = [
  { cause: "Server Overload", category: "Software" },
  { cause: "Code Bug", category: "Software" },
  { cause: "Configuration Change", category: "Software" },
  { cause: "Database Lock", category: "Software" },
  { cause: "Network Outage", category: "Network" },
  { cause: "Third-Party Failure", category: "Network" },
  { cause: "Hardware Failure", category: "Hardware" },
];

const systemWeights = cumulate(SYSTEMS.map((system, n) => Math.sqrt(SYSTEM_SHARES[n]!) * system.fragility));

/** The outages that start in the month `number` months after `start`, in order of start. */
export function outagesOfMonth(seed: number, start: number, number: number): Outage[] {
  const random = new Random(seed, STREAMS.outages, number);
  const from = addMonths(start, number);
  const days = Math.round((addMonths(start, number + 1) - from) / DAY);
  const outages: Outage[] = [];
  for (const kind of ["major", "minor"] as const) {
    for (let n = count(random, MONTHLY[kind]); n > 0; n--) outages.push(outage(random, from, days, kind));
  }
  return outages.sort((one, other) => one.start - other.start || one.end - other.end);
}

function outage(random: Random, from: number, days: number, kind: "major" | "minor"): Outage {
  const day = Math.floor(from / DAY) + random.below(days);
  const hours = WEEKLY_LOAD.alwaysOn.subarray(weekday(day) * 24, weekday(day) * 24 + 24);
  const start = day * DAY + random.pick(cumulate(hours)) * HOUR + random.below(HOUR / STEP) * STEP;
  const minutes = kind === "major" ? 150 * exp(0.45 * random.normal()) : 28 * exp(0.5 * random.normal());
  const system = random.pick(systemWeights);
  return {
    system,
    start,
    end: start + Math.max(6, Math.round(minutes)) * 60,
    major: kind === "major",
    ...random.of(CAUSES),
    load: LOAD[kind] * (0.5 + random.next()) * Math.min(1, Math.sqrt(SYSTEM_SHARES[system]! / LARGE_SHARE)),
  };
}

/** A number of events around a mean: as many as fit in one unit of time with exponential gaps. */
function count(random: Random, mean: number): number {
  let events = -1;
  for (let time = 0; time < mean; events++) time += random.exponential();
  return events;
}
