import { defineModel } from "sla";
import { knownOutcomes, type Ticket } from "./breach/cases.js";
import { FEATURES } from "./breach/features.js";
import {
  CALIBRATION_COLUMNS,
  calibration,
  LogisticModel,
  type ModelRow,
  outcomes,
} from "./logistic/index.js";

export default defineModel({
  description: "What the breach model said of the later months and what came, by tenths of the probability.",
  refs: ["breach_features", "breach_model", "breach_model_metrics"],
  columns: CALIBRATION_COLUMNS,
  config: { primary_key: ["decile"] },
  async run({ ref }) {
    const model = new LogisticModel(FEATURES, await ref<ModelRow>("breach_model").all());
    const cases = await knownOutcomes(ref<Ticket>("breach_features"));
    const later = cases.where((at) => cases.period(at) > model.trainedUntil);
    return calibration(model.probabilities(cases, later), outcomes(cases, later)).map((row) => ({ ...row }));
  },
});
