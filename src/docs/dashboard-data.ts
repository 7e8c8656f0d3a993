import type { Adapter } from "../adapters/index.js";
import { getNode, type Manifest, type Relation } from "../manifest/index.js";
import {
  type DashboardData,
  type DashboardSpec,
  dashboardSpecs,
  defaultState,
  extractDashboards,
  figureText,
  partName,
  partsOf,
  view,
} from "../reports/index.js";
import type { SiteDashboard, SiteDashboardHead } from "./site-reports.js";

/** What the site has of dashboards: a head of each for every page, and the data files by name. */
export interface DashboardFiles {
  heads: SiteDashboardHead[];
  files: Map<string, unknown>;
}

/**
 * The dashboards with what they are computed from. A mart that several of them read is one file; a dashboard whose marts have not been built
 * yet says so instead.
 */
export async function dashboardFiles(
  adapter: Adapter | null,
  manifest: Manifest,
  standing: (id: string) => Relation | null,
): Promise<DashboardFiles> {
  const specs = dashboardSpecs(manifest);
  const missing = new Map(
    specs.map((spec): [DashboardSpec, string[]] => [
      spec,
      [...new Set(partsOf(spec).map(({ model }) => model))].filter((id) => standing(id) === null),
    ]),
  );
  const ready = specs.filter((spec) => missing.get(spec)!.length === 0);
  const data: DashboardData =
    adapter === null || ready.length === 0
      ? { tables: {} }
      : await extractDashboards(adapter, ready, { relation: (id) => standing(id)! });
  const fileOf = new Map(Object.keys(data.tables).map((name, at) => [name, `mart-${at}`]));
  const files = new Map<string, unknown>(
    [...fileOf].map(([name, file]): [string, unknown] => [file, data.tables[name]]),
  );
  const heads = specs.map((spec, at): SiteDashboardHead => {
    const { unique_id, name, title, question } = spec.dashboard;
    const built = adapter !== null && missing.get(spec)!.length === 0;
    if (built) files.set(`dashboard-${at}`, contentOf(spec, data, fileOf, manifest));
    return {
      id: unique_id,
      name,
      title,
      question,
      file: built ? `dashboard-${at}` : null,
      missing: missing.get(spec)!.map((id) => getNode(manifest, id)?.name ?? id),
      alerts: spec.dashboard.sheets.some(isAlerts),
      figures: built ? firstFigures(spec, data) : [],
    };
  });
  return { heads, files };
}

/** A sheet of rows by this name has a page of its own. */
const isAlerts = ({ name, kind }: { name: string; kind: string }): boolean =>
  name === "alerts" && kind === "rows";

function contentOf(
  spec: DashboardSpec,
  { tables, parts = {} }: DashboardData,
  fileOf: ReadonlyMap<string, string>,
  manifest: Manifest,
): SiteDashboard {
  const used = partsOf(spec).map((part) => {
    const place = partName(spec.dashboard.name, part.kind, part.name);
    return { place, table: parts[place] ?? part.model_name };
  });
  const names = [...new Set(used.map(({ table }) => table))];
  const models = new Map(partsOf(spec).map(({ model, model_name }) => [model_name, model]));
  return {
    spec,
    tables: names.map((name) => ({ name, file: fileOf.get(name)! })),
    parts: Object.fromEntries(used.flatMap(({ place, table }) => (place in parts ? [[place, table]] : []))),
    models: [...models].map(([name, id]) => ({
      id,
      name,
      description: getNode(manifest, id)?.description ?? "",
      rows: rowsOf(tables, name),
    })),
  };
}

/** Rows of a model: those of its table, or of the first of the groups that it stands in. */
function rowsOf(tables: DashboardData["tables"], model: string): number {
  const table = tables[model] ?? Object.values(tables).find((one) => one.model === model);
  return table?.weights?.reduce((sum, weight) => sum + weight, 0) ?? table?.length ?? 0;
}

/** What the cards say before a reader has chosen anything. */
function firstFigures(spec: DashboardSpec, data: DashboardData): SiteDashboardHead["figures"] {
  const { kpis } = view(spec, defaultState(spec, data), data);
  return kpis.map(({ label, value, format, status }) => ({
    label,
    text: figureText(value, format),
    status,
  }));
}
