import { didYouMean } from "../errors/index.js";
import type { Dashboard, DashboardFilter, MetricNode, Sheet } from "../manifest/index.js";
import type { DashboardProperties } from "../project/index.js";
import { type Assembly, findNamed } from "./assembly.js";
import { exposureNode } from "./exposures.js";
import { refuseAt } from "./leaf-node.js";
import type { Placed, PropertiesIndex } from "./properties-index.js";
import { readSheet } from "./sheets.js";

/** Reads every dashboard in properties: what it shows, and the exposure that it is in the graph. */
export function readDashboards(assembly: Assembly, properties: PropertiesIndex): void {
  for (const placed of properties.dashboards.values()) {
    const { entry } = placed;
    const other = properties.exposures.get(entry.name);
    if (other !== undefined) {
      refuseAt(
        assembly,
        placed,
        ["name"],
        `the dashboard "${entry.name}" and an exposure in ${other.path} have one name`,
        "Every dashboard is an exposure: remove the other, or rename it.",
      );
    }
    const find = (name: string, inner: (string | number)[]): MetricNode | undefined => {
      const metric = findNamed(assembly, ({ metrics }) => metrics, name);
      if (metric === undefined) {
        const names = assembly.together.packages.flatMap((one) => one.metrics.map((known) => known.name));
        const message = `the dashboard "${entry.name}" shows the metric "${name}", which does not exist`;
        refuseAt(assembly, placed, inner, message, didYouMean(name, names), "SLA203");
      }
      return metric;
    };
    const used = new Map<string, MetricNode>();
    const use = (name: string, inner: (string | number)[]) => {
      const metric = find(name, inner);
      if (metric !== undefined) used.set(name, metric);
      return metric;
    };
    for (const [at, kpi] of entry.kpis.entries()) {
      use(kpi.metric, ["kpis", at]);
      for (const [n, name] of kpi.beside.entries()) use(name, ["kpis", at, "beside", n]);
    }
    const sheets = entry.sheets.flatMap((_, at) => readSheet(assembly, placed, at, use) ?? []);
    const nodes = [
      ...new Set([
        ...[...used.values()].flatMap((metric) => [metric.model, metric.unique_id]),
        ...sheets.map((sheet) => sheet.model),
      ]),
    ];
    const title = entry.title ?? entry.name;
    const node = exposureNode(assembly, placed, title, "dashboard", nodes);
    if (node === null) continue;
    assembly.exposures.push(node);
    assembly.dashboards.push({
      unique_id: node.unique_id,
      name: entry.name,
      title,
      question: entry.question,
      description: entry.description,
      filters: readFilters(assembly, placed, [
        ...sheets.map((sheet) => sheet.model),
        ...[...used.values()].map((metric) => metric.model),
      ]),
      kpis: entry.kpis,
      sheets,
      layout: readLayout(assembly, placed, sheets),
    });
  }
}

function readFilters(
  assembly: Assembly,
  placed: Placed<DashboardProperties>,
  models: readonly string[],
): DashboardFilter[] {
  const nodes = assembly.together.packages
    .flatMap((one) => [...one.models, ...one.seeds])
    .filter((node) => models.includes(node.unique_id));
  const known = new Set(nodes.flatMap((node) => Object.keys(node.columns)));
  return placed.entry.filters.map(({ field, label, default: given }, at): DashboardFilter => {
    if (field === "date") {
      const days = /^(\d+) days$/.exec(given ?? "")?.[1];
      const start =
        days === undefined ? ((given as "all" | "year_to_date") ?? "all") : { days: Number(days) };
      return { kind: "date_range", label: label ?? "Period", default: start };
    }
    if (!known.has(field) && known.size > 0) {
      const message = `the dashboard "${placed.entry.name}" filters by "${field}", which is a column of none of its models`;
      refuseAt(assembly, placed, ["filters", at, "field"], message, didYouMean(field, known));
    }
    return { kind: "choice", label: label ?? field, field };
  });
}

/** The rows of the page; sheets that are named in none follow at its end, in full width. */
function readLayout(
  assembly: Assembly,
  placed: Placed<DashboardProperties>,
  sheets: readonly Sheet[],
): Dashboard["layout"] {
  const { entry } = placed;
  const names = entry.sheets.map((sheet) => sheet.name);
  const shown = new Set<string>();
  for (const [at, row] of entry.layout.entries()) {
    const width = row.reduce((sum, cell) => sum + cell.width, 0);
    if (width > 12)
      refuseAt(assembly, placed, ["layout", at], `a row of the page has 12 columns, this one ${width}`);
    for (const [n, { sheet }] of row.entries()) {
      if (!names.includes(sheet)) {
        const message = `the layout of "${entry.name}" names the sheet "${sheet}", which it does not have`;
        refuseAt(assembly, placed, ["layout", at, n, "sheet"], message, didYouMean(sheet, names));
      } else if (shown.has(sheet)) {
        refuseAt(
          assembly,
          placed,
          ["layout", at, n, "sheet"],
          `the sheet "${sheet}" stands on the page twice`,
        );
      }
      shown.add(sheet);
    }
  }
  const others = sheets.filter((sheet) => !shown.has(sheet.name));
  return [...entry.layout, ...others.map((sheet) => [{ sheet: sheet.name, width: 12 }])];
}
