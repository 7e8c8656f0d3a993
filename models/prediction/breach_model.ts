import { defineModel } from "sla";
import { FEATURES } from "./breach/features.js";
import { FEATURE_COLUMNS, LEARNT_FROM } from "./breach/origins.js";
import { TICKET_COLUMNS } from "./breach/ticket.js";
import {
  breachSettings,
  MODEL_COLUMNS,
  readCases,
  splitMonths,
  stratifiedSample,
  trainModel,
} from "./logistic/index.js";

export default defineModel({
  description:
    "The trained breach model: one row per feature and level, with coefficient and odds ratio. All that predicts reads it from here; nothing trains twice.",
  refs: ["breach_features"],
  columns: MODEL_COLUMNS,
  from: {
    feature: [],
    level: FEATURE_COLUMNS,
    trained_until: ["breach_features.created_month", "breach_features.is_breach"],
    "*": LEARNT_FROM,
  },
  config: { primary_key: ["feature", "level"] },
  worker: true,
  async run({ ref, vars, log }) {
    const settings = breachSettings(vars);
    const cases = await readCases(ref("breach_features"), FEATURES, TICKET_COLUMNS);
    const { trainedUntil } = splitMonths(cases.periods, {
      trainUntil: settings.train_until,
      holdout: settings.holdout_months,
    });
    const training = cases.where((at) => cases.period(at) <= trainedUntil);
    const sample = stratifiedSample(cases, training, settings.sample_rows);
    log(
      `trains on ${sample.length} of ${training.length} tickets created until ${trainedUntil || "now: none"}`,
    );
    return trainModel(cases, sample, { least: settings.least_cases, trainedUntil, steps: settings.steps });
  },
});
