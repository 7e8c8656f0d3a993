import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type DashboardFigures,
  type DashboardState,
  dayNumber,
  dayText,
  type FigureTable,
  view,
} from "../../src/reports/index.js";
import { ENGINES } from "../harness/engines.js";
import {
  type Chosen,
  engineersSql,
  heatmapSql,
  KPI_SQL,
  resolutionSql,
  SHEET_SQL,
  teamsSql,
} from "./dashboard-sql.js";
import { type HelpdeskMarts, helpdeskMarts } from "./helpdesk-marts.js";

/** What readers may choose: spans of whole months are long enough for a time axis of months. */
const CHOICES: Record<string, Chosen> = {
  "all days": { from: "2024-07-01", to: "2026-06-30" },
  "nine months": { from: "2025-10-01", to: "2026-06-30" },
  "nine months in two regions": { from: "2025-10-01", to: "2026-06-30", regions: ["Leeds", "Digital"] },
  "nine months that begin within a month": { from: "2025-08-17", to: "2026-05-09", regions: ["No region"] },
  "nine months of one system, clicked": { from: "2025-10-01", to: "2026-06-30", system: "Mobile App" },
};
/** Too short for a time axis of months: cards and charts without one. */
const SHORT: Record<string, Chosen> = {
  "ninety days": { from: "2026-04-02", to: "2026-06-30" },
  "a single day": { from: "2026-06-25", to: "2026-06-25" },
  "a single day in one region": { from: "2026-03-17", to: "2026-03-17", regions: ["Digital"] },
};

const stateOf = ({ from, to, regions, system }: Chosen): DashboardState => ({
  from: dayNumber(from),
  to: dayNumber(to),
  filters: regions ? { region: regions } : {},
  selections: system ? [{ sheet: "elsewhere", values: { system_name: [system] } }] : [],
});

