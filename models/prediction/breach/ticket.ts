import type { RefRow } from "sla";
import type { CaseColumns } from "../logistic/index.js";

/** A ticket as `breach_features` has it. */
export type Ticket = RefRow<"breach_features">;

/** What says in `breach_features` which ticket of which month it is, and how it ended. */
export const TICKET_COLUMNS = {
  key: "ticket_id",
  period: "created_month",
  outcome: "is_breach",
  open: "is_open",
} as const satisfies CaseColumns & Record<keyof CaseColumns, keyof Ticket>;
