import { grouped, percentileInTenths, quotient, type Row, total } from "../helpdesk/analyses/exact.js";
import type { LogIncident } from "./log-incidents.js";

const DAY = 1440;

/** What the analyses of a log must hold, by table, each figure by looking at all incidents again. */
export function logAnalyses(incidents: readonly LogIncident[]): Record<string, Row[]> {
  const tables = { ...byDay(incidents), ...byGroup(incidents) };
  const left = new Map(tables.backlog_daily.map((day) => [day.date_day, day]));
  return {
    ...tables,
    eda_daily: tables.incident_volume_daily.map(({ date_day, incidents: opened, average_7_days }) => ({
      date_day,
      incidents: opened,
      average_7_days,
      unresolved_at_end: left.get(date_day)!.unresolved_at_end,
      open_at_end: left.get(date_day)!.open_at_end,
    })),
  };
}

function byDay(incidents: readonly LogIncident[]) {
  const times = incidents.flatMap(({ opened, resolved, closed }) => [
    opened,
    resolved ?? opened,
    closed ?? opened,
  ]);
  const first = Math.floor(least(times) / DAY) * DAY;
  const days: number[] = [];
  for (let day = first; day <= -least(times.map((time) => -time)); day += DAY) days.push(day);
  return {
    observed_days: days.map((day) => ({ date_day: dayOf(day), month_start_date: monthOf(day) })),
    incident_volume_daily: days.map((day, n) => {
      const within = (from: number) => count(incidents, ({ opened }) => opened >= from && opened < day + DAY);
      return {
        date_day: dayOf(day),
        incidents: within(day),
        incidents_to_date: within(0),
        incidents_7_days: within(day - 6 * DAY),
        days_in_window: Math.min(n + 1, 7),
        average_7_days: n < 6 ? null : quotient(within(day - 6 * DAY), 7, 6),
      };
    }),
    backlog_daily: days.map((day) => {
      const isOver = (time: number | null) => time !== null && time < day + DAY;
      const isToday = (time: number | null) => isOver(time) && time! >= day;
      const known = incidents.filter(({ opened }) => isOver(opened));
      return {
        date_day: dayOf(day),
        opened: count(incidents, ({ opened }) => isToday(opened)),
        resolved: count(incidents, ({ resolved, closed }) => isToday(resolved ?? closed)),
        closed: count(incidents, ({ closed }) => isToday(closed)),
        unresolved_at_end: count(known, ({ resolved, closed }) => !isOver(resolved ?? closed)),
        open_at_end: count(known, ({ closed }) => !isOver(closed)),
      };
    }),
  };
}

