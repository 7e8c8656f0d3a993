import { defineModel } from "sla";
import { observedDays } from "./figures/period.js";
import { RESOLUTION_COLUMNS, resolutionBy, resolutionChart } from "./figures/resolution.js";

type System = { system_code: string; system_name: string };

export default defineModel({
  description:
    "Time to resolve by system: mean (MTTR), median and 90th percentile of the resolved tickets, the slowest first; mean alone says too little of times that are so skewed. Every system has a row. Exported as eda_mttr_system.csv, .svg and .png.",
  refs: ["fact_tickets", "dim_systems", "observed_days"],
  columns: {
    system_code: {
      type: "varchar(8)",
      description: "The system",
      tests: ["unique", "not_null", { relationships: { to: "ref('dim_systems')", field: "system_code" } }],
    },
    system_name: { type: "varchar(64)", description: "Its name", tests: ["not_null"] },
    ...RESOLUTION_COLUMNS,
  },
  from: {
    system_code: ["dim_systems.system_code"],
    system_name: ["dim_systems.system_name"],
    "*": ["fact_tickets.system_code", "fact_tickets.resolution_hours"],
  },
  config: { primary_key: ["system_code"] },
  async run({ ref, exportChart, exportCsv }) {
    const tickets = ref("fact_tickets");
    const resolved = await tickets.table(
      tickets
        .query()
        .select(["relation.system_code", "relation.resolution_hours"])
        .where("relation.resolution_hours", "is not", null),
    );
    const groups = await ref("dim_systems").table(["system_code", "system_name"]);
    const days = await observedDays(ref("observed_days"));
    const rows = resolutionBy<System>(groups, resolved, "system_code");
    await exportCsv("eda_mttr_system", rows);
    await exportChart(
      "eda_mttr_system",
      resolutionChart(
        rows.map((row) => ({ ...row, name: row.system_name })),
        days,
        { group: "system", groups: "systems", source: "Source: analysis.eda_mttr_system" },
      ),
      { height: 720 },
    );
    return rows;
  },
});
