import { defineModel } from "sla";
import {
  CALIBRATION_COLUMNS,
  calibration,
  calibrationChart,
  LogisticModel,
  modelCard,
  outcomes,
  readCases,
} from "../../../../models/prediction/logistic/index.js";
import { CARD } from "./breach/card.js";
import { FEATURES, INCIDENT_COLUMNS } from "./breach/incident.js";
import { JUDGED } from "./breach/origins.js";

export default defineModel({
  description:
    "What the breach model said of the later months and what came, by tenths of the probability. Exports the picture of it and the model card (breach_model.md).",
  refs: ["breach_features", "breach_model", "breach_model_metrics"],
  columns: CALIBRATION_COLUMNS,
  from: { "*": JUDGED },
  config: { primary_key: ["decile"] },
  worker: true,
  async run({ ref, exportFile, exportChart }) {
    const rows = await ref("breach_model").all();
    const metrics = await ref("breach_model_metrics").all();
    const model = new LogisticModel(FEATURES, rows);
    const cases = await readCases(ref("breach_features"), FEATURES, INCIDENT_COLUMNS);
    const later = cases.where((at) => cases.period(at) > model.trainedUntil);
    const tenths = calibration(model.probabilities(cases, later), outcomes(cases, later));
    if (tenths.length > 0) {
      const chart = calibrationChart(tenths, {
        subject: "Incidents",
        period: `after ${model.trainedUntil}`,
        source: "UCI incident event log (doi.org/10.24432/C57S4H), breach_model_calibration",
      });
      await exportChart("breach_model_calibration", chart);
    }
    await exportFile("breach_model.md", modelCard(CARD, rows, metrics, tenths));
    return tenths.map((row) => ({ ...row }));
  },
});
