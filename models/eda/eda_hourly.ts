import { op, table } from "arquero";
import { defineModel } from "sla";
import { countText, observedDays, periodText, round } from "./figures/period.js";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

type Slot = {
  weekday: number;
  weekday_name: string;
  hour: number;
  tickets: number;
  share: number;
  tickets_per_day: number | null;
};

export default defineModel({
  description:
    "Peak load: tickets by weekday and hour of creation (UTC). All 168 hours of the week have a row. Exported as eda_hourly.csv, .svg and .png.",
  refs: ["fact_tickets", "observed_days"],
  columns: {
    weekday: {
      type: "tinyint",
      description: "Weekday of creation, Monday is 0",
      tests: ["not_null", { accepted_range: { min_value: 0, max_value: 6 } }],
    },
    weekday_name: { type: "varchar(9)", description: "Its name", tests: ["not_null"] },
    hour: {
      type: "tinyint",
      description: "Hour of creation, 0 to 23",
      tests: ["not_null", { accepted_range: { min_value: 0, max_value: 23 } }],
    },
    tickets: { type: "int", description: "Tickets created in this hour of the week", tests: ["not_null"] },
    share: { type: "decimal(9,6)", description: "tickets / all tickets, from 0 to 1", tests: ["not_null"] },
    tickets_per_day: {
      type: "decimal(12,4)",
      description:
        "tickets / such weekdays that are over: what to expect in this hour. Tickets of a day that is not over do not count here; null before the first such day is over",
    },
  },
  from: {
    // The 168 hours of a week are there whatever the tickets.
    weekday: [],
    weekday_name: [],
    hour: [],
    tickets: ["fact_tickets.created_weekday", "fact_tickets.created_hour"],
    share: ["fact_tickets.created_weekday", "fact_tickets.created_hour"],
    tickets_per_day: [
      "fact_tickets.created_weekday",
      "fact_tickets.created_hour",
      "fact_tickets.created_date",
      "observed_days.date_day",
      "observed_days.is_complete",
    ],
  },
  config: { primary_key: ["weekday", "hour"] },
  async run({ ref, exportChart, exportCsv }) {
    const days = await observedDays(ref("observed_days"));
    const tickets = ref("fact_tickets");
    // One row for each hour of each day: a few thousand a year, whatever the number of tickets.
    const counts = await tickets.table(
      tickets
        .query()
        .select([
          "relation.created_date",
          "relation.created_weekday as weekday",
          "relation.created_hour as hour",
          (q) => q.fn.countAll<number>().as("tickets"),
        ])
        .groupBy(["relation.created_date", "relation.created_weekday", "relation.created_hour"]),
    );
    const over = new Set(days.filter((day) => day.is_complete === 1).map((day) => day.date_day));
    const weekdays = table({ weekday: [...over].map(weekdayOf) })
      .groupby("weekday")
      .count({ as: "days" });
    const week = table({
      weekday: Array.from({ length: 168 }, (_, slot) => Math.floor(slot / 24)),
      hour: Array.from({ length: 168 }, (_, slot) => slot % 24),
    });
    const slots = counts
      .params({ over })
      .derive({ finished: "(row, $) => op.has($.over, row.created_date) ? row.tickets : 0" })
      .groupby("weekday", "hour")
      .rollup({ tickets: op.sum("tickets"), finished: op.sum("finished") });
    const filled = week
      .join_left(counts.numRows() > 0 ? slots : NO_SLOTS, [SLOT, SLOT])
      .join_left(weekdays, "weekday")
      .impute({ tickets: () => 0, finished: () => 0, days: () => 0 })
      .derive({ total: op.sum("tickets") })
      .orderby("weekday", "hour");
    const rows = (filled.objects() as (Slot & { total: number; finished: number; days: number })[]).map(
      ({ weekday, hour, tickets: count, total, finished, days: such }): Slot => ({
        weekday,
        weekday_name: WEEKDAYS[weekday]!,
        hour,
        tickets: count,
        share: total === 0 ? 0 : round(count / total, 6),
        tickets_per_day: such === 0 ? null : round(finished / such, 4),
      }),
    );
    const total = rows.reduce((sum, row) => sum + row.tickets, 0);
    const peak = rows.reduce((most, row) => (row.tickets > most.tickets ? row : most));
    const office = rows.filter((row) => row.weekday < 5 && row.hour >= 8 && row.hour < 18);
    const inOffice = office.reduce((sum, row) => sum + row.tickets, 0) / Math.max(total, 1);
    const finding = `The week peaks on ${peak.weekday_name} at ${clock(peak.hour)}`;
    await exportCsv("eda_hourly", rows);
    await exportChart("eda_hourly", {
      kind: "heatmap",
      title: total === 0 ? "Tickets by weekday and hour" : finding,
      subtitle: `Tickets by weekday and hour of creation (UTC), ${periodText(days)}, n = ${countText(total)}`,
      source: "Source: analysis.eda_hourly",
      description:
        total === 0
          ? "There are no tickets."
          : `Tickets created in each of the 168 hours of the week. ${finding} with ${countText(peak.tickets)} tickets; ${(inOffice * 100).toFixed(0)} % come in on working days from 08:00 to 18:00.`,
      x: {
        name: "Hour of creation (UTC)",
        labels: Array.from({ length: 24 }, (_, hour) => clock(hour).slice(0, 2)),
      },
      y: { name: "Weekday", labels: WEEKDAYS },
      value: { name: "Tickets" },
      cells: WEEKDAYS.map((_, weekday) =>
        rows.filter((row) => row.weekday === weekday).map((row) => row.tickets),
      ),
    });
    return rows;
  },
});

const SLOT = ["weekday", "hour"];
const NO_SLOTS = table({ weekday: [], hour: [], tickets: [], finished: [] });

/** Monday is 0. */
function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
