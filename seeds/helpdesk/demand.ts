import { exp } from "./arithmetic.js";
import { addMonths, DAY, type DayFacts, dayFacts, HOUR, WEEKLY_LOAD } from "./calendar.js";
import type { HelpdeskOptions } from "./options.js";
import { AFTERMATH, type Outage, outagesOfMonth, STEP } from "./outages.js";
import { Random, STREAMS } from "./random.js";
import { SYSTEM_SHARES, SYSTEMS } from "./systems.js";

/** A stretch of time with constant demand. */
export interface Stretch {
  start: number;
  seconds: number;
  /** Demand in the whole stretch; 1 is an average hour at the period's start. */
  weight: number;
  /** Running total of demand by system. */
  systems: Float64Array;
  /** What is down, or was until just now. */
  outages: readonly Outage[];
  day: DayFacts;
}

/** When a ticket comes in, and into what. */
export interface Arrival {
  at: number;
  stretch: Stretch;
}

/** Growth of demand per year, of the level at the start. */
const YEARLY_GROWTH = 0.3;
const MONTH_END_LOAD = 1.9;
const DAILY_NOISE = 0.1;

/** Demand from the start of the period on, without end: an hour at a time, or shorter while something is down. */
export function* stretches(options: HelpdeskOptions): Generator<Stretch> {
  const noise = new Random(options.seed, STREAMS.day, 0);
  let month = 0;
  let waiting: Outage[] = [];
  for (let day = options.start / DAY; ; day++) {
    while (addMonths(options.start, month) <= day * DAY) {
      waiting.push(...outagesOfMonth(options.seed, options.start, month++));
    }
    waiting = waiting.filter((outage) => outage.end + AFTERMATH > day * DAY);
    const facts = dayFacts(day);
    noise.restart(options.seed, STREAMS.day, day);
    const growth = 1 + (YEARLY_GROWTH * (day - options.start / DAY)) / 365;
    const level = growth * facts.season * exp(DAILY_NOISE * noise.normal());
    for (let hour = 0; hour < 24; hour++) {
      const start = day * DAY + hour * HOUR;
      const open = waiting.filter((outage) => outage.start < start + HOUR && outage.end + AFTERMATH > start);
      const length = open.length > 0 ? STEP : HOUR;
      for (let from = start; from < start + HOUR; from += length) {
        const current = open.filter(
          (outage) => outage.start < from + length && outage.end + AFTERMATH > from,
        );
        yield stretch(from, length, level, growth, facts, hour, current);
      }
    }
  }
}

function stretch(
  start: number,
  seconds: number,
  level: number,
  growth: number,
  day: DayFacts,
  hour: number,
  outages: readonly Outage[],
): Stretch {
  const slot = day.weekday * 24 + hour;
  const share = (level * seconds) / HOUR;
  const systems = new Float64Array(SYSTEMS.length);
  let weight = 0;
  for (let n = 0; n < SYSTEMS.length; n++) {
    const system = SYSTEMS[n]!;
    const monthEnd = system.monthEnd && day.isMonthEnd ? MONTH_END_LOAD : 1;
    weight += SYSTEM_SHARES[n]! * WEEKLY_LOAD[system.load][slot]! * monthEnd * share;
    for (const outage of outages) {
      if (outage.system === n)
        weight += (outage.load * growth * seconds) / (outage.end + AFTERMATH - outage.start);
    }
    systems[n] = weight;
  }
  return { start, seconds, weight, systems, outages, day };
}

/**
 * Tickets in order of creation, without end. Arrivals are a Poisson process in demand, conditioned on exactly
 * `options.tickets` of them between `options.start` and `options.end`: exponential gaps, scaled by their own sum. Neither depends
 * on `as_of`.
 */
export function* arrivals(options: HelpdeskOptions): Generator<Arrival> {
  const scale = demandUntil(options, options.end) / sumOfGaps(options);
  const gaps = new Random(options.seed, STREAMS.gaps, 0);
  let next = gaps.exponential() * scale;
  for (const stretch of stretches(options)) {
    while (next < stretch.weight) {
      yield { at: stretch.start + Math.floor((next / stretch.weight) * stretch.seconds), stretch };
      next += gaps.exponential() * scale;
    }
    next -= stretch.weight;
  }
}

function demandUntil(options: HelpdeskOptions, end: number): number {
  let total = 0;
  for (const stretch of stretches(options)) {
    if (stretch.start >= end) break;
    total += stretch.weight;
  }
  return total;
}

function sumOfGaps(options: HelpdeskOptions): number {
  const gaps = new Random(options.seed, STREAMS.gaps, 0);
  let sum = 0;
  for (let n = 0; n < options.tickets; n++) sum += gaps.exponential();
  // The period ends half-way to the next ticket, so that rounding cannot move that one across.
  return sum + gaps.exponential() / 2;
}
