import type { CleanTicket } from "../cleaned.js";
import type { Bank } from "./bank.js";
import {
  capitalised,
  dayOf,
  grouped,
  monthOf,
  percentileInTenths,
  quotient,
  type Row,
  tenThousandthsOfHours,
  total,
} from "./exact.js";
import { isOverdueAt, openAt } from "./flow.js";

/** How long users wait, and how often too long. */
export function service(bank: Bank): Record<string, Row[]> {
  return {
    mttr_by_team: timesToResolve(bank, "team_code", bank.teamCode),
    mttr_by_system: timesToResolve(bank, "system_code", bank.systemCode),
    breach_rate_monthly: breachRates(bank),
    first_response_monthly: firstResponses(bank),
  };
}

function timesToResolve(bank: Bank, column: string, key: (ticket: CleanTicket) => string): Row[] {
  const closed = bank.tickets.filter((ticket) => ticket.closed !== null);
  const groups = grouped(closed, (ticket) => `${monthOf(ticket.closed!)} ${key(ticket)}`);
  return [...groups].map(([name, own]) => {
    const [month, code] = name.split(" ") as [string, string];
    const hours = own.map((ticket) => tenThousandthsOfHours(ticket.closed! - ticket.created));
    return {
      month_start_date: month,
      [column]: code,
      resolved: own.length,
      total_hours: total(hours) / 1e4,
      mean_hours: quotient(total(hours), own.length, 0) / 1e4,
      median_hours: quotient(percentileInTenths(hours, 5), 10, 0) / 1e4,
      p90_hours: quotient(percentileInTenths(hours, 9), 10, 0) / 1e4,
    };
  });
}

function breachRates(bank: Bank): Row[] {
  const months = [...grouped(bank.days, monthOf).entries()];
  return months.flatMap(([month, days]) => {
    const end = Math.min(days.at(-1)! + 86_400, bank.asOf);
    const left = openAt(bank, end);
    const closed = bank.tickets.filter(
      (ticket) => ticket.closed !== null && dayOf(ticket.closed).startsWith(month.slice(0, 7)),
    );
    return priorities(bank).map((priority) => {
      const own = (tickets: readonly CleanTicket[]) => tickets.filter((ticket) => isOf(ticket, priority));
      const resolved = own(closed);
      const breached = resolved.filter(
        (ticket) => ticket.closed! - ticket.created > 3600 * ticket.limitHours,
      );
      return {
        month_start_date: month,
        priority,
        resolved: resolved.length,
        breached: breached.length,
        breach_percent: percent(breached.length, resolved.length),
        open_at_end: own(left).length,
        overdue_at_end: own(left).filter((ticket) => isOverdueAt(ticket, end)).length,
      };
    });
  });
}

function firstResponses(bank: Bank): Row[] {
  return [...grouped(bank.tickets, (ticket) => monthOf(ticket.created))].flatMap(([month, created]) =>
    priorities(bank).flatMap((priority) => {
      const own = created.filter((ticket) => isOf(ticket, priority));
      if (own.length === 0) return [];
      const answered = own.filter((ticket) => ticket.responseMinutes !== null);
      const minutes = answered.map((ticket) => ticket.responseMinutes!);
      const target = (ticket: CleanTicket) => bank.targets.get(capitalised(ticket.priority))!;
      const inTime = answered.filter((ticket) => ticket.responseMinutes! <= target(ticket)).length;
      const unansweredLate = own.filter(
        (ticket) => ticket.responseMinutes === null && bank.asOf > ticket.created + 60 * target(ticket),
      ).length;
      const late = answered.length - inTime + unansweredLate;
      const tenThousandths = (above: number, below: number) =>
        minutes.length === 0 ? null : quotient(above, below, 4);
      return {
        month_start_date: month,
        priority,
        tickets: own.length,
        answered: answered.length,
        response_minutes: total(minutes),
        mean_minutes: tenThousandths(total(minutes), minutes.length),
        median_minutes: tenThousandths(minutes.length && percentileInTenths(minutes, 5), 10),
        p90_minutes: tenThousandths(minutes.length && percentileInTenths(minutes, 9), 10),
        in_time: inTime,
        late,
        in_time_percent: percent(inTime, inTime + late),
      };
    }),
  );
}

function priorities(bank: Bank): string[] {
  return ["All", ...bank.targets.keys()];
}

function isOf(ticket: CleanTicket, priority: string): boolean {
  return priority === "All" || capitalised(ticket.priority) === priority;
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : quotient(100 * part, whole, 6);
}
