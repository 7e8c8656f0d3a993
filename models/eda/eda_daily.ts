import { op, rolling, table } from "arquero";
import { defineModel } from "sla";
import { countText, dayText, observedDays, periodText, round } from "./figures/period.js";

/** Days of the rolling mean: whole weeks, or it would follow the weekdays. */
const WINDOW = 7;

type Day = {
  date_day: string;
  tickets: number;
  rolling_mean: number | null;
  is_complete: number;
};

export default defineModel({
  description:
    "Daily trend: tickets by day of creation with the mean of seven days. Every day of the period has a row, also one without a ticket. Exported as eda_daily.csv, .svg and .png.",
  refs: ["fact_tickets", "observed_days"],
  columns: {
    date_day: {
      type: "date",
      description: "The day (UTC)",
      tests: ["unique", "not_null", { sequential: { interval: 1, datepart: "day" } }],
    },
    tickets: { type: "int", description: "Tickets created on the day", tests: ["not_null"] },
    rolling_mean: {
      type: "decimal(12,6)",
      description:
        "Mean of this day and the six before it; null on the first six days and on a day that is not over",
    },
    is_complete: {
      type: "tinyint",
      description: "0 for the day in which `as_of` lies; its count is not final",
      tests: [{ accepted_values: { values: [0, 1], quote: false } }],
    },
  },
  from: {
    date_day: ["observed_days.date_day"],
    tickets: ["fact_tickets.created_date"],
    rolling_mean: ["fact_tickets.created_date", "observed_days.date_day", "observed_days.is_complete"],
    is_complete: ["observed_days.is_complete"],
  },
  config: { primary_key: ["date_day"] },
  async run({ ref, exportChart, exportCsv }) {
    const days = await observedDays(ref("observed_days"));
    const tickets = ref("fact_tickets");
    const counts = await tickets.table(
      tickets
        .query()
        .select(["relation.created_date as date_day", (q) => q.fn.countAll<number>().as("tickets")])
        .groupBy("relation.created_date"),
    );
    const calendar = table({
      date_day: days.map((day) => day.date_day),
      is_complete: days.map((day) => day.is_complete),
    });
    const rolled = calendar
      .join_left(counts.numRows() > 0 ? counts : table({ date_day: [], tickets: [] }), "date_day")
      .impute({ tickets: () => 0 })
      .orderby("date_day")
      .derive({
        sum: rolling("(row) => op.sum(row.tickets)", [1 - WINDOW, 0]),
        days: op.row_number(),
      });
    const rows = (rolled.objects() as (Day & { sum: number; days: number })[]).map(
      ({ date_day, tickets: count, is_complete, sum, days: before }): Day => ({
        date_day,
        tickets: count,
        rolling_mean: before < WINDOW || is_complete === 0 ? null : round(sum / WINDOW, 6),
        is_complete,
      }),
    );
    const total = rows.reduce((sum, row) => sum + row.tickets, 0);
    const unfinished = rows.find((row) => row.is_complete === 0)?.date_day;
    await exportCsv("eda_daily", rows);
    await exportChart("eda_daily", {
      kind: "line",
      title: title(rows),
      subtitle: `Tickets by day of creation, ${periodText(days)}, n = ${countText(total)}`,
      source: "Source: analysis.eda_daily",
      description: `${title(rows)}. ${busiest(rows)}`,
      days: rows.map((row) => row.date_day),
      panels: [
        {
          value: { name: "Tickets per day" },
          series: [
            { name: "Day", values: rows.map((row) => row.tickets), tone: "muted", weight: "thin" },
            {
              name: "Mean of 7 days",
              values: rows.map((row) => row.rolling_mean),
              tone: "accent",
              weight: "bold",
            },
          ],
        },
      ],
      ...(unfinished !== undefined && { unfinishedFrom: unfinished }),
    });
    return rows;
  },
});

/** The last twelve months against the twelve before, where there are so many. */
function title(rows: readonly Day[]): string {
  const whole = rows.filter((row) => row.is_complete === 1);
  if (whole.length < 730) return "Tickets per day";
  const mean = (part: readonly Day[]) => part.reduce((sum, row) => sum + row.tickets, 0) / part.length;
  const [before, now] = [mean(whole.slice(-730, -365)), mean(whole.slice(-365))];
  return `Tickets per day ${now >= before ? "rose" : "fell"} from ${before.toFixed(1)} to ${now.toFixed(1)} within a year`;
}

function busiest(rows: readonly Day[]): string {
  const first = rows[0];
  if (first === undefined) return "There are no days yet.";
  const most = rows.reduce((one, other) => (other.tickets > one.tickets ? other : one), first);
  return `The busiest day was ${dayText(most.date_day)} with ${countText(most.tickets)} tickets.`;
}
