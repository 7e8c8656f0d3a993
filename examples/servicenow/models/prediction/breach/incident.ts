import type { RefRow } from "sla";
import {
  type CaseColumns,
  dayOfWeek,
  type Feature,
  hourOfDay,
} from "../../../../../models/prediction/logistic/index.js";

/** What the first event of an incident says, and may speak for a breach. */
export const FEATURES: readonly Feature[] = [
  { name: "priority_code", words: (level) => `priority ${level}` },
  { name: "category", words: (level) => level },
  { name: "assignment_group", words: (level) => `with ${level}` },
  hourOfDay("opened_hour", "opened"),
  dayOfWeek("opened_weekday", "opened"),
];

/** What says in `breach_features` which incident of which month it is, and how it ended. */
export const INCIDENT_COLUMNS = {
  key: "incident_number",
  period: "opened_month",
  outcome: "is_breach",
} as const satisfies CaseColumns & Partial<Record<keyof CaseColumns, keyof RefRow<"breach_features">>>;
