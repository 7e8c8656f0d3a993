/** A value of a row as models read it. */
export type Given = string | number | bigint | boolean | Uint8Array | null | undefined;

/** A row as models read it. */
export type GivenRow = Readonly<Record<string, Given>>;

/** Something known of a case when it begins, as levels of which each gets a coefficient. */
export interface Feature {
  /** The column that holds it. */
  name: string;
  /** The levels in their order, where they have one: rare ones are pooled with their neighbours, else with each other. */
  order?: readonly string[];
  /** The level of a value; its text where absent. */
  level?(value: Given): string;
  /** A level in words, as a reason: "team Field Services". */
  words(level: string): string;
}

/** The level of rows that lack the value. */
export const MISSING = "(none)";

/** The level of a row. */
export function levelOf(feature: Feature, row: GivenRow): string {
  const value = row[feature.name];
  if (value === null || value === undefined) return MISSING;
  return feature.level ? feature.level(value) : String(value);
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAY_WORDS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** The hour of the day, 0 to 23, each a level of its own where data suffice: load and staffing change by steps, not by waves. */
export function hourOfDay(name: string, verb: string): Feature {
  return {
    name,
    order: HOURS,
    level: (value) => HOURS[Number(value)] ?? MISSING,
    words: (level) => `${verb} between ${level}:00 and ${level}:59`,
  };
}

/** The day of the week, Monday is 0. */
export function dayOfWeek(name: string, verb: string): Feature {
  return {
    name,
    order: WEEKDAYS,
    level: (value) => WEEKDAYS[Number(value)] ?? MISSING,
    words: (level) => `${verb} on a ${WEEKDAY_WORDS[WEEKDAYS.indexOf(level)] ?? "day unknown"}`,
  };
}
