import type { ColumnDeclaration, GivenRow, RelationHandle } from "sla";
import { type LogisticModel, mainReasons } from "../logistic/index.js";
import { FEATURES } from "./features.js";
import { Ranking } from "./ranking.js";
import type { Ticket } from "./ticket.js";

/** The columns of the list. */
export const SCORE_COLUMNS = {
  ticket_id: { type: "bigint", description: "The ticket", tests: ["unique", "not_null"] },
  alert_rank: {
    type: "int",
    description:
      "Place on the list, from 1: first the breaches that can still be avoided, the most probable first; then those that have happened, the longest overdue first",
    tests: ["unique", "not_null"],
  },
  alert_state: {
    type: "varchar(16)",
    description:
      "Overdue (past its limit: the breach is certain), At risk (from the model's threshold on) or On track",
    tests: ["not_null", { accepted_values: { values: ["Overdue", "At risk", "On track"] } }],
  },
  breach_probability: {
    type: "double",
    description: "Probability that it breaches its limit; 1 if it is overdue",
    tests: ["not_null", { accepted_range: { min_value: 0, max_value: 1 } }],
  },
  model_probability: {
    type: "double",
    description: "What the model says from what was known at creation, whatever has happened since",
    tests: ["not_null", { accepted_range: { min_value: 0, max_value: 1 } }],
  },
  hours_left: {
    type: "decimal(12,4)",
    description: "Hours from the export to its limit; negative if it is overdue",
    tests: ["not_null"],
  },
  due_at: { type: "datetime", description: "When its limit runs out (UTC)", tests: ["not_null"] },
  main_reasons: {
    type: "varchar(500)",
    description:
      "Up to three reasons, strongest first, each with its factor on the odds against the average ticket",
    tests: ["not_null"],
  },
  priority: { type: "varchar(16)", description: "Priority", tests: ["not_null"] },
  system_name: { type: "varchar(64)", description: "The system it is about", tests: ["not_null"] },
  team_name: { type: "varchar(64)", description: "The assigned team", tests: ["not_null"] },
  category: { type: "varchar(16)", description: "Kind of trouble", tests: ["not_null"] },
  channel: { type: "varchar(16)", description: "How it came in", tests: ["not_null"] },
  status: {
    type: "varchar(16)",
    description: "Open or Pending (waiting for the user or a supplier)",
    tests: ["not_null"],
  },
  created_at: { type: "datetime", description: "When it was created (UTC)", tests: ["not_null"] },
} as const satisfies Record<string, ColumnDeclaration>;

/**
 * Open tickets as rows of the list. They are read twice, to be ranked and to be written, so that what is held of each is a few numbers.
 */
export async function* scoreTickets(
  model: LogisticModel,
  tickets: RelationHandle<Ticket>,
  threshold: number,
): AsyncGenerator<GivenRow> {
  const open = tickets.query().where("is_open", "=", 1);
  const rankOf = await rankTickets(model, tickets.batches(open.select(RANKED)));
  for await (const batch of tickets.batches(open.select(LISTED))) {
    for (const ticket of batch) {
      const probability = model.probability(ticket);
      const isOverdue = ticket.is_overdue === 1;
      yield {
        ticket_id: ticket.ticket_id,
        alert_rank: rankOf(Number(ticket.ticket_id)),
        alert_state: isOverdue ? "Overdue" : probability >= threshold ? "At risk" : "On track",
        breach_probability: isOverdue ? 1 : probability,
        model_probability: probability,
        hours_left: ticket.hours_left,
        due_at: ticket.due_at,
        main_reasons: mainReasons(model.contributions(ticket)),
        priority: ticket.priority,
        system_name: ticket.system_name,
        team_name: ticket.team_name,
        category: ticket.category,
        channel: ticket.channel,
        status: ticket.status,
        created_at: ticket.created_at,
      };
    }
  }
}

const RANKED = [
  "ticket_id",
  "is_overdue",
  "hours_left",
  ...FEATURES.map(({ name }) => name as keyof Ticket),
] as const;

const LISTED = [...RANKED, "due_at", "status", "created_at"] as const;

async function rankTickets(
  model: LogisticModel,
  open: AsyncIterable<readonly Pick<Ticket, (typeof RANKED)[number]>[]>,
): Promise<(id: number) => number> {
  const ranking = new Ranking();
  for await (const batch of open) {
    for (const ticket of batch) {
      // What has happened comes after all that can be avoided, whose probability is above 0.
      const risk = ticket.is_overdue === 1 ? 0 : model.probability(ticket);
      ranking.add(Number(ticket.ticket_id), risk, Number(ticket.hours_left));
    }
  }
  return ranking.places();
}
