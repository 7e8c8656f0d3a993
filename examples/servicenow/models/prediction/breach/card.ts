import type { CardText } from "../../../../../models/prediction/logistic/index.js";

/** What the model card says in words; the figures come from the tables. */
export const CARD: CardText = {
  title: "Model card: breaches on a real service desk",
  purpose:
    "How probable it is, when an incident is registered, that it will miss its target (`made_sla` false in its last event).",
  cases: "incidents",
  baseline: "the share of breaches of each priority in training, and nothing else",
  data: [
    "Incidents of the incident event log of C. A. L. do Amaral, M. Fantinato, S. M. Peres (UCI data set 498, DOI 10.24432/C57S4H, CC BY 4.0). Features are those of an incident's first event; the outcome is that of its last.",
  ],
  features: {
    priority_code: "priority in the first event",
    category: "category in the first event",
    assignment_group: "group in the first event",
    opened_hour: "hour of opening",
    opened_weekday: "weekday of opening",
  },
  picture: "breach_model_calibration.svg",
  limits: [
    "Three months of one company's desk: no season, no trend, and what was opened later is a tail that the log holds for another reason than its date. It says little about any other desk, or about this one today.",
    "The first event is the first that the log has. Where an incident was changed before that, the model knows more than was known at opening.",
    "94 % of the incidents have one priority: of the others it has seen few.",
    "Groups and categories are anonymous: what it finds cannot be explained, only used.",
    "It says which incidents breach, not why. It must not be used to judge groups or people.",
  ],
};
