import { DAY, HOUR, timestamp, weekday } from "../../seeds/helpdesk/calendar.js";
import { SYSTEMS } from "../../seeds/helpdesk/systems.js";
import type { CleanTicket } from "./cleaned.js";
import { type Active, areaUnderCurve, fitLogistic, probability } from "./logistic.js";

/** What the analyses of the helpdesk should find, measured without SQL. Shares are from 0 to 1. */
export interface Facts {
  tickets: number;
  systems: number;
  /** Share of tickets of the busiest fifth of the systems. */
  topFifth: number;
  /** Shares of those systems. */
  busiest: Record<string, number>;
  /** Tickets of the last twelve months against those of the twelve before. */
  growth: number;
  /** Tickets per weekend day against those per working day. */
  weekend: number;
  /** Share of tickets by hour, Monday to Friday. */
  hours: number[];
  /** Daily tickets of month-end systems in the last three days and the first of a month, against other days. */
  monthEnd: number;
  /** The same for the other systems. */
  monthEndOthers: number;
  /** Most tickets within three hours of a system with 1 % of all tickets or more, against its average in three hours. */
  burst: number;
  breachShare: number;
  breachByPriority: Record<string, number>;
  breachByNight: { night: number; day: number };
  auc: number;
  repeatShare: number;
  /** Flags that differ from what the data say: must be none. */
  repeatErrors: number;
  openTickets: number;
  pendingTickets: number;
  resolvedTickets: number;
  /** Share of the open and pending tickets created in the last 60 days. */
  openRecent: number;
  /** Systems with more than ten breaches in some month, and months of systems with that. */
  chronicSystems: number;
  chronicSystemMonths: number;
  /** Share of tickets with an outage, and by category. */
  outageShare: number;
  /** Minutes down counted per ticket, against the union of the intervals. */
  outageOverlap: number;
  /** Lowest and highest availability of a system, around the clock. */
  uptime: { lowest: number; highest: number };
  impactShare: number;
  loss: number;
  /** Hours to resolve. */
  resolution: { median: number; mean: number; p90: number };
  /** Mean hours to resolve by team. */
  resolutionByTeam: Record<string, number>;
  /** Fastest and slowest engineer with at least 50 closed tickets: median hours against that of the own team. */
  engineers: { fastest: number; slowest: number };
  /** Shares of the fix types among those noted. */
  fixes: Record<string, number>;
}

