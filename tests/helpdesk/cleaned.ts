import { parseTime } from "../../seeds/helpdesk/calendar.js";
import { generateHelpdesk } from "../../seeds/helpdesk/generate.js";
import { type HelpdeskVariables, helpdeskOptions } from "../../seeds/helpdesk/options.js";
import type { RawRow, TableName } from "../../seeds/helpdesk/tables.js";

/** A ticket with what the other three tables say about it, cleaned here without any SQL. Times are seconds, texts upper case. */
export interface CleanTicket {
  id: number;
  customer: string;
  created: number;
  closed: number | null;
  status: string;
  priority: string;
  category: string;
  system: string;
  channel: string;
  limitHours: number;
  responseMinutes: number | null;
  breached: boolean;
  downMinutes: number;
  team: string;
  engineer: string | null;
  cause: string | null;
  fix: string | null;
  isRepeat: boolean;
  impact: { failed: number; loss: number; region: string | null } | undefined;
}

export type RawTables = Record<TableName, RawRow[]>;

/** All rows of the four tables, in memory. */
export async function rawTables(variables: HelpdeskVariables): Promise<RawTables> {
  const tables: RawTables = { tickets: [], sla_metrics: [], ticket_ownership: [], business_impact: [] };
  for await (const { table, rows } of generateHelpdesk(helpdeskOptions(variables))) {
    for (const row of rows) tables[table].push(row);
  }
  return tables;
}

const LIMITS: Record<string, number> = { LOW: 72, MEDIUM: 24, HIGH: 8, CRITICAL: 4 };
const STATUS_ORDER = ["OPEN", "PENDING", "RESOLVED", "CLOSED"];

/** One ticket per id, in the order of ids. */
export function cleaned(tables: RawTables): CleanTicket[] {
  const tickets = latest(
    tables.tickets,
    (row) => STATUS_ORDER.indexOf(word(row[6]) ?? "") + (word(row[5]) ? 10 : 0),
  );
  const metrics = latest(tables.sla_metrics, (row) => (row[2] === null ? 0 : 1));
  const owners = latest(tables.ticket_ownership, (row) => filled(row));
  const impacts = latest(tables.business_impact, (row) => filled(row));
  return [...tickets.keys()]
    .sort((one, other) => one - other)
    .map((id) => {
      const row = tickets.get(id)!;
      const sla = metrics.get(id)!;
      const owner = owners.get(id)!;
      const impact = impacts.get(id);
      const priority = word(row[7])!;
      return {
        id,
        customer: word(row[1])!,
        created: time(row[4])!,
        closed: time(row[5]),
        status: word(row[6])!,
        priority,
        category: word(row[8])!,
        system: word(row[9])!,
        channel: word(row[10])!.replace("-", ""),
        limitHours: LIMITS[priority]!,
        responseMinutes: sla[3] as number | null,
        breached: yes(sla[4]),
        downMinutes: Number(sla[5] ?? 0),
        team: word(owner[1])!,
        engineer: word(owner[2]) === "N/A" ? null : word(owner[2]),
        cause: word(owner[3]),
        fix: word(owner[4]),
        isRepeat: yes(owner[5]),
        impact: impact && {
          failed: Number(impact[1]),
          loss: Number(String(impact[2]).replace(/GBP |,/g, "")),
          region: word(impact[3]),
        },
      };
    });
}

function latest(rows: readonly RawRow[], rank: (row: RawRow) => number): Map<number, RawRow> {
  const best = new Map<number, RawRow>();
  for (const row of rows) {
    const id = row[0] as number;
    const other = best.get(id);
    if (!other || rank(row) > rank(other)) best.set(id, row);
  }
  return best;
}

function filled(row: RawRow): number {
  return row.filter((value) => value !== null && value !== "").length;
}

function word(value: RawRow[number] | undefined): string | null {
  const text = String(value ?? "")
    .trim()
    .replace(/ +/g, " ")
    .toUpperCase();
  return text === "" ? null : text;
}

function time(value: RawRow[number] | undefined): number | null {
  const text = word(value);
  const day = text && /^(\d\d)\/(\d\d)\/(\d{4}) (.*)$/.exec(text);
  return text ? parseTime(day ? `${day[3]}-${day[2]}-${day[1]} ${day[4]}` : text)! : null;
}

function yes(value: RawRow[number] | undefined): boolean {
  return ["1", "Y", "TRUE"].includes(word(value) ?? "");
}
