import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/**
 * A log of 300 incidents with the published log's header and quirks, by rules so simple that its figures follow on paper.
 * Incident n (1 to 300) is opened 96 minutes after the one before, the first on 29/2/2016 at 01:36:
 *
 * - it goes New, Active (after 30 minutes), Resolved, Closed; but each fourth starts with Active (after 10 minutes);
 * - it is resolved n half hours after its opening; each tenth has lost that time, and 299 and 300 are not resolved;
 * - each third is breached, which only its last line says;
 * - it has a caller of its own, but each twentieth has the caller (and category) of the one before;
 * - each fiftieth is critical, each other twenty-fifth is high, all others are moderate;
 * - each twelfth has no group; there are 5 groups, 10 categories of 2 subcategories each, 30 resolvers.
 */
export const INCIDENTS = 300;

const HEADER =
  "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at," +
  "sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci," +
  "impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor," +
  "caused_by,closed_code,resolved_by,resolved_at,closed_at";

const MINUTE = 60_000;
const START = Date.UTC(2016, 1, 29, 0, 0);

/** Incidents that tell right from wrong. */
export const SPECIAL = {
  /** Its first answer stands before its opening. */
  negativeResponse: 7,
  /** Has an event in the state -100 before it is active. */
  unknownState: 9,
  /** Breached on its last line, whose time and count of updates lie before those of the line above. */
  backwards: 12,
  /** The caller and category of 16, exactly 24 hours later: a repeat. */
  dayLater: 31,
  /** The caller and category of 32, 16 × 96 minutes later: none. */
  moreThanDayLater: 48,
  /** Reopened once. */
  reopened: 50,
  /** Has a closing code where its vendor should stand, then a vendor. */
  vendor: 66,
  /** Still New. */
  untouched: 299,
  /** Still waiting for its user. */
  waiting: 300,
};

interface Step {
  state: string;
  after: number;
  values?: Record<string, string>;
}

/** When incident `n` is opened, as a time of the log. */
function time(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

function steps(n: number): Step[] {
  const resolved = { state: "Resolved", after: n * 30 };
  const closed = { state: "Closed", after: n * 30 + 7200 };
  const active =
    n % 4 === 0
      ? [{ state: "Active", after: 10 }]
      : [
          { state: "New", after: 0 },
          { state: "Active", after: n === SPECIAL.negativeResponse ? -5 : 30 },
        ];
  switch (n) {
    case SPECIAL.untouched:
      return [{ state: "New", after: 0 }];
    case SPECIAL.waiting:
      return [...active, { state: "Awaiting User Info", after: 20 }];
    case SPECIAL.unknownState:
      return [active[0]!, { state: "-100", after: 20 }, active[1]!, resolved, closed];
    case SPECIAL.backwards:
      return [...active, resolved, { ...closed, after: n * 30 - 60, values: { sys_mod_count: "0" } }];
    case SPECIAL.vendor:
      return [
        { ...active[0]!, values: { vendor: "code 8s" } },
        active[1]!,
        resolved,
        { ...closed, values: { vendor: "Vendor 3" } },
      ];
    default:
      return [...active, resolved, closed];
  }
}

/** The caller's number; the category follows it. */
function caller(n: number): number {
  if (n === SPECIAL.dayLater) return 16;
  if (n === SPECIAL.moreThanDayLater) return 32;
  return n % 20 === 0 ? n - 1 : n;
}

function lines(n: number): string[] {
  const opened = START + n * 96 * MINUTE;
  const open = n >= SPECIAL.untouched;
  const priority = n % 50 === 0 ? "1 - Critical" : n % 25 === 0 ? "2 - High" : "3 - Moderate";
  const level = n % 25 === 0 ? "1 - High" : "2 - Medium";
  const path = steps(n);
  return path.map(({ state, after, values }, at) => {
    const last = at === path.length - 1;
    const record: Record<string, string> = {
      number: `INC${String(n).padStart(7, "0")}`,
      incident_state: state,
      active: last && !open ? "false" : "true",
      reassignment_count: last ? String(n % 3) : "0",
      reopen_count: last && n === SPECIAL.reopened ? "1" : "0",
      sys_mod_count: String(at),
      made_sla: last && n % 3 === 0 ? "false" : "true",
      caller_id: `Caller ${caller(n)}`,
      opened_by: n % 30 === 0 ? "?" : `Opened by  ${n % 7}`,
      opened_at: time(opened),
      sys_created_by: n % 2 === 0 ? "?" : `Created by ${n % 7}`,
      sys_created_at: n % 2 === 0 ? "?" : time(opened + 7 * MINUTE),
      sys_updated_by: `Updated by ${at}`,
      sys_updated_at: time(opened + after * MINUTE),
      contact_type: n % 100 === 0 ? "Self service" : "Phone",
      // A field in quotes, with the delimiter in it.
      location: n === 2 ? '"Location 2, second floor"' : `Location ${n % 11}`,
      category: `Category ${caller(n) % 10}`,
      subcategory: `Subcategory ${Math.floor(caller(n) / 10) % 2}`,
      u_symptom: n % 4 === 1 ? "?" : `Symptom ${n % 13}`,
      cmdb_ci: "?",
      impact: level,
      urgency: n % 50 === 0 ? "1 - High" : "2 - Medium",
      priority,
      assignment_group: n % 12 === 0 ? "?" : last ? `Group ${n % 5}` : "Group 70",
      assigned_to: n % 40 === 0 ? "?" : `Resolver ${n % 30}`,
      knowledge: n % 5 === 0 ? "true" : "false",
      u_priority_confirmation: "false",
      notify: "Do Not Notify",
      problem_id: n % 75 === 0 ? "Problem ID  14" : "?",
      rfc: n === 3 ? "CHG0000001" : "?",
      vendor: "?",
      caused_by: "?",
      closed_code: n % 60 === 0 ? "?" : `code ${n % 17}`,
      resolved_by: open ? "?" : `Resolved by ${n % 30}`,
      resolved_at: open || n % 10 === 0 ? "?" : time(opened + n * 30 * MINUTE),
      closed_at: open ? "?" : time(opened + (n * 30 + 7200) * MINUTE),
      ...values,
    };
    return HEADER.split(",")
      .map((name) => record[name]!)
      .join(",");
  });
}

/** The log's text: a line per event. */
export function syntheticLog(header = HEADER): string {
  const events = Array.from({ length: INCIDENTS }, (_, at) => lines(at + 1)).flat();
  return `${[header, ...events].join("\n")}\n`;
}

/** Writes the log, compressed if the name says so. */
export function writeLog(path: string, text = syntheticLog()): string {
  writeFileSync(path, path.endsWith(".gz") ? gzipSync(text) : text);
  return path;
}
