import { dayOfWeek, type Feature, hourOfDay } from "../logistic/index.js";

/** What is known of a ticket when it is created, and may speak for a breach. */
export const FEATURES: readonly Feature[] = [
  { name: "priority", words: (level) => `${level} priority` },
  { name: "system_name", words: (level) => `about ${level}` },
  { name: "category", words: (level) => `a matter of ${level.toLowerCase()}` },
  { name: "channel", words: (level) => `came by ${level.toLowerCase()}` },
  { name: "team_name", words: (level) => `with ${level}` },
  hourOfDay("created_hour", "created"),
  dayOfWeek("created_weekday", "created"),
];
