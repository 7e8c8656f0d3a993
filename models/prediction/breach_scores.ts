import { defineModel } from "sla";
import { FEATURES } from "./breach/features.js";
import { PROBABILITY } from "./breach/origins.js";
import { SCORE_COLUMNS, scoreTickets } from "./breach/scores.js";
import { ALL, LogisticModel } from "./logistic/index.js";

export default defineModel({
  description:
    "Every open ticket with the probability that it breaches its limit, and why: the list a duty manager works from, by alert_rank.",
  refs: ["breach_features", "breach_model", "breach_model_metrics"],
  columns: SCORE_COLUMNS,
  from: {
    ticket_id: ["breach_features.ticket_id"],
    hours_left: ["breach_features.hours_left"],
    due_at: ["breach_features.due_at"],
    priority: ["breach_features.priority"],
    system_name: ["breach_features.system_name"],
    team_name: ["breach_features.team_name"],
    category: ["breach_features.category"],
    channel: ["breach_features.channel"],
    status: ["breach_features.status"],
    created_at: ["breach_features.created_at"],
    model_probability: PROBABILITY,
    main_reasons: PROBABILITY,
    breach_probability: [...PROBABILITY, "breach_features.is_overdue"],
    alert_state: [...PROBABILITY, "breach_features.is_overdue", "breach_model_metrics.threshold"],
    alert_rank: [
      ...PROBABILITY,
      "breach_features.is_overdue",
      "breach_features.hours_left",
      "breach_features.ticket_id",
    ],
  },
  config: { primary_key: ["ticket_id"], indexes: [{ columns: ["alert_rank"] }] },
  async run({ ref }) {
    const model = new LogisticModel(FEATURES, await ref("breach_model").all());
    const metrics = await ref("breach_model_metrics").all();
    const trained = metrics.find(({ split, period }) => split === "train" && period === ALL);
    return scoreTickets(model, ref("breach_features"), trained!.threshold);
  },
});
