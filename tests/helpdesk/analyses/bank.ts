import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { DAY } from "../../../seeds/helpdesk/calendar.js";
import { type HelpdeskVariables, helpdeskOptions } from "../../../seeds/helpdesk/options.js";
import { type CleanTicket, cleaned, rawTables } from "../cleaned.js";

/** A simulated bank, its raw rows cleaned without SQL, and the reference files. */
export interface Bank {
  tickets: CleanTicket[];
  asOf: number;
  /** The starts of the days that can be spoken of. */
  days: number[];
  systems: { code: string; startHour: number; endHour: number; days: number }[];
  /** Minutes to the first answer, by priority. */
  targets: Map<string, number>;
  systemCode(ticket: CleanTicket): string;
  teamCode(ticket: CleanTicket): string;
}

/** Reads what `sla build` with these variables loads. */
export async function bankOf(variables: HelpdeskVariables): Promise<Bank> {
  const tickets = cleaned(await rawTables(variables));
  const { asOf } = helpdeskOptions(variables);
  const first = Math.floor(tickets[0]!.created / DAY) * DAY;
  const days: number[] = [];
  for (let start = first; start < asOf; start += DAY) days.push(start);
  const systems = reference("systems");
  const codes = (rows: Record<string, string>[], name: string, code: string) =>
    new Map(rows.map((row) => [row[name]!.toUpperCase(), row[code]!]));
  const systemCodes = codes(systems, "system_name", "system_code");
  const teamCodes = codes(reference("teams"), "team_name", "team_code");
  return {
    tickets,
    asOf,
    days,
    systems: systems.map((system) => ({
      code: system.system_code!,
      startHour: Number(system.service_start_hour),
      endHour: Number(system.service_end_hour),
      days: Number(system.service_days_per_week),
    })),
    targets: new Map(
      reference("sla_policy").map((policy) => [
        policy.priority!,
        Number(policy.first_response_target_minutes),
      ]),
    ),
    systemCode: (ticket) => systemCodes.get(ticket.system)!,
    teamCode: (ticket) => teamCodes.get(ticket.team)!,
  };
}

function reference(name: string): Record<string, string>[] {
  return parse(readFileSync(new URL(`../../../seeds/reference/${name}.csv`, import.meta.url)), {
    columns: true,
  });
}
