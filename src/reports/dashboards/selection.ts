import type { RowsWhere } from "../../manifest/index.js";
import type { DataColumn, DataTable } from "./data.js";
import type { DashboardSpec, DashboardState } from "./state.js";

/** The restrictions that hold for a part of a page. */
export interface Restrictions {
  /** Days, as numbers; null for no restriction. */
  from: number | null;
  to: number | null;
  where: readonly RowsWhere[];
}

/**
 * What a reader's choices mean for a part: the filters of the page, and what was chosen in sheets other than this one. A sheet keeps all of its
 * own marks, so that the choice can be seen and changed.
 */
export function restrictions(
  { dashboard }: DashboardSpec,
  { filters, selections }: DashboardState,
  period: { from: number; to: number } | null,
  ownSheet: string | null,
): Restrictions {
  const where: RowsWhere[] = [];
  for (const filter of dashboard.filters) {
    if (filter.kind !== "choice") continue;
    const values = filters[filter.field] ?? [];
    if (values.length > 0) where.push({ column: filter.field, values: [...values] });
  }
  for (const { sheet, values } of selections) {
    if (sheet === ownSheet) continue;
    for (const [column, chosen] of Object.entries(values)) {
      if (chosen.length > 0) where.push({ column, values: [...chosen] });
    }
  }
  return { from: period?.from ?? null, to: period?.to ?? null, where };
}

/** The entries of a table that meet the restrictions, and the restricted columns that it does not have. */
export function entriesWithin(
  table: DataTable,
  date: string | null,
  { from, to, where }: Restrictions,
): { entries: number[]; unfiltered: string[] } {
  const tests: ((entry: number) => boolean)[] = [];
  const unfiltered = new Set<string>();
  const days = date === null ? undefined : table.columns[date];
  if (days?.kind === "day" && from !== null && to !== null) {
    const { values } = days;
    tests.push((entry) => {
      const day = values[entry];
      return day != null && day >= from && day <= to;
    });
  }
  for (const condition of where) {
    const column = table.columns[condition.column];
    if (column === undefined) unfiltered.add(condition.column);
    else tests.push(columnTest(column, condition.values));
  }
  const entries: number[] = [];
  for (let entry = 0; entry < table.length; entry++) {
    if (tests.every((test) => test(entry))) entries.push(entry);
  }
  return { entries, unfiltered: [...unfiltered] };
}

/** Whether an entry has one of the values in a column. */
export function columnTest(column: DataColumn, values: RowsWhere["values"]): (entry: number) => boolean {
  if (column.kind !== "text") {
    const wanted = new Set(values.map((value) => (value === null ? null : Number(value))));
    return (entry) => wanted.has(column.values[entry] ?? null);
  }
  const codes = new Set(
    values.map((value) => (value === null ? -1 : column.dictionary.indexOf(String(value)))),
  );
  if (!values.includes(null)) codes.delete(-1);
  return (entry) => codes.has(column.codes[entry]!);
}
