import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";

/** An incident as the last of its lines in the log leaves it, read here without any SQL. Times are minutes since 1970. */
export interface LogIncident {
  number: string;
  caller: string | null;
  category: string | null;
  group: string;
  priority: string;
  opened: number;
  resolved: number | null;
  closed: number | null;
  isBreached: boolean;
  responseMinutes: number | null;
  handovers: number;
  isReopened: boolean;
}

/** The incidents of a log, in the order of their numbers. */
export function logIncidents(path: string): LogIncident[] {
  const file = readFileSync(path);
  const text = path.endsWith(".gz") ? gunzipSync(file) : file;
  const lives = new Map<string, Record<string, string>[]>();
  for (const line of parse(text, { columns: true }) as Record<string, string>[]) {
    const events = lives.get(line.number!);
    if (events) events.push(line);
    else lives.set(line.number!, [line]);
  }
  return [...lives.values()].map(incident).sort((one, other) => (one.number < other.number ? -1 : 1));
}

function incident(events: readonly Record<string, string>[]): LogIncident {
  const last = events.at(-1)!;
  const answer = events.find((event) => !["New", "-100", "?"].includes(event.incident_state!));
  const opened = minute(last.opened_at)!;
  const answered = answer === undefined ? null : minute(answer.sys_updated_at);
  return {
    number: last.number!,
    caller: word(last.caller_id),
    category: word(last.category),
    group: word(last.assignment_group) ?? "Unknown",
    priority: word(last.priority)?.split(" - ")[1] ?? "Unknown",
    opened,
    resolved: minute(last.resolved_at),
    closed: minute(last.closed_at),
    isBreached: last.made_sla === "false",
    responseMinutes: answered === null ? null : answered - opened,
    handovers: Number(last.reassignment_count),
    isReopened: Number(last.reopen_count) > 0,
  };
}

function word(value: string | undefined): string | null {
  return value === undefined || value === "?" ? null : value.trim().replace(/ +/g, " ");
}

function minute(value: string | undefined): number | null {
  const match = /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+)$/.exec(value ?? "");
  if (match === null) return null;
  const [day, month, year, hour, minutes] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minutes) / 60_000;
}
