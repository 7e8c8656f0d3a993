import type { Faker } from "@faker-js/faker";
import { DAY, HOUR } from "./calendar.js";
import { drawCategory, drawCause, drawFix, drawTeam, slowness } from "./cause.js";
import { type Arrival, arrivals } from "./demand.js";
import { afterFreeze } from "./freeze.js";
import { downMinutes, drawImpact, type Impact, outageBehind } from "./impact.js";
import { drawLifecycle, type Lifecycle } from "./lifecycle.js";
import type { HelpdeskOptions } from "./options.js";
import type { Outage } from "./outages.js";
import { type Crew, Customers, hireCrews } from "./people.js";
import { Random, STREAMS } from "./random.js";
import { RecentTickets, type Reported } from "./recent.js";
import { firstResponseMinutes, resolutionSeconds, type Work } from "./resolution.js";
import { SYSTEMS, type System } from "./systems.js";
import { TEAMS } from "./teams.js";
import { drawIssue, Texts } from "./texts.js";
import { drawChannel, drawPriority, isNight } from "./triage.js";
import type { Category, Channel, FixType, Priority, RootCause } from "./words.js";

/** A ticket with its whole life, known in full whatever the date of the export. */
export interface Ticket {
  id: number;
  customer: string;
  system: System;
  category: Category;
  priority: Priority;
  channel: Channel;
  issue: string;
  body: string;
  team: string;
  engineer: string;
  cause: RootCause;
  fix: FixType;
  isRepeat: boolean;
  lifecycle: Lifecycle;
  responseMinutes: number;
  /** When its system came back, and the minutes that took from the ticket's creation. */
  outage: { end: number; minutes: number } | undefined;
  impact: Impact | undefined;
}

/** A ticket is drawn as a follow-up of a recent one this often … */
const FOLLOW_UP = 0.165;
/** … and is one indeed, depending on how that one was fixed. */
const RETURNS: Record<FixType, number> = { Permanent: 0.22, Patch: 0.5, Workaround: 1 };

/** All tickets that are created before `asOf`, in order of creation. */
export function* tickets(options: HelpdeskOptions, faker: Faker): Generator<Ticket> {
  const crews = hireCrews(faker, options.seed);
  const texts = new Texts(faker);
  const customers = new Customers(options.tickets);
  const recent = new RecentTickets();
  const random = new Random(options.seed, STREAMS.ticket, 0);
  let id = 0;
  for (const arrival of arrivals(options)) {
    if (arrival.at >= options.asOf) return;
    random.restart(options.seed, STREAMS.ticket, ++id);
    yield draw(id, random, arrival, recent, customers, crews, texts);
  }
}

function draw(
  id: number,
  random: Random,
  { at, stretch, systems }: Arrival,
  recent: RecentTickets,
  customers: Customers,
  crews: readonly Crew[],
  texts: Texts,
): Ticket {
  const earlier = followed(random, recent, at);
  const number = earlier?.system ?? random.pick(systems);
  const system = SYSTEMS[number]!;
  const outage = outageBehind(random, stretch.outages, number, at);
  const customer = earlier?.customer ?? customers.draw(random);
  const category =
    outage?.category ?? (earlier && random.chance(0.85) ? earlier.category : drawCategory(random, system));
  const cause = outage?.cause ?? drawCause(random, system, category, stretch.day.isMonthEnd);
  const fix = drawFix(random, cause);
  const issue =
    earlier?.category === category && random.chance(0.8)
      ? earlier.issue
      : drawIssue(random, system, category, outage !== undefined);
  const priority = drawPriority(random, system, category, outage !== undefined);
  const hour = Math.floor((at % DAY) / HOUR);
  const channel = drawChannel(random, priority, isNight(hour));
  const team = drawTeam(random, system, category, cause);
  const crew = crews[team]!;
  const engineer = crew.engineers[random.pick(crew.shares)]!;
  const work: Work = {
    system,
    category,
    priority,
    channel,
    hour,
    isWeekend: stretch.day.weekday >= 5,
    isMonthEnd: stretch.day.isMonthEnd,
    crew: slowness(team) - engineer.skill,
  };
  const typical = afterOutage(random, outage, at, resolutionSeconds(random, work));
  const seconds = afterFreeze(random, { priority, cause, fix }, at, typical);
  return {
    id,
    customer: customers.id(customer),
    system,
    category,
    priority,
    channel,
    issue,
    body: texts.body(random, system, issue),
    team: TEAMS[team]!.name,
    engineer: engineer.name,
    cause,
    fix,
    isRepeat: recent.add({ at, customer, system: number, category, issue, fix }),
    lifecycle: drawLifecycle(random, at, seconds),
    responseMinutes: firstResponseMinutes(random, work, seconds),
    outage: outage && { end: outage.end, minutes: downMinutes(outage, at) },
    impact: drawImpact(
      random,
      system,
      { category, priority, cause, branch: customers.branch(customer) },
      outage,
    ),
  };
}

function followed(random: Random, recent: RecentTickets, at: number): Reported | undefined {
  if (!random.chance(FOLLOW_UP)) return undefined;
  const earlier = recent.draw(random.next(), at);
  return earlier && random.chance(RETURNS[earlier.fix]) ? earlier : undefined;
}

/** A ticket about an outage cannot be closed while it lasts. */
function afterOutage(random: Random, outage: Outage | undefined, at: number, seconds: number): number {
  if (!outage) return seconds;
  return Math.max(seconds, outage.end - at + 60 * (5 + random.below(60)));
}
