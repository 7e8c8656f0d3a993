import { DAY, HOUR, timestamp, weekday } from "../../../seeds/helpdesk/calendar.js";
import type { CleanTicket } from "../cleaned.js";
import type { Bank } from "./bank.js";
import { dayOf, grouped, minutes, monthOf, quotient, type Row, total } from "./exact.js";

/** Outages and uptime, second by second: the seconds in which a system is down are a set, so that none can count twice. */
export function downtime(bank: Bank): Record<string, Row[]> {
  const intervals: Row[] = [];
  const daily: Day[] = [];
  for (const system of bank.systems) {
    const reports = bank.tickets.filter(
      (ticket) => bank.systemCode(ticket) === system.code && ticket.downMinutes > 0,
    );
    const down = new Set<number>();
    for (const report of reports) {
      for (let second = report.created; second < endOf(bank, report); second++) down.add(second);
    }
    const starts = [...down].filter((second) => !down.has(second - 1)).sort((one, other) => one - other);
    intervals.push(...starts.map((start) => interval(bank, system.code, start, down, reports)));
    const downByDay = grouped([...down], dayOf);
    const startsByDay = grouped(starts, dayOf);
    for (const start of bank.days) {
      const isService = (second: number) =>
        weekday(start / DAY) < system.days &&
        second >= start + system.startHour * HOUR &&
        second < start + system.endHour * HOUR;
      const own = downByDay.get(dayOf(start)) ?? [];
      const end = Math.min(start + DAY, bank.asOf);
      const open = Math.min(end, start + system.startHour * HOUR);
      const seconds = {
        service: isService(start + system.startHour * HOUR)
          ? Math.min(end, start + system.endHour * HOUR) - open
          : 0,
        down: own.filter(isService).length,
        clock: end - start,
        outage: own.length,
      };
      const row = {
        system_code: system.code,
        date_day: dayOf(start),
        month_start_date: monthOf(start),
        outages_started: startsByDay.get(dayOf(start))?.length ?? 0,
      };
      daily.push({ row, seconds });
    }
  }
  return {
    outage_intervals: intervals,
    uptime_daily: daily.map(({ seconds, row }) => ({ ...row, ...inMinutes([seconds]) })),
    uptime_monthly: [
      ...grouped(daily, ({ row }) => `${row.system_code} ${row.month_start_date}`).values(),
    ].map(monthly),
  };
}

type Seconds = Record<"service" | "down" | "clock" | "outage", number>;

interface Day {
  row: Row & { outages_started: number };
  seconds: Seconds;
}

function endOf(bank: Bank, report: CleanTicket): number {
  return Math.min(report.created + 60 * report.downMinutes, bank.asOf);
}

function interval(
  bank: Bank,
  system: string,
  start: number,
  down: ReadonlySet<number>,
  reports: readonly CleanTicket[],
): Row {
  let end = start;
  while (down.has(end)) end++;
  const own = reports.filter((report) => report.created >= start && report.created < end);
  return {
    system_code: system,
    started_at: timestamp(start),
    ended_at: timestamp(end),
    started_date: dayOf(start),
    ended_date: dayOf(end - 1),
    outage_minutes: minutes(end - start),
    tickets: own.length,
    reported_minutes: minutes(total(own.map((report) => endOf(bank, report) - report.created))),
  };
}

/** Minutes of days are rounded one by one, as the table holds them; sums are those of what it holds. */
function inMinutes(days: readonly Seconds[]) {
  const sum = (name: "service" | "down" | "clock" | "outage") =>
    total(days.map((day) => Math.round(minutes(day[name]) * 1e4))) / 1e4;
  return {
    service_minutes: sum("service"),
    down_minutes: sum("down"),
    clock_minutes: sum("clock"),
    outage_minutes: sum("outage"),
  };
}

function monthly(days: readonly Day[]): Row {
  const sums = inMinutes(days.map((day) => day.seconds));
  const rate = (part: number, whole: number) =>
    whole === 0 ? null : quotient(100 * Math.round((whole - part) * 1e4), Math.round(whole * 1e4), 6);
  return {
    system_code: days[0]!.row.system_code!,
    month_start_date: days[0]!.row.month_start_date!,
    ...sums,
    uptime_percent: rate(sums.down_minutes, sums.service_minutes),
    availability_percent: rate(sums.outage_minutes, sums.clock_minutes),
    outages_started: total(days.map((day) => day.row.outages_started)),
  };
}
