import type { Connection, Dialect } from "../../../adapters/index.js";
import type { DateGrain, Row } from "../../../manifest/index.js";
import {
  type DashboardData,
  type DashboardSpec,
  type DashboardState,
  defaultState,
  type SheetFigures,
  view,
} from "../../dashboards/index.js";
import { type Cells, cellsOfRows, cellsOfSheet, metricOfField, type Wanted } from "./cells.js";
import type { Finding } from "./finding.js";
import { LONGEST_LIST, NotRunnable } from "./formula/sql.js";
import { type SheetQuery, sheetQuery, type TableOf } from "./sheet-query.js";
import { namedConnections, type Sheet, type Workbook } from "./workbook.js";

/** What figures are compared with. */
export interface SiteFigures {
  specs: readonly DashboardSpec[];
  data: DashboardData;
  /** What a reader has chosen on each dashboard, by its name; what is not given is as the dashboard opens. */
  states?: Readonly<Record<string, DashboardState>>;
}

/** What was compared. */
export interface Comparison {
  findings: Finding[];
  /** Sheets of the file whose figures were computed and compared. */
  compared: { sheet: string; figures: number; sql: string }[];
  /** Sheets of the file that could not be run, and why. */
  notRun: { sheet: string; why: string }[];
}

const HINT = "The file was written from other definitions or data: write it anew with `sla tableau`.";

/** Runs each sheet of a workbook as SQL, made of the file alone, and holds what comes out against the site's figures. */
export async function compareFigures(
  workbook: Workbook,
  site: SiteFigures,
  connection: Connection,
  dialect: Dialect,
  tableOf: TableOf,
): Promise<Comparison> {
  const result: Comparison = { findings: [], compared: [], notRun: [] };
  if (dialect.type === "mysql")
    await connection.execute(`SET SESSION group_concat_max_len = ${LONGEST_LIST}`);
  const isLive = !isPackaged(workbook);
  for (const spec of site.specs) {
    const { name, title } = spec.dashboard;
    const dashboard = workbook.dashboards.find((one) => one.name === title);
    if (dashboard === undefined) {
      if (workbook.root.name === "workbook") missing(result, `the dashboard "${title}" is not in the file`);
      continue;
    }
    const state = site.states?.[name] ?? defaultState(spec, site.data);
    const seen = new Set<string>();
    for (const sheet of workbook.sheets.filter((one) => one.name.startsWith(`${title} · `))) {
      const query = queryOf(workbook, sheet, dialect, tableOf, result);
      if (query === null) continue;
      const rows = await connection.query(query.sql);
      const wanted = wantedOf(spec, state, site.data, sheet.name.slice(title.length + 3), query);
      if (wanted === null) continue;
      for (const part of wanted.parts) seen.add(part);
      const found = cellsOfRows(query, rows as Row[], wanted, spec);
      result.findings.push(
        ...differences(sheet, wanted, found, (metric) => isRough(spec, site.data, metric)),
      );
      result.compared.push({ sheet: sheet.name, figures: wanted.cells.count, sql: query.sql });
    }
    for (const part of partsOf(spec))
      if (!seen.has(part.id) && !(isLive && part.optional))
        missing(result, `${part.said} of "${title}" is not in the file`);
  }
  return result;
}

/** Whether all rows lie in text files beside the workbook. */
function isPackaged({ sources }: Workbook): boolean {
  const own = [...sources.values()].filter(({ isParameters }) => !isParameters);
  return own.every((source) =>
    [...namedConnections(source).values()].every((named) =>
      named.children.every(({ attributes }) => attributes.class === "textscan"),
    ),
  );
}

/** Whether the site reads a percentile from values rounded to steps, as it does of marts with very many rows. */
function isRough(spec: DashboardSpec, { tables }: DashboardData, metric: string): boolean {
  const of = spec.metrics[metric]?.model.split(".").at(-1);
  return (
    isPercentile(spec, metric) &&
    Object.values(tables).some(({ model, weights }) => weights !== undefined && model === of)
  );
}

function missing(result: Comparison, message: string): void {
  result.findings.push({ check: "complete", line: null, message, hint: HINT });
}

function queryOf(
  workbook: Workbook,
  sheet: Sheet,
  dialect: Dialect,
  tableOf: TableOf,
  result: Comparison,
): SheetQuery | null {
  try {
    return sheetQuery(workbook, sheet, dialect, tableOf);
  } catch (error) {
    if (!(error instanceof NotRunnable)) throw error;
    result.notRun.push({ sheet: sheet.name, why: error.message });
    result.findings.push({
      check: "figures",
      line: sheet.element.line,
      message: `the sheet "${sheet.name}" cannot be run: ${error.message}`,
      hint: "Its figures are not compared.",
    });
    return null;
  }
}

