import { defineModel } from "sla";
import { FEATURES } from "./breach/features.js";
import { JUDGED } from "./breach/origins.js";
import { TICKET_COLUMNS } from "./breach/ticket.js";
import {
  breachSettings,
  inShort,
  LogisticModel,
  measureModel,
  metricsColumns,
  readCases,
} from "./logistic/index.js";

export default defineModel({
  description:
    "How good the breach model is: in training and in later months, as a whole and by month, beside a baseline that knows only each priority's share of breaches in training.",
  refs: ["breach_features", "breach_model"],
  columns: metricsColumns("the baseline by priority"),
  from: {
    split: ["breach_features.created_month", "breach_model.trained_until"],
    period: ["breach_features.created_month"],
    "*": [...JUDGED, "breach_features.is_open"],
  },
  config: { primary_key: ["split", "period"] },
  worker: true,
  async run({ ref, vars, log }) {
    const settings = breachSettings(vars);
    const model = new LogisticModel(FEATURES, await ref("breach_model").all());
    const cases = await readCases(ref("breach_features"), FEATURES, TICKET_COLUMNS);
    const rows = measureModel(model, cases, {
      baseline: "priority",
      thresholdRule: settings.threshold_rule,
      aucFloor: settings.auc_floor,
      floorBreaches: settings.auc_floor_breaches,
    });
    log(inShort(rows));
    return rows.map((row) => ({ ...row }));
  },
});
