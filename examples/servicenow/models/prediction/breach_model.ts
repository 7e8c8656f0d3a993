import { defineModel } from "sla";
import {
  breachSettings,
  MODEL_COLUMNS,
  readCases,
  splitMonths,
  stratifiedSample,
  trainModel,
} from "../../../../models/prediction/logistic/index.js";
import { FEATURES, INCIDENT_COLUMNS } from "./breach/incident.js";
import { FEATURE_COLUMNS, LEARNT_FROM } from "./breach/origins.js";

export default defineModel({
  description:
    "The trained breach model: one row per feature and level, with coefficient and odds ratio. All that predicts reads it from here; nothing trains twice.",
  refs: ["breach_features"],
  columns: MODEL_COLUMNS,
  from: {
    feature: [],
    level: FEATURE_COLUMNS,
    trained_until: ["breach_features.opened_month", "breach_features.is_breach"],
    "*": LEARNT_FROM,
  },
  config: { primary_key: ["feature", "level"] },
  worker: true,
  async run({ ref, vars, log }) {
    const settings = breachSettings(vars);
    const cases = await readCases(ref("breach_features"), FEATURES, INCIDENT_COLUMNS);
    const { trainedUntil } = splitMonths(cases.periods, {
      trainUntil: settings.train_until,
      holdout: settings.holdout_months,
    });
    const training = cases.where((at) => cases.period(at) <= trainedUntil);
    const sample = stratifiedSample(cases, training, settings.sample_rows);
    log(
      `trains on ${sample.length} of ${training.length} incidents opened until ${trainedUntil || "now: none"}`,
    );
    return trainModel(cases, sample, { least: settings.least_cases, trainedUntil, steps: settings.steps });
  },
});
