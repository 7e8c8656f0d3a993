import type { RelationHandle } from "sla";
import { Observations } from "../logistic/index.js";
import { FEATURES } from "./features.js";

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

/** The tickets whose outcome is known, by number; those still open are marked. */
export async function knownOutcomes(tickets: RelationHandle<Ticket>): Promise<Observations> {
  const cases = new Observations(FEATURES);
  const query = tickets
    .query()
    .select([...FEATURES.map(({ name }) => name as keyof Ticket), ...OUTCOME])
    .where("is_breach", "is not", null)
    .orderBy("ticket_id");
  for await (const row of tickets.rows(query)) {
    cases.add(row, row.ticket_id, row.created_month, row.is_breach === 1, row.is_open === 1);
  }
  return cases;
}

const OUTCOME = ["ticket_id", "created_month", "is_breach", "is_open"] as const;
