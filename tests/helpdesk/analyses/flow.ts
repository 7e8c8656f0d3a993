import { DAY, timestamp } from "../../../seeds/helpdesk/calendar.js";
import type { CleanTicket } from "../cleaned.js";
import type { Bank } from "./bank.js";
import { capitalised, dayOf, grouped, monthOf, quotient, type Row, total } from "./exact.js";

/** What comes, what goes and what comes back: every figure by looking at all tickets again. */
export function flow(bank: Bank): Record<string, Row[]> {
  return {
    observed_days: bank.days.map((start) => ({
      date_day: dayOf(start),
      month_start_date: monthOf(start),
      observed_seconds: Math.min(bank.asOf, start + DAY) - start,
      is_complete: isComplete(bank, start),
    })),
    ticket_volume_daily: bank.days.map((start, n) => {
      const within = (from: number) => createdWithin(bank, from, start + DAY);
      const week = within(start - 6 * DAY);
      return {
        date_day: dayOf(start),
        is_complete: isComplete(bank, start),
        tickets: within(start),
        tickets_to_date: within(0),
        tickets_7_days: week,
        days_in_window: Math.min(n + 1, 7),
        average_7_days: n < 6 || start + DAY > bank.asOf ? null : quotient(week, 7, 6),
      };
    }),
    backlog_daily: bank.days.map((start) => {
      const opened = createdWithin(bank, start, start + DAY);
      const closed = bank.tickets.filter((ticket) => isWithin(ticket.closed, start, start + DAY)).length;
      const left = openAt(bank, Math.min(start + DAY, bank.asOf));
      return {
        date_day: dayOf(start),
        is_complete: isComplete(bank, start),
        opened,
        closed,
        net_change: opened - closed,
        open_at_end: left.length,
        overdue_at_end: left.filter((ticket) => isOverdueAt(ticket, Math.min(start + DAY, bank.asOf))).length,
      };
    }),
    repeat_incidents: repeats(bank),
  };
}

/** Tickets that are open at a time: created before it, and not closed before it. */
export function openAt(bank: Bank, time: number): CleanTicket[] {
  return bank.tickets.filter(({ created, closed }) => created < time && (closed === null || closed >= time));
}

/** Whether the limit of an open ticket has run out before a time. */
export function isOverdueAt(ticket: CleanTicket, time: number): boolean {
  return ticket.created + 3600 * ticket.limitHours < time;
}

function repeats(bank: Bank): Row[] {
  const rows: Row[] = [];
  for (const history of grouped(bank.tickets, ({ customer, system }) => `${customer}|${system}`).values()) {
    const chains: CleanTicket[][] = [];
    for (const ticket of history) {
      const chain = chains.at(-1);
      if (chain && ticket.created - chain.at(-1)!.created <= DAY) chain.push(ticket);
      else chains.push([ticket]);
    }
    for (const chain of chains) {
      for (const [n, ticket] of chain.entries()) if (n > 0) rows.push(repeat(bank, chain, n, ticket));
    }
  }
  return rows;
}

function repeat(bank: Bank, chain: readonly CleanTicket[], n: number, ticket: CleanTicket): Row {
  const before = chain[n - 1]!;
  const isAfterFix = before.closed !== null && before.closed <= ticket.created;
  return {
    ticket_id: ticket.id,
    previous_ticket_id: before.id,
    customer_id: ticket.customer,
    system_code: bank.systemCode(ticket),
    created_at: timestamp(ticket.created),
    previous_created_at: timestamp(before.created),
    gap_hours: quotient(ticket.created - before.created, 3600, 4),
    is_after_fix: Number(isAfterFix),
    failed_fix_type: isAfterFix && before.fix !== null ? capitalised(before.fix) : null,
    first_ticket_id: chain[0]!.id,
    chain_position: n + 1,
    chain_length: chain.length,
  };
}

function isComplete(bank: Bank, start: number): number {
  return Number(start + DAY <= bank.asOf);
}

function createdWithin(bank: Bank, from: number, to: number): number {
  return total(bank.tickets.map(({ created }) => Number(isWithin(created, from, to))));
}

function isWithin(time: number | null, from: number, to: number): boolean {
  return time !== null && time >= from && time < to;
}
