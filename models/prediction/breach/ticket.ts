import type { CaseColumns } from "../logistic/index.js";

/** A ticket as `breach_features` has it. */
export type Ticket = {
  ticket_id: number;
  priority: string;
  system_name: string;
  category: string;
  channel: string;
  team_name: string;
  created_hour: number;
  created_weekday: number;
  created_month: string;
  is_breach: number | null;
  is_open: number;
  is_overdue: number;
  status: string;
  created_at: string;
  due_at: string;
  hours_left: number | null;
};

/** What says in `breach_features` which ticket of which month it is, and how it ended. */
export const TICKET_COLUMNS: CaseColumns = {
  key: "ticket_id",
  period: "created_month",
  outcome: "is_breach",
  open: "is_open",
};
