import { columnsIn, metricsIn, sheetPath, type WorkbookText, zonesPath } from "./workbook-text.js";

/** A dashboard as its YAML has it. */
export interface DashboardYaml {
  name: string;
  title: string;
  filters: { field: string; label: string }[];
  kpis: (string | { metric: string; beside?: string[] })[];
  sheets: SheetYaml[];
  layout: { sheet: string; width: number }[][];
}

/** A sheet as the YAML has it. */
export interface SheetYaml {
  name: string;
  title: string;
  kind: string;
  metrics?: string[];
  below?: string[];
  label_metric?: string;
  dimensions?: string[];
  date_grain?: string;
  filter?: Record<string, unknown>;
  sort?: { by: string; direction: string };
  top?: number;
  n_min?: number;
  reference_lines?: { metric: string }[];
  columns?: { name: string }[];
}

/** What of a dashboard is where in a workbook: a row of the table in the docs. */
export interface Entry {
  dashboard: string;
  what: string;
  worksheet: string;
  /** What there is of it; empty for nothing. */
  found: string;
}

type Labels = Readonly<Record<string, string>>;

/** Cards of the dashboard: the metrics of each, the first is its figure. */
export const cardsOf = ({ kpis }: DashboardYaml): string[][] =>
  kpis.map((kpi) => (typeof kpi === "string" ? [kpi] : [kpi.metric, ...(kpi.beside ?? [])]));

/** Metrics that a sheet shows. */
export const metricsOf = (sheet: SheetYaml): string[] => [
  ...(sheet.metrics ?? []),
  ...(sheet.below ?? []),
  ...(sheet.label_metric === undefined ? [] : [sheet.label_metric]),
];

/** All that shelves and marks of a sheet name. */
export function shownIn(workbook: WorkbookText, sheet: string): string[] {
  const path = sheetPath(sheet);
  const members = `${path}//filter[contains(@column,':Measure Names')]//groupfilter/@member`;
  const shelves = `${path}/table/rows | ${path}/table/cols`;
  return workbook.texts(`${shelves} | ${path}//encodings/*/@column | ${members}`);
}

/** What a workbook has of a dashboard: every figure, visual and filter of the YAML, in its order. */
export function census(workbook: WorkbookText, dashboard: DashboardYaml, labels: Labels): Entry[] {
  const { title } = dashboard;
  const sheets = workbook.texts(`${zonesPath(title)}[not(@type-v2)]/@name`);
  const entry = (what: string, worksheet: string, found: string): Entry => ({
    dashboard: title,
    what,
    worksheet,
    found,
  });
  const cards = cardsOf(dashboard).flatMap((names) =>
    names.map((name, at) => {
      const card = sheets.find(
        (sheet) => sheet.startsWith(`${title} · KPI `) && metricsIn(shownIn(workbook, sheet)).includes(name),
      );
      const what = `KPI ${labels[name]!}${at === 0 ? "" : `, beside ${labels[names[0]!]!}`}`;
      return entry(what, card ?? "", card === undefined ? "" : "yes");
    }),
  );
  const visuals = dashboard.sheets.map((sheet) => {
    const name = `${title} · ${sheet.title}`;
    const shown = metricsIn(shownIn(workbook, name));
    const missing = metricsOf(sheet).filter((metric) => !shown.includes(metric));
    const found = missing.length === 0 ? "yes" : `without ${missing.map((one) => labels[one]!).join(", ")}`;
    return entry(`${sheet.kind}: ${sheet.title}`, name, sheets.includes(name) ? found : "");
  });
  const filters = dashboard.filters.map(({ field, label }) => {
    const zones = workbook.texts(`${zonesPath(title)}[@type-v2="filter"]/@param`);
    const parameters = workbook.texts(`${zonesPath(title)}[@type-v2="paramctrl"]/@param`);
    const ends = field === "date" ? ["from", "to"] : [field];
    const own = parameters.filter((param) =>
      ends.some((end) => param === `[Parameters].[p_${dashboard.name}_${end}]`),
    );
    const native = zones.filter((param) =>
      field === "date" ? param.endsWith(":qk]") : columnsIn([param]).includes(field),
    );
    const found = own.length === ends.length ? "parameter" : native.length === 1 ? "filter" : "";
    return entry(`Filter ${label}`, "every one with the column", found);
  });
  return [...cards, ...visuals, ...filters];
}