describe.each(ENGINES)("the dashboards' figures are those of SQL on the marts, on $name", (engine) => {
  let marts: HelpdeskMarts;
  beforeAll(async () => {
    marts = await helpdeskMarts(engine);
  }, 240_000);
  afterAll(() => marts?.close());

  const figures = (name: string, chosen: Chosen): DashboardFigures =>
    view(marts.specs.find((spec) => spec.dashboard.name === name)!, stateOf(chosen), marts.data);
  const sheet = (name: string, chosen: Chosen): FigureTable =>
    marts.specs
      .flatMap((spec) => view(spec, stateOf(chosen), marts.data).sheets)
      .find((found) => found.name === name)!.table;
  const rows = async (sql: string) =>
    (await marts.query(sql)).map((row) =>
      Object.values(row).map((value) => (typeof value === "bigint" ? Number(value) : value)),
    );
  const DASHBOARDS = ["service_overview", "system_performance", "operational_efficiency"];

  describe.each(Object.entries({ ...CHOICES, ...SHORT }))("%s", (_, chosen) => {
    it("cards", async () => {
      let compared = 0;
      for (const dashboard of DASHBOARDS) {
        for (const kpi of figures(dashboard, chosen).kpis) {
          for (const { metric, value } of [kpi, ...kpi.beside]) {
            const [row] = await marts.query(KPI_SQL[metric]!(marts.table, chosen));
            close(value, row!.v as number | null, metric);
            compared++;
          }
        }
      }
      expect(compared).toBe(16);
    });

    it("charts without a time axis", async () => {
      for (const name of [
        "breach_by_priority",
        "tickets_by_region",
        "unstable_systems",
        "systems",
        "alerts",
      ]) {
        const found = sheet(name, chosen);
        const dated = found.rows.map((row) =>
          row.map((value, at) => (found.columns[at]!.kind === "day" ? dayText(value as number) : value)),
        );
        sameRows(dated, await rows(SHEET_SQL[name]!(marts.table, chosen)), name);
      }
    });

    it("the heat map of systems and causes", async () => {
      const { columns, rows: lines } = sheet("system_by_cause", chosen);
      const expected = new Map<string, number>();
      for (const [system, cause, n] of await rows(heatmapSql(marts.table, chosen)))
        expected.set(`${system}/${cause}`, n as number);
      let fields = 0;
      for (const [system, ...counts] of lines) {
        for (const [at, count] of counts.entries()) {
          const key = `${system}/${columns[at + 1]!.name}`;
          expect(count ?? undefined, key).toBe(expected.get(key));
          if (count !== null) fields++;
        }
      }
      expect(fields).toBe(expected.size);
      const totals = lines.map(([, ...counts]) =>
        (counts as (number | null)[]).reduce<number>((sum, count) => sum + (count ?? 0), 0),
      );
      expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    });

    it("engineers by tickets and time", async () => {
      const expected = await rows(engineersSql(marts.table, chosen));
      sameRows(sheet("engineers", chosen).rows, expected, "engineers", 1e-6);
    });

    it("teams", async () => {
      const { sums, median, p90, response } = teamsSql(marts.table, chosen);
      const by = async (sql: string) =>
        new Map((await rows(sql)).map(([team, value]) => [team, value ?? null]));
      const [medians, nineties, responses] = [await by(median), await by(p90), await by(response)];
      const expected = (await rows(sums)).map(([team, n, mean, breached, overdue]) => [
        team,
        n,
        mean,
        medians.get(team) ?? null,
        nineties.get(team) ?? null,
        responses.get(team) ?? null,
        breached,
        overdue,
      ]);
      sameRows(sheet("teams", chosen).rows, expected, "teams");
    });
  });

  describe.each(Object.entries(CHOICES))("%s", (_, chosen) => {
    it("charts over months", async () => {
      for (const name of ["flow", "downtime_trend", "fix_types"])
        sameRows(sheet(name, chosen).rows, await rows(SHEET_SQL[name]!(marts.table, chosen)), name);
      const { means, medians } = resolutionSql(marts.table, chosen);
      const median = new Map((await rows(medians)).map(([month, value]) => [month, value]));
      const expected = (await rows(means)).map(([month, mean]) => [month, mean, median.get(month) ?? null]);
      sameRows(sheet("resolution_trend", chosen).rows, expected, "resolution_trend");
    });
  });

  it("an empty selection has no figures, and says so", async () => {
    const chosen: Chosen = { from: "2026-06-01", to: "2026-06-30", regions: ["Nowhere"] };
    const [empty] = await marts.query(KPI_SQL.tickets!(marts.table, chosen));
    expect(Number(empty!.v)).toBe(0);
    for (const dashboard of DASHBOARDS) {
      const { kpis, sheets } = figures(dashboard, chosen);
      for (const kpi of kpis) {
        // A system's uptime has no region: it is that of all, and the card says so.
        if (kpi.unfiltered.length > 0) expect(kpi.unfiltered).toEqual(["region"]);
        else expect([kpi.metric, kpi.value, kpi.numerator, kpi.thin]).toEqual([kpi.metric, null, null, true]);
      }
      for (const { rows: counted, unfiltered, table, name, kind } of sheets) {
        if (unfiltered.length > 0) expect(unfiltered).toEqual(["region"]);
        else expect(counted, name).toBe(0);
        if (unfiltered.length === 0 && !["line", "area", "stacked"].includes(kind))
          expect(table.rows, name).toEqual([]);
      }
    }
  });

  it("the card's change is against the days before, and there is none where the data begin", async () => {
    const chosen: Chosen = { from: "2026-04-02", to: "2026-06-30" };
    const before: Chosen = { from: "2026-01-02", to: "2026-04-01" };
    for (const kpi of figures("service_overview", chosen).kpis) {
      const [row] = await marts.query(KPI_SQL[kpi.metric]!(marts.table, before));
      close(kpi.previous!.value, row!.v as number, kpi.metric);
      close(kpi.delta, kpi.value! - kpi.previous!.value!, kpi.metric);
      expect(kpi.sparkline.length).toBe(90);
    }
    for (const kpi of figures("service_overview", CHOICES["all days"]!).kpis) expect(kpi.previous).toBeNull();
  });

  it("rows in groups give the same figures as the rows themselves, percentiles within 2 %", async () => {
    const grouped = await marts.extract(1_000);
    expect(Object.keys(grouped.parts!).length).toBeGreaterThan(10);
    const chosen: Chosen = {
      from: "2025-10-01",
      to: "2026-06-30",
      regions: ["Leeds", "Digital", "No region"],
    };
    let compared = 0;
    for (const spec of marts.specs) {
      const whole = view(spec, stateOf(chosen), marts.data);
      const parts = view(spec, stateOf(chosen), grouped);
      for (const [at, kpi] of whole.kpis.entries()) {
        for (const [n, figure] of [kpi, ...kpi.beside].entries()) {
          const other = [parts.kpis[at]!, ...parts.kpis[at]!.beside][n]!;
          const isPercentile = /^(median|p90)/.test(figure.metric);
          close(other.value, figure.value, figure.metric, isPercentile ? 0.02 : 1e-9);
          compared++;
        }
      }
      for (const [at, { name, table }] of whole.sheets.entries()) {
        const rough = table.columns.map(({ name: column, label }) => /^(median|p90)/i.test(column + label));
        const other = parts.sheets[at]!.table;
        expect(other.rows.length, name).toBe(table.rows.length);
        for (const [r, row] of table.rows.entries())
          for (const [n, value] of row.entries())
            if (typeof value === "number")
              close(other.rows[r]![n] as number, value, name, rough[n] ? 0.03 : 1e-9);
            else expect(other.rows[r]![n], name).toBe(value);
      }
    }
    expect(compared).toBe(16);
  });
});

function close(found: number | null, expected: unknown, what: string, within = 1e-9): void {
  if (expected === null || expected === undefined) {
    expect(found, what).toBeNull();
    return;
  }
  expect(found, what).not.toBeNull();
  const number = Number(expected);
  expect(Math.abs(found! - number), `${what}: ${found}, not ${number}`).toBeLessThanOrEqual(
    within * Math.max(1, Math.abs(number)),
  );
}

function sameRows(
  found: readonly (readonly unknown[])[],
  expected: readonly (readonly unknown[])[],
  what: string,
  within?: number,
): void {
  expect(
    found.map((row) => row[0]),
    what,
  ).toEqual(expected.map((row) => row[0]));
  for (const [at, row] of expected.entries()) {
    for (const [n, value] of row.entries()) {
      if (typeof value === "number")
        close(found[at]![n] as number | null, value, `${what} ${row[0]} ${n}`, within);
      else expect(found[at]![n], `${what} ${row[0]} ${n}`).toEqual(value);
    }
  }
}
