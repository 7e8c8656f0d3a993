import { defineModel } from "sla";
import { countText, extent, round } from "./figures/words.js";

/** So many groups are drawn: those with the most incidents. */
const DRAWN = 16;
/** Hours have four digits after the point in the warehouse; whole numbers add up alike in any order. */
const PARTS = 10_000;

export default defineModel({
  description:
    "Time to resolve by support group: mean (MTTR), median and 90th percentile in hours by the clock, the busiest group first. Incidents without a time of resolution are in none. Exported as eda_mttr_group.csv, .svg and .png.",
  refs: ["fact_incidents", "incident_volume_daily"],
  columns: {
    assignment_group: {
      type: "varchar(100)",
      description: "The group that had it last; Unknown where the log does not say",
      tests: [
        "unique",
        "not_null",
        { relationships: { to: "ref('dim_groups')", field: "assignment_group" } },
      ],
    },
    incidents: { type: "int", description: "Incidents with a time of resolution", tests: ["not_null"] },
    mean_hours: { type: "decimal(12,4)", description: "MTTR", tests: ["not_null"] },
    median_hours: { type: "decimal(12,4)", description: "Median; between two incidents their mean" },
    p90_hours: {
      type: "decimal(12,4)",
      description: "Ninetieth percentile, interpolated between neighbours",
    },
  },
  from: {
    assignment_group: ["fact_incidents.assignment_group"],
    incidents: ["fact_incidents.resolution_hours"],
    mean_hours: ["fact_incidents.resolution_hours"],
    median_hours: ["fact_incidents.resolution_hours"],
    p90_hours: ["fact_incidents.resolution_hours"],
  },
  config: { primary_key: ["assignment_group"] },
  async run({ ref, exportChart, exportCsv }) {
    const facts = ref("fact_incidents");
    const groups = new Map<string, number[]>();
    for await (const { assignment_group, resolution_hours } of facts.rows([
      "assignment_group",
      "resolution_hours",
    ])) {
      if (resolution_hours === null) continue;
      const own = groups.get(assignment_group);
      if (own) own.push(Math.round(resolution_hours * PARTS));
      else groups.set(assignment_group, [Math.round(resolution_hours * PARTS)]);
    }
    const rows = [...groups]
      .map(([assignment_group, hours]) => ({ assignment_group, ...figures(hours) }))
      .sort(
        (one, other) =>
          other.incidents - one.incidents || (one.assignment_group < other.assignment_group ? -1 : 1),
      );
    const all = figures([...groups.values()].flat());
    const drawn = rows.slice(0, DRAWN).sort((one, other) => other.mean_hours - one.mean_hours);
    const n = drawn.reduce((sum, row) => sum + row.incidents, 0);
    const [slowest, fastest] = [drawn[0]!, drawn.at(-1)!];
    const { period } = await extent(ref("incident_volume_daily"));
    const finding = `${slowest.assignment_group} takes ${hoursText(slowest.mean_hours)} on average, ${fastest.assignment_group} ${hoursText(fastest.mean_hours)}`;
    await exportCsv("eda_mttr_group", rows);
    await exportChart("eda_mttr_group", {
      kind: "whisker",
      title: finding,
      subtitle: `Hours from opening to resolution, the ${drawn.length} busiest of ${rows.length} groups, ${period}, n = ${countText(n)}`,
      source: "Source: analysis.eda_mttr_group",
      description: `Mean, median and 90th percentile of the hours to resolution by support group. ${finding}; over all groups the mean is ${hoursText(all.mean_hours)}, the median ${hoursText(all.median_hours)}.`,
      category: "group",
      value: { name: "Hours to resolution", format: { decimals: 1, unit: "h" } },
      names: { bar: "Mean", dot: "Median", end: "90th percentile", short: "p90" },
      rows: drawn.map((row) => ({
        name: row.assignment_group,
        bar: row.mean_hours,
        dot: row.median_hours,
        end: row.p90_hours,
        n: row.incidents,
      })),
      reference: { value: all.mean_hours, text: `all groups: ${hoursText(all.mean_hours)}` },
    });
    return rows;
  },
});

function figures(hours: readonly number[]) {
  const sorted = [...hours].sort((one, other) => one - other);
  const quantile = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    return round((below + (above - below) * (place - Math.floor(place))) / PARTS, 4);
  };
  return {
    incidents: sorted.length,
    mean_hours: round(sorted.reduce((sum, value) => sum + value, 0) / sorted.length / PARTS, 4),
    median_hours: quantile(0.5),
    p90_hours: quantile(0.9),
  };
}

function hoursText(value: number): string {
  return `${value.toFixed(1)} h`;
}
