import { defineModel } from "sla";
import { cardText } from "./breach/card.js";
import { FEATURES } from "./breach/features.js";
import { JUDGED } from "./breach/origins.js";
import { TICKET_COLUMNS } from "./breach/ticket.js";
import {
  CALIBRATION_COLUMNS,
  calibration,
  calibrationChart,
  LogisticModel,
  modelCard,
  outcomes,
  readCases,
} from "./logistic/index.js";

export default defineModel({
  description:
    "What the breach model said of the later months and what came, by tenths of the probability. Exports the picture of it and the model card (breach_model.md).",
  refs: ["breach_features", "breach_model", "breach_model_metrics"],
  columns: CALIBRATION_COLUMNS,
  from: { "*": JUDGED },
  config: { primary_key: ["decile"] },
  worker: true,
  async run({ ref, vars, exportFile, exportChart }) {
    const tickets = ref("breach_features");
    const rows = await ref("breach_model").all();
    const metrics = await ref("breach_model_metrics").all();
    const model = new LogisticModel(FEATURES, rows);
    const cases = await readCases(ref("breach_features"), FEATURES, TICKET_COLUMNS);
    const later = cases.where((at) => cases.period(at) > model.trainedUntil);
    const tenths = calibration(model.probabilities(cases, later), outcomes(cases, later));

    const months = [...new Set(Array.from(later, (at) => cases.period(at)))].sort();
    const chart = calibrationChart(tenths, {
      subject: "Tickets",
      period: `${months[0]} to ${months.at(-1)}`,
      source: "Simulated helpdesk, breach_model_calibration",
    });
    if (tenths.length > 0) await exportChart("breach_model_calibration", chart);
    const [undecided] = await tickets.all(
      tickets
        .query()
        .select((of) => of.fn.countAll<number>().as("n"))
        .where("is_breach", "is", null),
    );
    const text = cardText(String(vars.as_of), Number(undecided!.n));
    await exportFile("breach_model.md", modelCard(text, rows, metrics, tenths));
    return tenths.map((row) => ({ ...row }));
  },
});
