import { exp } from "./arithmetic.js";
import { addMonths, DAY, type DayFacts, dayFacts, HOUR, WEEKLY_LOAD } from "./calendar.js";
import type { HelpdeskOptions } from "./options.js";
import { AFTERMATH, type Outage, outagesOfMonth, STEP } from "./outages.js";
import { cumulate, Random, STREAMS } from "./random.js";
import { SYSTEM_SHARES, SYSTEMS } from "./systems.js";

/** A stretch of time with constant demand. */
export interface Stretch {
  start: number;
  seconds: number;
  /** Demand in the whole stretch; 1 is an average hour at the period's start. */
  weight: number;
  /** Hour of the week, Monday 0 h is 0. */
  slot: number;
  day: DayFacts;
  /** What is down, or was until just now. */
  outages: readonly Outage[];
  /** Demand that these add: hours of the desk's average load a second, by growth so far. */
  growth: number;
  /** Demand of everything else against an average hour, before month end. */
  level: number;
}

/** When a ticket comes in, and into what. */
export interface Arrival {
  at: number;
  stretch: Stretch;
  /** Running total of the stretch's demand by system. */
  systems: Float64Array;
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
        const slot = facts.weekday * 24 + hour;
        let weight = (USUAL_TOTAL[facts.isMonthEnd ? 1 : 0]![slot]! * level * length) / HOUR;
        for (const outage of current) weight += outageDemand(outage, length, growth);
        yield { start: from, seconds: length, weight, slot, day: facts, outages: current, growth, level };
      }
    }
  }
}

/** Demand of each system in an average hour, by the hour of the week; and the same at the end of a month. */
const USUAL = [1, MONTH_END_LOAD].map((monthEnd) =>
  Array.from({ length: 168 }, (_, slot) =>
    SYSTEMS.map(
      (system, n) => SYSTEM_SHARES[n]! * WEEKLY_LOAD[system.load][slot]! * (system.monthEnd ? monthEnd : 1),
    ),
  ),
);
const USUAL_TOTAL = USUAL.map((slots) => slots.map((systems) => systems.reduce((sum, one) => sum + one, 0)));
const USUAL_PICK = USUAL.map((slots) => slots.map(cumulate));

function outageDemand(outage: Outage, seconds: number, growth: number): number {
  return (outage.load * growth * seconds) / (outage.end + AFTERMATH - outage.start);
}

/** Running total of a stretch's demand by system, in any unit. */
function demandBySystem({ slot, day, seconds, growth, level, outages }: Stretch): Float64Array {
  const kind = day.isMonthEnd ? 1 : 0;
  if (outages.length === 0) return USUAL_PICK[kind]![slot]!;
  const demand = USUAL[kind]![slot]!.map((usual) => (usual * level * seconds) / HOUR);
  for (const outage of outages) demand[outage.system]! += outageDemand(outage, seconds, growth);
  return cumulate(demand);
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
  let systems: Float64Array = new Float64Array();
  for (const stretch of stretches(options)) {
    if (next < stretch.weight) systems = demandBySystem(stretch);
    while (next < stretch.weight) {
      yield { at: stretch.start + Math.floor((next / stretch.weight) * stretch.seconds), stretch, systems };
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