export function facts(tickets: readonly CleanTicket[], asOf: number): Facts {
  const closed = tickets.filter((ticket) => ticket.closed !== null);
  const open = tickets.filter((ticket) => ticket.closed === null);
  const hoursOpen = closed.map(hoursToResolve).sort((a, b) => a - b);
  const bySystem = countBy(tickets, (ticket) => ticket.system);
  const counts = [...bySystem.values()].sort((a, b) => b - a);
  const workdays = tickets.filter((ticket) => !isWeekend(ticket.created));
  const start = tickets[0]!.created - (tickets[0]!.created % DAY);
  const months = new Set(tickets.map((ticket) => month(ticket.created))).size;
  const chronic = [
    ...countBy(closed.filter(breached), (ticket) => `${ticket.system}|${month(ticket.created)}`),
  ]
    .filter(([, count]) => count > 10)
    .map(([key]) => key.split("|")[0]!);
  return {
    tickets: tickets.length,
    systems: bySystem.size,
    topFifth: sum(counts.slice(0, Math.round(SYSTEMS.length / 5))) / tickets.length,
    busiest: Object.fromEntries(
      [...bySystem]
        .sort(([, one], [, other]) => other - one)
        .slice(0, 5)
        .map(([system, count]) => [system, count / tickets.length]),
    ),
    growth:
      tickets.filter((ticket) => ticket.created >= asOf - 365 * DAY).length /
      tickets.filter((ticket) => ticket.created < asOf - 365 * DAY && ticket.created >= asOf - 730 * DAY)
        .length,
    weekend: (tickets.length - workdays.length) / 2 / (workdays.length / 5),
    hours: Array.from({ length: 24 }, (_, hour) =>
      share(workdays, (ticket) => hourOf(ticket.created) === hour),
    ),
    monthEnd: monthEndRatio(tickets, true, start, asOf),
    monthEndOthers: monthEndRatio(tickets, false, start, asOf),
    burst: burst(tickets, (asOf - start) / (3 * HOUR)),
    breachShare: share(closed, breached),
    breachByPriority: Object.fromEntries(
      ["LOW", "MEDIUM", "HIGH", "CRITICAL"].map((priority) => [
        priority,
        share(
          closed.filter((ticket) => ticket.priority === priority),
          breached,
        ),
      ]),
    ),
    breachByNight: {
      night: share(
        closed.filter((ticket) => hourOf(ticket.created) >= 19 || hourOf(ticket.created) < 7),
        breached,
      ),
      day: share(
        closed.filter((ticket) => hourOf(ticket.created) >= 7 && hourOf(ticket.created) < 16),
        breached,
      ),
    },
    auc: heldOutAuc(closed, months),
    repeatShare: share(tickets, (ticket) => ticket.isRepeat),
    repeatErrors: repeatErrors(tickets),
    openTickets: tickets.filter((ticket) => ticket.status === "OPEN").length,
    pendingTickets: tickets.filter((ticket) => ticket.status === "PENDING").length,
    resolvedTickets: tickets.filter((ticket) => ticket.status === "RESOLVED").length,
    openRecent: share(open, (ticket) => ticket.created > asOf - 60 * DAY),
    chronicSystems: new Set(chronic).size,
    chronicSystemMonths: chronic.length / (months * SYSTEMS.length),
    outageShare: share(tickets, (ticket) => ticket.downMinutes > 0),
    ...outages(tickets, asOf - start),
    impactShare: share(tickets, (ticket) => ticket.impact !== undefined),
    loss: sum(tickets.map((ticket) => ticket.impact?.loss ?? 0)),
    resolution: {
      median: hoursOpen[Math.floor(hoursOpen.length / 2)]!,
      mean: sum(hoursOpen) / hoursOpen.length,
      p90: hoursOpen[Math.floor(hoursOpen.length * 0.9)]!,
    },
    resolutionByTeam: Object.fromEntries(
      [...groupBy(closed, (ticket) => ticket.team)].map(([team, own]) => [
        team,
        sum(own.map(hoursToResolve)) / own.length,
      ]),
    ),
    engineers: engineers(closed),
    fixes: shares(closed.flatMap((ticket) => ticket.fix ?? [])),
  };
}

/** Trained on all but the last quarter of the months, judged on those; only what is known at creation. */
function heldOutAuc(closed: readonly CleanTicket[], months: number): number {
  const names = new Map<string, number>([["", 0]]);
  const number = (name: string) => names.get(name) ?? names.set(name, names.size).get(name)!;
  const rows = closed.map(
    (ticket): Active => [
      0,
      number(ticket.priority),
      number(ticket.system),
      number(ticket.category),
      number(ticket.channel),
      number(ticket.team),
      number(`hour ${hourOf(ticket.created)}`),
      number(`weekday ${weekday(Math.floor(ticket.created / DAY))}`),
    ],
  );
  const all = [...new Set(closed.map((ticket) => month(ticket.created)))].sort();
  const later = new Set(all.slice(-Math.max(1, Math.round(months / 4))));
  const isLater = closed.map((ticket) => later.has(month(ticket.created)));
  const weights = fitLogistic(
    rows.filter((_, n) => !isLater[n]),
    closed.filter((_, n) => !isLater[n]).map(breached),
    names.size,
  );
  return areaUnderCurve(
    rows.filter((_, n) => isLater[n]).map((row) => probability(weights, row)),
    closed.filter((_, n) => isLater[n]).map(breached),
  );
}

