import { addMonths, PERIOD_END, parseTime } from "./calendar.js";

/** Variables as a user gives them. */
export interface HelpdeskVariables {
  /** Any integer: another seed, another bank. */
  seed?: unknown;
  /** Tickets created in the whole period. */
  tickets?: unknown;
  /** Length of the period, which ends at 2026-07-01. */
  months?: unknown;
  /** Nothing after this moment has happened yet, `YYYY-MM-DD[ HH:MM:SS]`; it may lie after the period's end. */
  as_of?: unknown;
}

/** The same, checked. Times are seconds since 1970 in UTC. */
export interface HelpdeskOptions {
  seed: number;
  tickets: number;
  months: number;
  start: number;
  end: number;
  asOf: number;
}

/** Checks variables; throws with the name, what was found and what is expected. */
export function helpdeskOptions(variables: HelpdeskVariables): HelpdeskOptions {
  const end = parseTime(PERIOD_END)!;
  const months = integer("months", variables.months ?? 24, 1, 600);
  const asOf = variables.as_of ?? PERIOD_END;
  const time = typeof asOf === "string" ? parseTime(asOf) : undefined;
  if (time === undefined) {
    throw new Error(
      `variable as_of: expected YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, found ${JSON.stringify(asOf)}`,
    );
  }
  const start = addMonths(end, -months);
  if (time < start) {
    throw new Error(
      `variable as_of: ${asOf} lies before the period, which starts ${months} months before ${PERIOD_END}`,
    );
  }
  return {
    seed: integer("seed", variables.seed ?? 42, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    tickets: integer("tickets", variables.tickets ?? 10_000, 1, 1_000_000_000),
    months,
    start,
    end,
    asOf: time,
  };
}

function integer(name: string, value: unknown, least: number, most: number): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < least || number > most) {
    throw new Error(
      `variable ${name}: expected an integer from ${least} to ${most}, found ${JSON.stringify(value)}`,
    );
  }
  return number;
}
