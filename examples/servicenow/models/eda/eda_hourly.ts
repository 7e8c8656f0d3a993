import { defineModel } from "sla";
import { countText, extent, percentText, round } from "./figures/words.js";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export default defineModel({
  description:
    "Peak load: incidents by weekday and hour of opening, in the log's own time. All 168 hours of the week have a row. Exported as eda_hourly.csv, .svg and .png.",
  refs: ["fact_incidents", "incident_volume_daily"],
  columns: {
    weekday: {
      type: "int",
      description: "Weekday of opening, Monday is 0",
      tests: ["not_null", { accepted_range: { min_value: 0, max_value: 6 } }],
    },
    weekday_name: { type: "varchar(9)", description: "Its name", tests: ["not_null"] },
    hour: {
      type: "int",
      description: "Hour of opening, 0 to 23",
      tests: ["not_null", { accepted_range: { min_value: 0, max_value: 23 } }],
    },
    incidents: { type: "int", description: "Incidents opened in this hour of the week", tests: ["not_null"] },
    share: {
      type: "decimal(9,6)",
      description: "incidents / all incidents, from 0 to 1",
      tests: ["not_null"],
    },
  },
  from: {
    // The 168 hours of a week are there whatever the log holds.
    weekday: [],
    weekday_name: [],
    hour: [],
    incidents: ["fact_incidents.opened_weekday", "fact_incidents.opened_hour"],
    share: ["fact_incidents.opened_weekday", "fact_incidents.opened_hour", "incident_volume_daily.incidents"],
  },
  config: { primary_key: ["weekday", "hour"] },
  async run({ ref, exportChart, exportCsv }) {
    const facts = ref("fact_incidents");
    const counts = await facts.all(
      facts
        .query()
        .select([
          "relation.opened_weekday",
          "relation.opened_hour",
          (q) => q.fn.countAll<number>().as("incidents"),
        ])
        .groupBy(["relation.opened_weekday", "relation.opened_hour"]),
    );
    const bySlot = new Map(
      counts.map((slot) => [24 * slot.opened_weekday + slot.opened_hour, Number(slot.incidents)]),
    );
    const { period, incidents: total } = await extent(ref("incident_volume_daily"));
    const rows = Array.from({ length: 168 }, (_, slot) => ({
      weekday: Math.floor(slot / 24),
      weekday_name: WEEKDAYS[Math.floor(slot / 24)]!,
      hour: slot % 24,
      incidents: bySlot.get(slot) ?? 0,
      share: round((bySlot.get(slot) ?? 0) / total, 6),
    }));
    const peak = rows.reduce((most, row) => (row.incidents > most.incidents ? row : most));
    const office = rows.filter((row) => row.weekday < 5 && row.hour >= 8 && row.hour < 18);
    const inOffice = office.reduce((sum, row) => sum + row.incidents, 0) / total;
    const finding = `The week peaks on ${peak.weekday_name} at ${clock(peak.hour)}`;
    await exportCsv("eda_hourly", rows);
    await exportChart("eda_hourly", {
      kind: "heatmap",
      title: finding,
      subtitle: `Incidents by weekday and hour of opening, ${period}, n = ${countText(total)}`,
      source: "Source: analysis.eda_hourly",
      description: `Incidents opened in each of the 168 hours of the week. ${finding} with ${countText(peak.incidents)}; ${percentText(inOffice)} come in on working days from 08:00 to 18:00.`,
      x: {
        name: "Hour of opening",
        labels: Array.from({ length: 24 }, (_, hour) => clock(hour).slice(0, 2)),
      },
      y: { name: "Weekday", labels: WEEKDAYS },
      value: { name: "Incidents" },
      cells: WEEKDAYS.map((_, weekday) =>
        rows.filter((row) => row.weekday === weekday).map((row) => row.incidents),
      ),
    });
    return rows;
  },
});

function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
