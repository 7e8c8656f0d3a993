/** How much matters, from what only somebody who looks for a fault wants to see. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

/** How much an event matters. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** From which level on events are shown. */
export type LogThreshold = LogLevel | "none";

/** Whether an event of a level is shown. */
export function reaches(level: LogLevel, threshold: LogThreshold): boolean {
  return threshold !== "none" && LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(threshold);
}