/** Cards and sheets that a file must hold; what is made of percentiles alone has no place in live ones. */
function partsOf(spec: DashboardSpec): { id: string; said: string; optional: boolean }[] {
  const { dashboard } = spec;
  const isOne = (name: string) => isPercentile(spec, name);
  const cards = dashboard.kpis.flatMap(({ metric, beside }) => [metric, ...beside]);
  return [
    ...cards.map((name) => ({ id: `kpi ${name}`, said: `the figure ${name}`, optional: isOne(name) })),
    ...dashboard.sheets.map((sheet) => ({
      id: `sheet ${sheet.name}`,
      said: `the sheet "${sheet.title}"`,
      optional: sheet.metrics.length > 0 && sheet.metrics.every(isOne),
    })),
  ];
}

/** The site's figures for a sheet of the file: found by its name, at the grain at which the file cuts time. */
function wantedOf(
  spec: DashboardSpec,
  state: DashboardState,
  data: DashboardData,
  called: string,
  query: SheetQuery,
): Wanted | null {
  const fields = query.columns.flatMap(({ field, role }) =>
    role === "measure" ? (metricOfField(spec, field) ?? []) : [],
  );
  const title = called.replace(/ \(\d+\)$/, "");
  if (called.startsWith("KPI ")) {
    const { kpis } = view(spec, state, data);
    const figures = kpis
      .flatMap((kpi) => [kpi, ...kpi.beside])
      .filter(({ metric }) => fields.includes(metric));
    const cells: Cells = {
      values: new Map([["[]", Object.fromEntries(figures.map(({ metric, value }) => [metric, value]))]]),
      order: null,
      count: figures.length,
    };
    return {
      kind: "kpi",
      parts: figures.map(({ metric }) => `kpi ${metric}`),
      sheet: null,
      cells,
      metrics: figures.map(({ metric }) => metric),
      grain: null,
    };
  }
  const sheet = spec.dashboard.sheets.find((one) => one.title === title || one.name === title);
  if (sheet === undefined) return null;
  const grain = query.columns.find(({ trunc }) => trunc !== null)?.trunc ?? null;
  const cut =
    grain === null || sheet.date_grain === null ? sheet : { ...sheet, date_grain: grain as DateGrain };
  const changed = { ...spec, dashboard: { ...spec.dashboard, sheets: [cut] } };
  const [figures] = view(changed, state, data).sheets as [SheetFigures];
  return {
    kind: sheet.kind,
    parts: [`sheet ${sheet.name}`],
    sheet: cut,
    cells: cellsOfSheet(cut, figures),
    metrics: [
      ...new Set([
        ...sheet.metrics,
        ...sheet.below,
        ...(sheet.label_metric === null ? [] : [sheet.label_metric]),
      ]),
    ].filter((name) => fields.includes(name) || !isPercentile(spec, name)),
    grain,
  };
}

function isPercentile(spec: DashboardSpec, name: string): boolean {
  return spec.metrics[name]?.numerator.terms.some(({ aggregate }) => aggregate.of === "percentile") ?? false;
}

const MOST = 3;

/** Neighbours among rounded values differ by 4 %. */
const ROUGHLY = 0.05;
const EXACTLY = 1e-9;

function differences(
  sheet: Sheet,
  wanted: Wanted,
  found: Cells,
  rough: (metric: string) => boolean,
): Finding[] {
  const messages: string[] = [];
  const keys = new Set([...wanted.cells.values.keys(), ...found.values.keys()]);
  for (const key of keys) {
    const [ours, theirs] = [wanted.cells.values.get(key), found.values.get(key)];
    for (const metric of wanted.metrics.length === 0 ? ["row"] : wanted.metrics) {
      const [a, b] = [ours?.[metric] ?? null, theirs?.[metric] ?? null];
      const tolerance = rough(metric) ? ROUGHLY : EXACTLY;
      if (same(a, b, ours === undefined || theirs === undefined, tolerance)) continue;
      const at = (JSON.parse(key) as unknown[]).map((value) => value ?? "none").join(", ");
      messages.push(
        `${metric}${at === "" ? "" : ` of ${at}`} is ${b ?? "nothing"} in the file, ${a ?? "nothing"} on the site`,
      );
    }
  }
  const ordered = messages.length === 0 && !wanted.metrics.some(rough);
  if (ordered && wanted.cells.order !== null && found.order !== null) {
    const { order } = found;
    const at = wanted.cells.order.findIndex((key, n) => order[n] !== key);
    if (at >= 0)
      messages.push(
        `place ${at + 1} is ${order[at] ?? "nothing"} in the file, ${wanted.cells.order[at]} on the site`,
      );
  }
  const more = messages.length > MOST ? [`and ${messages.length - MOST} more`] : [];
  if (messages.length === 0) return [];
  return [
    {
      check: "figures",
      line: sheet.element.line,
      message: `the sheet "${sheet.name}" has other figures than the site: ${[...messages.slice(0, MOST), ...more].join("; ")}`,
      hint: HINT,
    },
  ];
}

/** Equal but for rounding. Spans and groups without rows have no line in a query: on the site they are nothing, or zero. */
function same(
  a: number | string | null,
  b: number | string | null,
  isAbsent: boolean,
  tolerance: number,
): boolean {
  if (isAbsent) return (a === null || a === 0) && (b === null || b === 0);
  if (typeof a === "number" && typeof b === "number")
    return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
  return a === b;
}
