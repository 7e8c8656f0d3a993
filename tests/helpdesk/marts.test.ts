import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseTime } from "../../seeds/helpdesk/calendar.js";
import { ENGINES } from "../harness/engines.js";
import { type HelpdeskMarts, helpdeskMarts } from "../reports/helpdesk-marts.js";
import { type CleanTicket, cleaned, rawTables } from "./cleaned.js";

const VARIABLES = { seed: 42, tickets: 10_000, months: 24, as_of: "2026-07-01 00:00:00" };
const AS_OF = parseTime(VARIABLES.as_of)!;
const DAY = 86_400;
const dayOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);
const upper = (value: unknown) => String(value).toUpperCase();

/** Days from the first ticket to the last one before the export. */
function daysOf(tickets: readonly CleanTicket[]): string[] {
  const days: string[] = [];
  const first = Math.floor(Math.min(...tickets.map(({ created }) => created)) / DAY) * DAY;
  for (let at = first; at < AS_OF; at += DAY) days.push(dayOf(at));
  return days;
}

const due = ({ created, limitHours }: CleanTicket) => created + limitHours * 3600;
const regionOf = (ticket: CleanTicket) => ticket.impact?.region ?? "NO REGION";

/** Opened, closed, backlog and overdue at the end of each day in each region, ticket by ticket. */
function flowOf(tickets: readonly CleanTicket[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (day: string, ticket: CleanTicket, flow: string) => {
    const key = `${day}/${regionOf(ticket)}/${flow}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const ticket of tickets) {
    add(dayOf(ticket.created), ticket, "OPENED");
    if (ticket.closed !== null) add(dayOf(ticket.closed), ticket, "CLOSED");
    const until = ticket.closed ?? AS_OF;
    for (let end = (Math.floor(ticket.created / DAY) + 1) * DAY; end <= AS_OF; end += DAY) {
      // Open at midnight: neither closed before it nor, if the ticket is closed, on this very day.
      if (ticket.closed !== null && until < end) break;
      add(dayOf(end - 1), ticket, "BACKLOG");
      if (due(ticket) < end) add(dayOf(end - 1), ticket, "OVERDUE");
    }
  }
  return counts;
}

/** Seconds down by system and day: the union of what its tickets report, within agreed service. */
function downOf(
  tickets: readonly CleanTicket[],
  service: ReadonlyMap<string, { start: number; end: number; days: number }>,
): Map<string, number> {
  const minutes = new Map<string, Set<number>>();
  const down = new Map<string, number>();
  const spans = new Map<string, [number, number][]>();
  for (const { system, created, downMinutes } of tickets) {
    if (downMinutes === 0) continue;
    spans.set(system, [...(spans.get(system) ?? []), [created, Math.min(created + 60 * downMinutes, AS_OF)]]);
  }
  for (const [system, list] of spans) {
    const seconds = minutes.get(system) ?? new Set<number>();
    minutes.set(system, seconds);
    // The plainest union there is: every second that any ticket reports, once.
    for (const [from, to] of list) for (let at = from; at < to; at++) seconds.add(at);
    const agreed = service.get(system)!;
    for (const at of seconds) {
      const hour = (at % DAY) / 3600;
      const weekday = (new Date(at * 1000).getUTCDay() + 6) % 7;
      if (weekday >= agreed.days || hour < agreed.start || hour >= agreed.end) continue;
      const key = `${dayOf(at)}/${system}`;
      down.set(key, (down.get(key) ?? 0) + 1);
    }
  }
  return down;
}

describe.each(ENGINES)("the marts hold what the raw rows say, on $name", (engine) => {
  let marts: HelpdeskMarts;
  let tickets: CleanTicket[];
  beforeAll(async () => {
    marts = await helpdeskMarts(engine);
    tickets = cleaned(await rawTables(VARIABLES));
  }, 240_000);
  afterAll(() => marts?.close());

  it("mart_tickets, ticket by ticket", async () => {
    const rows = await marts.query(`SELECT * FROM ${marts.table("mart_tickets")} ORDER BY ticket_id`);
    expect(rows.length).toBe(tickets.length);
    for (const [at, ticket] of tickets.entries()) {
      const row = rows[at]!;
      const { closed } = ticket;
      const state =
        closed !== null ? (ticket.breached ? "Breached" : "Met") : AS_OF > due(ticket) ? "Overdue" : "Open";
      expect({
        id: Number(row.ticket_id),
        created: row.created_date,
        closed: row.closed_date,
        system: upper(row.system_name),
        team: upper(row.team),
        priority: upper(row.priority),
        region: upper(row.region),
        state: row.sla_status,
        cause: upper(row.root_cause),
        fix: upper(row.fix_type),
        hours: row.resolution_hours === null ? null : Math.round(Number(row.resolution_hours) * 3600),
        response: row.first_response_minutes,
        repeat: row.is_repeat_incident,
        impact: row.has_business_impact,
        assigned: row.is_assigned,
      }).toEqual({
        id: ticket.id,
        created: dayOf(ticket.created),
        closed: closed === null ? null : dayOf(closed),
        system: ticket.system,
        team: ticket.team,
        priority: ticket.priority,
        region: regionOf(ticket),
        state,
        cause: ticket.cause ?? "NOT KNOWN",
        fix: ticket.fix ?? "NOT KNOWN",
        hours: closed === null ? null : closed - ticket.created,
        response: ticket.responseMinutes,
        repeat: ticket.isRepeat ? 1 : 0,
        impact: ticket.impact === undefined ? 0 : 1,
        assigned: ticket.engineer === null ? 0 : 1,
      });
    }
  });

  it("no engineer's name is in the marts, and each has one pseudonym", async () => {
    const names = new Set(tickets.flatMap(({ engineer }) => engineer ?? []));
    const rows = await marts.query(`SELECT ticket_id, engineer FROM ${marts.table("mart_tickets")}`);
    const alias = new Map(rows.map((row) => [Number(row.ticket_id), String(row.engineer)]));
    const byName = new Map<string, Set<string>>();
    for (const { id, engineer } of tickets) {
      const key = engineer ?? "UNASSIGNED";
      byName.set(key, (byName.get(key) ?? new Set()).add(alias.get(id)!));
    }
    expect([...byName.values()].every((aliases) => aliases.size === 1)).toBe(true);
    expect(new Set([...byName.values()].flatMap((aliases) => [...aliases])).size).toBe(names.size + 1);
    const shown = new Set([...alias.values()].map(upper));
    expect([...names].filter((name) => shown.has(name))).toEqual([]);
    const text = JSON.stringify(marts.data).toUpperCase();
    expect([...names].filter((name) => text.includes(name))).toEqual([]);
  });

  it("mart_ticket_flow, day by day", async () => {
    const expected = flowOf(tickets);
    const rows = await marts.query(`SELECT * FROM ${marts.table("mart_ticket_flow")}`);
    expect(rows.length).toBe(daysOf(tickets).length * 13 * 4);
    let seen = 0;
    for (const row of rows) {
      const key = `${row.flow_date}/${upper(row.region)}/${upper(row.flow)}`;
      expect(Number(row.tickets), key).toBe(expected.get(key) ?? 0);
      seen += expected.has(key) ? 1 : 0;
    }
    expect(seen).toBe(expected.size);
  });

  it("mart_system_day, day by day", async () => {
    const systems = await marts.query(`SELECT * FROM ${marts.table("dim_systems")}`);
    const service = new Map(
      systems.map((row) => [
        upper(row.system_name),
        {
          start: Number(row.service_start_hour),
          end: Number(row.service_end_hour),
          days: Number(row.service_days_per_week),
        },
      ]),
    );
    const down = downOf(tickets, service);
    const counts = new Map<string, { incidents: number; critical: number; resolved: number; late: number }>();
    for (const { created, system, priority, closed, breached } of tickets) {
      const key = `${dayOf(created)}/${system}`;
      const count = counts.get(key) ?? { incidents: 0, critical: 0, resolved: 0, late: 0 };
      count.incidents++;
      if (priority === "CRITICAL") count.critical++;
      if (closed !== null) count.resolved++;
      if (closed !== null && breached) count.late++;
      counts.set(key, count);
    }
    const rows = await marts.query(`SELECT * FROM ${marts.table("mart_system_day")}`);
    expect(rows.length).toBe(daysOf(tickets).length * systems.length);
    let seconds = 0;
    for (const row of rows) {
      const key = `${row.service_date}/${upper(row.system_name)}`;
      const count = counts.get(key) ?? { incidents: 0, critical: 0, resolved: 0, late: 0 };
      expect(
        {
          incidents: Number(row.incidents),
          critical: Number(row.critical_incidents),
          resolved: Number(row.resolved_incidents),
          late: Number(row.sla_breached),
          down: Math.round(Number(row.down_minutes) * 60),
        },
        key,
      ).toEqual({ ...count, down: down.get(key) ?? 0 });
      const agreed = service.get(upper(row.system_name))!;
      const weekday = (new Date(`${row.service_date}T00:00:00Z`).getUTCDay() + 6) % 7;
      expect(Number(row.service_minutes), key).toBe(
        weekday < agreed.days ? 60 * (agreed.end - agreed.start) : 0,
      );
      seconds += down.get(key) ?? 0;
    }
    expect(seconds).toBe([...down.values()].reduce((sum, value) => sum + value, 0));
    expect(seconds).toBeGreaterThan(0);
  });

  it("mart_breach_alerts is the open tickets, ranked without a gap", async () => {
    const rows = await marts.query(`SELECT * FROM ${marts.table("mart_breach_alerts")} ORDER BY alert_rank`);
    const open = tickets.filter(({ closed }) => closed === null);
    expect(rows.map((row) => Number(row.ticket_id)).toSorted((a, b) => a - b)).toEqual(
      open.map(({ id }) => id),
    );
    expect(rows.map((row) => Number(row.alert_rank))).toEqual(open.map((_, at) => at + 1));
    const byId = new Map(open.map((ticket) => [ticket.id, ticket]));
    for (const row of rows) {
      const ticket = byId.get(Number(row.ticket_id))!;
      expect(Number(row.hours_left)).toBeCloseTo((due(ticket) - AS_OF) / 3600, 3);
      expect(row.risk === "Overdue").toBe(due(ticket) < AS_OF);
    }
  });
});
