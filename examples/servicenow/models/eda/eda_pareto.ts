import { defineModel } from "sla";
import { countText, extent, percentText, round } from "./figures/words.js";

/** The share of incidents that the busiest categories are asked for. */
const MARK = 0.8;
/** So many categories have a bar of their own; the rest share one. */
const BARS = 24;

export default defineModel({
  description:
    "Pareto: how incidents are spread over categories, the busiest first, and which few make up 80 % of them. Exported as eda_pareto.csv, .svg and .png.",
  refs: ["fact_incidents", "dim_categories", "incident_volume_daily"],
  columns: {
    rank: {
      type: "int",
      description: "1 for the category with the most incidents; equals stand by name",
      tests: ["unique", "not_null"],
    },
    category: {
      type: "varchar(100)",
      description: "The category; Unknown where the log does not say",
      tests: ["unique", "not_null"],
    },
    incidents: { type: "int", description: "Incidents opened", tests: ["not_null"] },
    share: {
      type: "decimal(9,6)",
      description: "incidents / all incidents, from 0 to 1",
      tests: ["not_null"],
    },
    cumulative_share: {
      type: "decimal(9,6)",
      description: "Share of this category and those before it",
      tests: [{ accepted_range: { min_value: 0, max_value: 1 } }],
    },
    is_vital: {
      type: "int",
      description: "1 for the fewest categories, from the first, that make up at least 80 %",
      tests: [{ accepted_values: { values: [0, 1], quote: false } }],
    },
  },
  from: {
    rank: ["fact_incidents.category_path"],
    category: ["dim_categories.category"],
    incidents: ["fact_incidents.category_path"],
    share: ["fact_incidents.category_path"],
    cumulative_share: ["fact_incidents.category_path"],
    is_vital: ["fact_incidents.category_path"],
  },
  config: { primary_key: ["category"] },
  async run({ ref, exportChart, exportCsv }) {
    const facts = ref("fact_incidents");
    const paths = await facts.all(
      facts
        .query()
        .select(["relation.category_path", (q) => q.fn.countAll<number>().as("incidents")])
        .groupBy("relation.category_path"),
    );
    const members = await ref("dim_categories").all();
    const names = new Map(members.map((member) => [member.category_path, member.category]));
    const counts = new Map<string, number>();
    for (const { category_path, incidents } of paths) {
      const name = names.get(category_path)!;
      counts.set(name, (counts.get(name) ?? 0) + Number(incidents));
    }
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    let reached = 0;
    const rows = [...counts]
      .sort(([one, most], [other, more]) => more - most || (one < other ? -1 : 1))
      .map(([category, incidents], n) => {
        const before = reached;
        reached += incidents;
        return {
          rank: n + 1,
          category,
          incidents,
          share: round(incidents / total, 6),
          cumulative_share: round(reached / total, 6),
          // As long as those before it do not suffice.
          is_vital: Number(before < MARK * total),
        };
      });
    const vital = rows.filter((row) => row.is_vital === 1);
    const finding = `${vital.length} of ${rows.length} categories make up ${percentText(vital.at(-1)!.cumulative_share)}`;
    const { period } = await extent(ref("incident_volume_daily"));
    await exportCsv("eda_pareto", rows);
    await exportChart("eda_pareto", {
      kind: "pareto",
      title: `${finding} of the incidents`,
      subtitle: `Incidents by category, ${period}, n = ${countText(total)}`,
      source: "Source: analysis.eda_pareto",
      description: `Bars of incidents by category in falling order with the cumulative share. ${finding} of ${countText(total)} incidents; ${rows[0]!.category} alone ${percentText(rows[0]!.share)}.`,
      category: "Category",
      value: { name: "Incidents" },
      bars: bars(rows),
      mark: { share: MARK, bars: vital.length, text: finding },
    });
    return rows;
  },
});

type Counted = { category: string; incidents: number; share: number; cumulative_share: number };

function bars(rows: readonly Counted[]) {
  const bar = (row: Counted) => ({
    name: row.category,
    value: row.incidents,
    share: row.share,
    cumulative: row.cumulative_share,
  });
  const rest = rows.slice(BARS);
  if (rest.length < 2) return rows.map(bar);
  const incidents = rest.reduce((sum, row) => sum + row.incidents, 0);
  const share = rest.reduce((sum, row) => sum + row.share, 0);
  return [
    ...rows.slice(0, BARS).map(bar),
    { name: `${rest.length} others`, value: incidents, share, cumulative: 1 },
  ];
}
