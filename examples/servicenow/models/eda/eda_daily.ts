import { defineModel } from "sla";
import { countText, dayText, extent } from "./figures/words.js";

/** Drawn until no more than this share of the highest backlog is left: what comes after are months of next to nothing. */
const LEFT = 0.2;

type Day = {
  date_day: string;
  incidents: number;
  average_7_days: number | null;
  unresolved_at_end: number;
  open_at_end: number;
};

export default defineModel({
  description:
    "Trend: incidents by day with the average of seven days, and below it what is left, unresolved and still open in the books. Exported as eda_daily.csv, .svg and .png.",
  refs: ["incident_volume_daily", "backlog_daily"],
  columns: {
    date_day: { type: "date", description: "The day", tests: ["unique", "not_null"] },
    incidents: { type: "int", description: "Incidents opened on the day", tests: ["not_null"] },
    average_7_days: { type: "decimal(12,6)", description: "Rolling average; null on the first six days" },
    unresolved_at_end: { type: "int", description: "Opened and not resolved by the end of the day" },
    open_at_end: { type: "int", description: "Opened and not closed by the end of the day" },
  },
  from: {
    date_day: ["incident_volume_daily.date_day"],
    incidents: ["incident_volume_daily.incidents"],
    average_7_days: ["incident_volume_daily.average_7_days"],
    unresolved_at_end: ["backlog_daily.unresolved_at_end"],
    open_at_end: ["backlog_daily.open_at_end"],
  },
  config: { primary_key: ["date_day"] },
  async run({ ref, exportChart, exportCsv }) {
    const volume = ref("incident_volume_daily");
    const left = await ref("backlog_daily").all(["date_day", "unresolved_at_end", "open_at_end"]);
    const leftOn = new Map(left.map((day) => [day.date_day, day]));
    const days = await volume.all(["date_day", "incidents", "average_7_days"]);
    const rows = days
      .sort((one, other) => (one.date_day < other.date_day ? -1 : 1))
      .map((day): Day => {
        const { unresolved_at_end, open_at_end } = leftOn.get(day.date_day)!;
        return { ...day, unresolved_at_end: unresolved_at_end ?? 0, open_at_end: open_at_end ?? 0 };
      });
    const { incidents: total } = await extent(volume);
    const most = rows.reduce((one, other) => (other.open_at_end > one.open_at_end ? other : one));
    const finding = `At its height, on ${dayText(most.date_day)}, ${countText(most.unresolved_at_end)} incidents are unresolved and ${countText(most.open_at_end)} open`;
    const height = Math.max(...rows.map((row) => row.unresolved_at_end));
    const drawn = rows.slice(0, rows.findLastIndex((row) => row.unresolved_at_end > LEFT * height) + 2);
    const [first, last] = [drawn[0]!, drawn.at(-1)!];
    const n = drawn.reduce((sum, row) => sum + row.incidents, 0);
    const period = `${dayText(first.date_day)} to ${dayText(last.date_day)}`;
    await exportCsv("eda_daily", rows);
    await exportChart("eda_daily", {
      kind: "line",
      title: finding,
      subtitle: `Opened per day, and left at its end, ${period}, n = ${countText(n)} of ${countText(total)} incidents`,
      source: "Source: analysis.eda_daily",
      description: `Incidents per day with the average of seven days, and below it the backlogs. ${finding}: closing happens in bulk, days after the work is done.`,
      days: drawn.map((row) => row.date_day),
      panels: [
        {
          value: { name: "Incidents per day" },
          series: [
            { name: "Day", values: drawn.map((row) => row.incidents), tone: "muted", weight: "thin" },
            {
              name: "Mean of 7 days",
              values: drawn.map((row) => row.average_7_days),
              tone: "accent",
              weight: "bold",
            },
          ],
        },
        {
          value: { name: "Left at the end of the day" },
          series: [
            { name: "Open", values: drawn.map((row) => row.open_at_end), tone: "muted", weight: "area" },
            {
              name: "Unresolved",
              values: drawn.map((row) => row.unresolved_at_end),
              tone: "accent",
              weight: "bold",
            },
          ],
        },
      ],
    });
    return rows;
  },
});