function byGroup(incidents: readonly LogIncident[]) {
  return {
    repeat_incidents: repeats(incidents),
    mttr_by_group: timesToResolve(incidents, ({ resolved }) => monthOf(resolved!)),
    breach_rate_monthly: byPriority(
      incidents.filter(({ closed }) => closed !== null),
      ({ closed }) => closed!,
      (own) => {
        const breached = count(own, ({ isBreached }) => isBreached);
        return { closed: own.length, breached, breach_percent: quotient(100 * breached, own.length, 6) };
      },
    ),
    first_response_monthly: byPriority(incidents, ({ opened }) => opened, responses),
    eda_hourly: Array.from({ length: 168 }, (_, slot) => {
      // The first of January 1970 was a Thursday; Monday is 0.
      const here = count(incidents, ({ opened }) => (Math.floor(opened / 60) + 3 * 24) % 168 === slot);
      return {
        weekday: Math.floor(slot / 24),
        weekday_name: WEEKDAYS[Math.floor(slot / 24)]!,
        hour: slot % 24,
        incidents: here,
        share: quotient(here, incidents.length, 6),
      };
    }),
    eda_mttr_group: timesToResolve(incidents, () => "").map(
      ({ month_start_date: _, resolved, total_hours: __, ...row }) => ({ ...row, incidents: resolved! }),
    ),
    eda_pareto: pareto(incidents),
  };
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function pareto(incidents: readonly LogIncident[]): Row[] {
  const counts = [...grouped(incidents, ({ category }) => category ?? "Unknown")]
    .map(([category, own]) => ({ category, own: own.length }))
    .sort((one, other) => other.own - one.own || (one.category < other.category ? -1 : 1));
  return counts.map(({ category, own }, n) => {
    const before = total(counts.slice(0, n).map((other) => other.own));
    return {
      rank: n + 1,
      category,
      incidents: own,
      share: quotient(own, incidents.length, 6),
      cumulative_share: quotient(before + own, incidents.length, 6),
      is_vital: Number(10 * before < 8 * incidents.length),
    };
  });
}

function repeats(incidents: readonly LogIncident[]): Row[] {
  const known = incidents.filter(({ caller, category }) => caller !== null && category !== null);
  const rows: Row[] = [];
  for (const own of grouped(known, ({ caller, category }) => `${caller}|${category}`).values()) {
    const history = [...own].sort(
      (one, other) => one.opened - other.opened || (one.number < other.number ? -1 : 1),
    );
    const chains: LogIncident[][] = [];
    for (const incident of history) {
      const chain = chains.at(-1);
      if (chain && incident.opened - chain.at(-1)!.opened <= DAY) chain.push(incident);
      else chains.push([incident]);
    }
    for (const links of chains) {
      for (const [n, incident] of links.entries()) {
        if (n === 0) continue;
        const before = links[n - 1]!;
        rows.push({
          incident_number: incident.number,
          previous_incident_number: before.number,
          caller_id: incident.caller,
          category: incident.category,
          opened_at: timeOf(incident.opened),
          previous_opened_at: timeOf(before.opened),
          gap_hours: quotient(incident.opened - before.opened, 60, 4),
          is_after_resolution: Number(before.resolved !== null && before.resolved <= incident.opened),
          first_incident_number: links[0]!.number,
          chain_position: n + 1,
          chain_length: links.length,
        });
      }
    }
  }
  return rows;
}

function timesToResolve(incidents: readonly LogIncident[], period: (incident: LogIncident) => string): Row[] {
  const resolved = incidents.filter((incident) => incident.resolved !== null);
  const groups = grouped(resolved, (incident) => `${period(incident)}|${incident.group}`);
  return [...groups].map(([name, own]) => {
    // Hours as the facts hold them, to a ten-thousandth.
    const hours = own.map(({ resolved: end, opened }) => Math.round(quotient(end! - opened, 60, 4) * 1e4));
    const [month, group] = name.split("|") as [string, string];
    return {
      month_start_date: month,
      assignment_group: group,
      resolved: own.length,
      total_hours: total(hours) / 1e4,
      mean_hours: quotient(total(hours), own.length, 0) / 1e4,
      median_hours: quotient(percentileInTenths(hours, 5), 10, 0) / 1e4,
      p90_hours: quotient(percentileInTenths(hours, 9), 10, 0) / 1e4,
    };
  });
}

function responses(own: readonly LogIncident[]): Row {
  const minutes = own.flatMap(({ responseMinutes }) => (responseMinutes === null ? [] : [responseMinutes]));
  const known = minutes.length > 0;
  return {
    incidents: own.length,
    answered: minutes.length,
    answered_before_opening: minutes.filter((value) => value < 0).length,
    response_minutes: total(minutes),
    mean_minutes: known ? quotient(total(minutes), minutes.length, 4) : null,
    median_minutes: known ? quotient(percentileInTenths(minutes, 5), 10, 4) : null,
    p90_minutes: known ? quotient(percentileInTenths(minutes, 9), 10, 4) : null,
  };
}

function byPriority(
  incidents: readonly LogIncident[],
  time: (incident: LogIncident) => number,
  figures: (own: readonly LogIncident[]) => Row,
): Row[] {
  return ["All", ...new Set(incidents.map(({ priority }) => priority))].flatMap((priority) => {
    const own = incidents.filter((incident) => priority === "All" || incident.priority === priority);
    return [...grouped(own, (incident) => monthOf(time(incident)))].map(([month, part]) => ({
      month_start_date: month,
      priority_name: priority,
      ...figures(part),
    }));
  });
}

function count<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length;
}

function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other));
}

function timeOf(minute: number): string {
  return new Date(minute * 60_000).toISOString().slice(0, 19).replace("T", " ");
}

function dayOf(minute: number): string {
  return timeOf(minute).slice(0, 10);
}

function monthOf(minute: number): string {
  return `${timeOf(minute).slice(0, 7)}-01`;
}
