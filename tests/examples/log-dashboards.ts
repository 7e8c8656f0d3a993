import type { FigureTable } from "../../src/reports/index.js";
import type { LogIncident } from "./log-incidents.js";

const DAY = 1440;

/** What a reader of the example's dashboards has chosen: days since 1970, both included. */
export interface LogChoice {
  from: number;
  to: number;
  priorities: string[];
}

type Rows = FigureTable["rows"];

/** The cards' values and the sheets' rows, each by looking at all incidents of a log again; nothing here knows the metrics' YAML. */
export function logDashboards(
  incidents: readonly LogIncident[],
  { from, to, priorities }: LogChoice,
): { kpis: Record<string, number | null>; sheets: Record<string, Rows> } {
  const ofPriority = ({ priority }: LogIncident) => priorities.length === 0 || priorities.includes(priority);
  const repeats = repeatsOf(incidents);
  const own = incidents.filter(
    (one) => ofPriority(one) && dayOf(one.opened) >= from && dayOf(one.opened) <= to,
  );
  const hours = ({ opened, resolved }: LogIncident) => Math.round(((resolved! - opened) / 60) * 1e4) / 1e4;
  const figures = (some: readonly LogIncident[]) => {
    const times = some.filter(({ resolved }) => resolved !== null).map(hours);
    const answers = some.flatMap(({ responseMinutes }) => responseMinutes ?? []);
    const share = (holds: (one: LogIncident) => boolean) => ratio(some.filter(holds).length, some.length);
    return {
      incidents: some.length,
      breached: share(({ isBreached }) => isBreached),
      repeated: share((one) => repeats.has(one)),
      handedOver: share(({ handovers }) => handovers > 0),
      reopened: share(({ isReopened }) => isReopened),
      mean: ratio(sum(times), times.length),
      median: median(times),
      meanAnswer: ratio(sum(answers), answers.length),
      medianAnswer: median(answers),
      timed: times.length,
    };
  };
  const all = figures(own);
  const by = (key: (one: LogIncident) => string, some = own) => {
    const groups = new Map<string, LogIncident[]>();
    for (const one of some) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
    return [...groups].sort(([a], [b]) => (a.toUpperCase() < b.toUpperCase() ? -1 : 1));
  };
  const busiest = (key: (one: LogIncident) => string, most: number) =>
    by(key)
      .sort(([, a], [, b]) => b.length - a.length)
      .slice(0, most);
  const months = monthsOf(from, to);
  const inMonth = (month: string, day: number) => dateOf(day).startsWith(month);
  const ended = ({ resolved, closed }: LogIncident) => resolved ?? closed;
  const known = incidents.filter(ofPriority);
  const flow = (within: (day: number) => boolean, last: number) => [
    known.filter(({ opened }) => within(dayOf(opened))).length,
    known.filter((one) => ended(one) !== null && within(dayOf(ended(one)!))).length,
    known.filter((one) => dayOf(one.opened) <= last && (ended(one) === null || dayOf(ended(one)!) > last))
      .length,
  ];
  const [, resolved, unresolved] = flow((day) => day >= from && day <= to, to);
  const steps = [...new Set(own.map(handovers))].sort((a, b) => STEPS.indexOf(a) - STEPS.indexOf(b));
  const grid = [...new Set(own.map(handovers))].sort(
    (a, b) => count(own, b) - count(own, a) || (a < b ? -1 : 1),
  );
  return {
    kpis: {
      incidents: own.length,
      sla_breach_rate: all.breached,
      repeat_rate: all.repeated,
      incidents_resolved: resolved!,
      unresolved: unresolved!,
      mean_resolution_hours: all.mean,
      median_resolution_hours: all.median,
      mean_first_response: all.meanAnswer,
      median_first_response: all.medianAnswer,
      reassigned_rate: all.handedOver,
      reopened_rate: all.reopened,
    },
    sheets: {
      // As an axis is cut that nobody has cut: up to five weeks into days, more than half a year into months.
      flow:
        to - from < 35
          ? Array.from({ length: to - from + 1 }, (_, n) => [
              dateOf(from + n),
              ...flow((day) => day === from + n, from + n),
            ])
          : months.map((month) => [
              month,
              ...flow(
                (day) => day >= from && day <= to && inMonth(month, day),
                Math.min(to, lastDayOf(month)),
              ),
            ]),
      breach_by_priority: by(({ priority }) => priority)
        .sort(([a], [b]) => PRIORITIES.indexOf(a) - PRIORITIES.indexOf(b))
        .map(([name, some]) => [name, figures(some).breached, some.length]),
      categories: busiest(categoryOf, 10).map(([name, some]) => [name, some.length, figures(some).breached]),
      breach_trend: months.map((month) => [
        month,
        figures(own.filter(({ opened }) => inMonth(month, dayOf(opened)))).breached,
      ]),
      groups: by(
        ({ group }) => group,
        own.filter(({ resolved: at }) => at !== null),
      )
        .filter(([, some]) => some.length >= 10)
        .map(([name, some]) => [name, some.length, figures(some).mean]),
      handovers: months.map((month) => [
        month,
        ...steps.map(
          (step) => own.filter((one) => handovers(one) === step && inMonth(month, dayOf(one.opened))).length,
        ),
      ]),
      category_by_handovers: busiest(categoryOf, 15).map(([name, some]) => [
        name,
        ...grid.map((step) => count(some, step) || null),
      ]),
      group_table: busiest(({ group }) => group, 20).map(([name, some]) => {
        const { mean, median: middle, breached, handedOver, reopened } = figures(some);
        return [name, some.length, mean, middle, breached, handedOver, reopened];
      }),
    },
  };
}

const PRIORITIES = ["Unknown", "Critical", "High", "Moderate", "Low"];
const STEPS = ["None", "One", "Two", "Three or more"];
const handovers = ({ handovers: n }: LogIncident) => STEPS[Math.min(n, 3)]!;
const categoryOf = ({ category }: LogIncident) => category ?? "Unknown";
const count = (some: readonly LogIncident[], step: string) =>
  some.filter((one) => handovers(one) === step).length;

/** Those whose caller has opened one of the same category within the 24 hours before. */
function repeatsOf(incidents: readonly LogIncident[]): Set<LogIncident> {
  const last = new Map<string, LogIncident>();
  const found = new Set<LogIncident>();
  const inOrder = [...incidents].sort((a, b) => a.opened - b.opened || (a.number < b.number ? -1 : 1));
  for (const one of inOrder) {
    if (one.caller === null || one.category === null) continue;
    const key = `${one.caller}|${one.category}`;
    const before = last.get(key);
    if (before !== undefined && one.opened - before.opened <= DAY) found.add(one);
    last.set(key, one);
  }
  return found;
}

const dayOf = (minute: number) => Math.floor(minute / DAY);
const dateOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

function monthsOf(from: number, to: number): string[] {
  const found = new Set<string>();
  for (let day = from; day <= to; day++) found.add(dateOf(day).slice(0, 7));
  return [...found];
}

function lastDayOf(month: string): number {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return Date.UTC(year, number, 0) / 86_400_000;
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
