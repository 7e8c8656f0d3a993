import { desc, op, rolling, table } from "arquero";
import { defineModel } from "sla";
import { countText, observedDays, periodText, round } from "./figures/period.js";

/** The share of tickets that the busiest systems are asked for. */
const MARK = 0.8;

type SystemRow = {
  rank: number;
  system_code: string;
  system_name: string;
  tickets: number;
  share: number;
  cumulative_share: number;
  is_vital: number;
};

export default defineModel({
  description:
    "Pareto: how tickets are spread over systems, the busiest first, and which few cause 80 % of them. Every system has a row, also one without a ticket. Exported as eda_pareto.csv, .svg and .png.",
  refs: ["fact_tickets", "dim_systems", "observed_days"],
  columns: {
    rank: {
      type: "int",
      description: "1 for the system with the most tickets; equals stand by code",
      tests: ["unique", "not_null"],
    },
    system_code: {
      type: "varchar(8)",
      description: "The system",
      tests: ["unique", "not_null", { relationships: { to: "ref('dim_systems')", field: "system_code" } }],
    },
    system_name: { type: "varchar(64)", description: "Its name", tests: ["not_null"] },
    tickets: { type: "int", description: "Tickets created in the period", tests: ["not_null"] },
    share: {
      type: "decimal(9,6)",
      description: "tickets / tickets of all systems, from 0 to 1",
      tests: ["not_null"],
    },
    cumulative_share: {
      type: "decimal(9,6)",
      description: "Share of this system and those before it",
      tests: [{ accepted_range: { min_value: 0, max_value: 1 } }],
    },
    is_vital: {
      type: "tinyint",
      description: "1 for the fewest systems, from the first, that make up at least 80 %",
      tests: [{ accepted_values: { values: [0, 1], quote: false } }],
    },
  },
  from: {
    system_code: ["dim_systems.system_code"],
    system_name: ["dim_systems.system_name"],
    "*": ["fact_tickets.system_code", "dim_systems.system_code"],
  },
  config: { primary_key: ["system_code"] },
  async run({ ref, exportChart, exportCsv }) {
    const tickets = ref("fact_tickets");
    const counts = await tickets.table(
      tickets
        .query()
        .select(["relation.system_code", (q) => q.fn.countAll<number>().as("tickets")])
        .groupBy("relation.system_code"),
    );
    const systems = await ref("dim_systems").table(["system_code", "system_name"]);
    const days = await observedDays(ref("observed_days"));
    const spread = systems
      .join_left(counts.numRows() > 0 ? counts : table({ system_code: [], tickets: [] }), "system_code")
      .impute({ tickets: () => 0 })
      .orderby(desc("tickets"), "system_code")
      .derive({
        rank: op.row_number(),
        total: op.sum("tickets"),
        reached: rolling("(row) => op.sum(row.tickets)", [-Infinity, 0]),
      })
      .reify();
    const rows = (spread.objects() as (SystemRow & { total: number; reached: number })[]).map(
      ({ rank, system_code, system_name, tickets, total, reached }): SystemRow => ({
        rank,
        system_code,
        system_name,
        tickets,
        share: total === 0 ? 0 : round(tickets / total, 6),
        cumulative_share: total === 0 ? 0 : round(reached / total, 6),
        // As long as those before it do not suffice.
        is_vital: total > 0 && reached - tickets < MARK * total ? 1 : 0,
      }),
    );
    const total = rows.reduce((sum, row) => sum + row.tickets, 0);
    const vital = rows.filter((row) => row.is_vital === 1);
    const reached = vital.at(-1)?.cumulative_share ?? 0;
    const finding = `${vital.length} of ${rows.length} systems (${percent(vital.length / rows.length, 0)}) cause ${percent(reached, 1)}`;
    await exportCsv("eda_pareto", rows);
    await exportChart("eda_pareto", {
      kind: "pareto",
      title: total === 0 ? "Tickets by system" : `${finding} of the tickets`,
      subtitle: `Tickets by system, ${periodText(days)}, n = ${countText(total)}`,
      source: "Source: analysis.eda_pareto",
      description:
        total === 0
          ? "There are no tickets."
          : `Bars of tickets by system in falling order with the cumulative share. ${finding} of ${countText(total)} tickets; ${rows[0]!.system_name} alone ${percent(rows[0]!.share, 1)}.`,
      category: "System",
      value: { name: "Tickets" },
      bars:
        total === 0
          ? []
          : rows.map((row) => ({
              name: row.system_name,
              value: row.tickets,
              share: row.share,
              cumulative: row.cumulative_share,
            })),
      mark: {
        share: MARK,
        bars: vital.length,
        text: `80 % reached with ${vital.length} ${vital.length === 1 ? "system" : "systems"}`,
      },
    });
    return rows;
  },
});

function percent(share: number, digits: number): string {
  return `${((Number.isFinite(share) ? share : 0) * 100).toFixed(digits)} %`;
}
