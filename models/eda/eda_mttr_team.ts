import { defineModel } from "sla";
import { observedDays } from "./figures/period.js";
import { RESOLUTION_COLUMNS, resolutionBy, resolutionChart } from "./figures/resolution.js";

type Team = { team_code: string; team_name: string };

export default defineModel({
  description:
    "Time to resolve by team: mean (MTTR), median and 90th percentile of the resolved tickets, the slowest first; mean alone says too little of times that are so skewed. Every team has a row. Exported as eda_mttr_team.csv, .svg and .png.",
  refs: ["fact_tickets", "dim_teams", "observed_days"],
  columns: {
    team_code: {
      type: "varchar(8)",
      description: "The assigned team",
      tests: ["unique", "not_null", { relationships: { to: "ref('dim_teams')", field: "team_code" } }],
    },
    team_name: { type: "varchar(64)", description: "Its name", tests: ["not_null"] },
    ...RESOLUTION_COLUMNS,
  },
  from: {
    team_code: ["dim_teams.team_code"],
    team_name: ["dim_teams.team_name"],
    "*": ["fact_tickets.team_code", "fact_tickets.resolution_hours"],
  },
  config: { primary_key: ["team_code"] },
  async run({ ref, exportChart, exportCsv }) {
    const tickets = ref("fact_tickets");
    const resolved = await tickets.table(
      tickets
        .query()
        .select(["relation.team_code", "relation.resolution_hours"])
        .where("relation.resolution_hours", "is not", null),
    );
    const groups = await ref("dim_teams").table(["team_code", "team_name"]);
    const days = await observedDays(ref("observed_days"));
    const rows = resolutionBy<Team>(groups, resolved, "team_code");
    await exportCsv("eda_mttr_team", rows);
    await exportChart(
      "eda_mttr_team",
      resolutionChart(
        rows.map((row) => ({ ...row, name: row.team_name })),
        days,
        { group: "team", groups: "teams", source: "Source: analysis.eda_mttr_team" },
      ),
    );
    return rows;
  },
});
