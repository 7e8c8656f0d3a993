import { type ColumnTable, desc, from } from "arquero";
import type { ColumnDeclaration, WhiskerChart } from "sla";
import { countText, type ObservedDay, periodText, round } from "./period.js";

/** How long a group takes to resolve its tickets, in hours around the clock. */
export type Resolution = {
  tickets: number;
  mean_hours: number | null;
  median_hours: number | null;
  p90_hours: number | null;
};

/** Columns of every table of resolution times. */
export const RESOLUTION_COLUMNS = {
  tickets: { type: "int", description: "Resolved tickets: what the figures are of", tests: ["not_null"] },
  mean_hours: {
    type: "decimal(12,4)",
    description:
      "MTTR: mean hours from creation to closing, around the clock; null without a resolved ticket",
  },
  median_hours: {
    type: "decimal(12,4)",
    description: "Half of the tickets took at most so many hours; between two tickets their mean",
  },
  p90_hours: {
    type: "decimal(12,4)",
    description:
      "Nine of ten tickets took at most so many hours: the 90th percentile, interpolated between the closest ranks",
  },
} satisfies Record<string, ColumnDeclaration>;

/** Hours have four digits after the point in the warehouse; whole numbers add up alike in any order. */
const PARTS = 10_000;

/** Resolution times by group: groups without any stand at the end, the slowest first. */
export function resolutionBy<Group extends Record<string, string>>(
  groups: ColumnTable,
  resolved: ColumnTable,
  code: string & keyof Group,
): (Group & Resolution)[] {
  if (resolved.numRows() === 0)
    return (groups.orderby(code).objects() as Group[]).map((group) => ({ ...group, ...NONE }));
  const hours = resolved.column("resolution_hours")!;
  const times = resolved
    .groupby(code)
    .partitions()
    .map((rows) => ({ [code]: resolved.get(code, rows[0]), ...resolution(sortedHours(hours, rows)) }));
  const joined = groups
    .join_left(from(times), code)
    .impute({ tickets: () => 0 })
    .orderby(desc("mean_hours"), code);
  return (joined.objects() as (Group & Resolution)[])
    .map(({ tickets, mean_hours, median_hours, p90_hours, ...group }) => ({
      ...group,
      tickets,
      mean_hours: rounded(mean_hours),
      median_hours: rounded(median_hours),
      p90_hours: rounded(p90_hours),
    }))
    .sort((one, other) => Number(other.tickets > 0) - Number(one.tickets > 0)) as unknown as (Group &
    Resolution)[];
}

const NONE: Resolution = { tickets: 0, mean_hours: null, median_hours: null, p90_hours: null };

/** Packed, so that sorting a million of them takes no comparing function. */
function sortedHours(hours: { at(row: number): unknown }, rows: ArrayLike<number>): Float64Array {
  const sorted = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) sorted[at] = hours.at(rows[at]!) as number;
  return sorted.sort();
}

function resolution(sorted: Float64Array): Resolution {
  let units = 0;
  for (const value of sorted) units += Math.round(value * PARTS);
  return {
    tickets: sorted.length,
    mean_hours: units / sorted.length / PARTS,
    median_hours: quantile(sorted, 0.5),
    p90_hours: quantile(sorted, 0.9),
  };
}

/** Interpolated between the closest ranks. */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const value = sorted[below]!;
  return below + 1 < sorted.length ? value + (sorted[below + 1]! - value) * (place - below) : value;
}

function rounded(hours: number | null | undefined): number | null {
  return hours === null || hours === undefined ? null : round(hours, 4);
}

/** The chart of resolution times: who has not resolved anything is left out. */
export function resolutionChart(
  rows: readonly (Resolution & { name: string })[],
  days: readonly ObservedDay[],
  words: { group: string; groups: string; source: string },
): WhiskerChart {
  const shown = rows.filter((row) => row.tickets > 0);
  const total = shown.reduce((sum, row) => sum + row.tickets, 0);
  const mean = shown.reduce((sum, row) => sum + row.mean_hours! * row.tickets, 0) / Math.max(total, 1);
  const [slowest, fastest] = [shown[0], shown.at(-1)];
  const finding =
    slowest === undefined || fastest === undefined
      ? undefined
      : slowest === fastest
        ? `${slowest.name} takes ${hours(slowest.mean_hours!)} on average`
        : `${slowest.name} takes ${hours(slowest.mean_hours!)} on average, ${fastest.name} ${hours(fastest.mean_hours!)}`;
  return {
    kind: "whisker",
    title: finding ?? `Time to resolve by ${words.group}`,
    subtitle: `Hours to resolve by ${words.group}, around the clock, ${periodText(days)}, n = ${countText(total)} resolved tickets`,
    source: words.source,
    description:
      finding === undefined
        ? "There are no resolved tickets."
        : `Mean, median and 90th percentile of the hours to resolve of ${shown.length} ${words.groups}, the slowest first. ${finding}; over all it is ${hours(mean)}.`,
    category: words.group,
    value: { name: "Hours to resolve", format: { decimals: 1, unit: "h" } },
    names: { bar: "Mean", dot: "Median", end: "90th percentile (p90)", short: "p90" },
    rows: shown.map((row) => ({
      name: row.name,
      bar: row.mean_hours!,
      dot: row.median_hours!,
      end: row.p90_hours!,
      n: row.tickets,
    })),
    reference: { value: round(mean, 4), text: `all ${words.groups}: ${hours(mean)}` },
  };
}

function hours(value: number): string {
  return `${value.toFixed(1)} h`;
}
