import type { CardText } from "../logistic/index.js";

/** What the model card of the helpdesk says in words; the figures come from the tables. */
export function cardText(asOf: string, undecided: number): CardText {
  return {
    title: "Model card: breaches of the service level",
    purpose:
      "How probable it is, when a ticket is created, that it will not be resolved within the limit of its priority. Made for the duty manager's list of open tickets (`breach_scores`).",
    cases: "tickets",
    baseline: "the share of breaches of each priority in training, and nothing else",
    data: [
      `Tickets of the simulated helpdesk (\`fact_tickets\`), as exported on ${asOf} UTC. A ticket counts once its limit has run out, whether it is resolved by then or not: late months would look better if those still open were left out. Of ${undecided} tickets the limit still runs; they are neither learnt from nor judged by.`,
    ],
    features: {
      priority: "priority",
      system_name: "system",
      category: "category",
      channel: "channel",
      team_name: "team it was dispatched to",
      created_hour: "hour of creation",
      created_weekday: "weekday of creation",
    },
    picture: "breach_model_calibration.svg",
    limits: [
      "It knows what was known at creation. What happens after that (an answer, a supplier who is waited for, the time already gone) does not change a probability.",
      "The export holds the priority and the team of today. Where a desk raises priorities or passes tickets on, these are not always what was known at creation.",
      "It does not know the calendar of changes: in a change freeze even easy fixes wait, and breaches come that no feature announces. The worst months in the table above show it.",
      "It learns from what was; a new team, another policy or another rota make it wrong until there is data on them. Systems it has not met count as rare ones do.",
      "It says which tickets breach, not why: an odds ratio is no cause. It must not be used to judge people or teams.",
      "All data are simulated. On another desk it has to be trained and judged anew.",
    ],
  };
}