function repeatErrors(tickets: readonly CleanTicket[]): number {
  const last = new Map<string, number>();
  let errors = 0;
  for (const ticket of tickets) {
    const key = `${ticket.customer}|${ticket.system}`;
    const before = last.get(key);
    if ((before !== undefined && ticket.created - before <= DAY) !== ticket.isRepeat) errors++;
    last.set(key, ticket.created);
  }
  return errors;
}

function outages(tickets: readonly CleanTicket[], seconds: number): Pick<Facts, "outageOverlap" | "uptime"> {
  let counted = 0;
  let union = 0;
  const shares: number[] = [];
  for (const system of new Set(tickets.map((ticket) => ticket.system))) {
    let until = 0;
    let down = 0;
    for (const ticket of tickets) {
      if (ticket.system !== system || ticket.downMinutes === 0) continue;
      const end = ticket.created + 60 * ticket.downMinutes;
      counted += end - ticket.created;
      down += Math.max(0, end - Math.max(until, ticket.created));
      until = Math.max(until, end);
    }
    union += down;
    shares.push(1 - down / seconds);
  }
  return {
    outageOverlap: counted / union,
    uptime: { lowest: Math.min(...shares), highest: Math.max(...shares) },
  };
}

const MONTH_END = new Set(
  SYSTEMS.filter((system) => system.monthEnd).map((system) => system.name.toUpperCase()),
);

function monthEndRatio(
  tickets: readonly CleanTicket[],
  affected: boolean,
  start: number,
  end: number,
): number {
  const rate = (isEnd: boolean) => {
    let days = 0;
    for (let day = start; day < end; day += DAY) if (isMonthEnd(day) === isEnd && !isWeekend(day)) days++;
    const found = tickets.filter(
      (ticket) =>
        MONTH_END.has(ticket.system) === affected &&
        isMonthEnd(ticket.created) === isEnd &&
        !isWeekend(ticket.created),
    );
    return found.length / days;
  };
  return rate(true) / rate(false);
}

function burst(tickets: readonly CleanTicket[], slots: number): number {
  const bySystem = countBy(tickets, (ticket) => ticket.system);
  const bySlot = countBy(tickets, (ticket) => `${ticket.system}|${Math.floor(ticket.created / (3 * HOUR))}`);
  const ratios = [...bySlot].map(([slot, count]) => {
    const all = bySystem.get(slot.split("|")[0]!)!;
    return all < tickets.length / 100 ? 0 : count / (all / slots);
  });
  return ratios.reduce((most, ratio) => Math.max(most, ratio), 0);
}

function engineers(closed: readonly CleanTicket[]): Facts["engineers"] {
  const ratios: number[] = [];
  for (const team of groupBy(closed, (ticket) => ticket.team).values()) {
    for (const own of groupBy(team, (ticket) => ticket.engineer ?? "").values()) {
      if (own.length >= 50 && own[0]!.engineer)
        ratios.push(median(own.map(hoursToResolve)) / median(team.map(hoursToResolve)));
    }
  }
  return { fastest: Math.min(...ratios), slowest: Math.max(...ratios) };
}

function hoursToResolve(ticket: CleanTicket): number {
  return (ticket.closed! - ticket.created) / HOUR;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

function shares(words: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...countBy(words, (word) => word)].map(([word, count]) => [word, count / words.length]),
  );
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function isMonthEnd(time: number): boolean {
  const day = timestamp(time).slice(8, 10);
  return day === "01" || timestamp(time + 3 * DAY).slice(5, 7) !== timestamp(time).slice(5, 7);
}

function breached(ticket: CleanTicket): boolean {
  return ticket.breached;
}

function isWeekend(time: number): boolean {
  return weekday(Math.floor(time / DAY)) >= 5;
}

function hourOf(time: number): number {
  return Math.floor((time % DAY) / HOUR);
}

function month(time: number): string {
  return timestamp(time).slice(0, 7);
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
