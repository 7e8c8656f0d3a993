import { didYouMean } from "../errors/index.js";
import type { MetricNode, ModelNode, SeedNode, Sheet, SheetKind } from "../manifest/index.js";
import type { DashboardProperties, SheetProperties } from "../project/index.js";
import type { Assembly } from "./assembly.js";
import { checkColumn, findRelation, refuseAt } from "./leaf-node.js";
import type { Placed } from "./properties-index.js";

/** What a kind of sheet needs: how many metrics and dimensions, and whether it has a time axis. */
interface Needs {
  metrics: [least: number, most: number];
  dimensions: [least: number, most: number];
  time: "must" | "may" | "no";
}

const MANY = Number.POSITIVE_INFINITY;

const NEEDS: Record<SheetKind, Needs> = {
  line: { metrics: [1, MANY], dimensions: [0, 1], time: "must" },
  area: { metrics: [1, MANY], dimensions: [0, 1], time: "must" },
  bar: { metrics: [1, 1], dimensions: [0, 1], time: "may" },
  stacked: { metrics: [1, 1], dimensions: [1, 2], time: "may" },
  heatmap: { metrics: [1, 1], dimensions: [2, 2], time: "no" },
  scatter: { metrics: [2, 2], dimensions: [1, 1], time: "no" },
  table: { metrics: [1, MANY], dimensions: [1, 2], time: "no" },
  rows: { metrics: [0, 0], dimensions: [0, 0], time: "no" },
};

type Use = (name: string, inner: (string | number)[]) => MetricNode | undefined;

/** Reads a sheet of a dashboard and checks that it can be drawn; undefined where it is too wrong for that. */
export function readSheet(
  assembly: Assembly,
  placed: Placed<DashboardProperties>,
  at: number,
  use: Use,
): Sheet | undefined {
  const entry = placed.entry.sheets[at]!;
  const here = (...inner: (string | number)[]) => ["sheets", at, ...inner];
  const refuse = (inner: (string | number)[], message: string, hint?: string) =>
    refuseAt(assembly, placed, here(...inner), `the sheet "${entry.name}" ${message}`, hint);
  if (placed.entry.sheets.findIndex((other) => other.name === entry.name) < at)
    refuse(["name"], "has the name of another one");
  const metrics = (["metrics", "below"] as const).flatMap((key) =>
    entry[key].map((name, n) => use(name, here(key, n))),
  );
  if (entry.label_metric != null) metrics.push(use(entry.label_metric, here("label_metric")));
  const lines = entry.reference_lines.map((line, n) =>
    use(line.metric, here("reference_lines", n, "metric")),
  );
  const known = [...metrics, ...lines].filter((metric) => metric !== undefined);
  const model = modelOf(assembly, placed, entry, known, here);
  const needs = NEEDS[entry.kind];
  counted(needs.metrics, entry.metrics.length, "metrics", refuse);
  counted(needs.dimensions, entry.dimensions.length, "dimensions", refuse);
  const grain = entry.date_grain ?? (needs.time === "must" ? "auto" : null);
  if (grain !== null && needs.time === "no") refuse(["date_grain"], `is a ${entry.kind} without a time axis`);
  if (entry.below.length > 0 && needs.time !== "must")
    refuse(["below"], `is a ${entry.kind}, which has no grid below`);
  if (entry.kind === "bar" && grain === null && entry.dimensions.length === 0)
    refuse(["dimensions"], "is a bar chart of nothing: it needs a dimension or a date_grain");
  if (entry.kind === "rows" && entry.columns.length === 0) refuse(["columns"], "shows no columns");
  if (grain !== null && known.some((metric) => metric.date === null))
    refuse(["date_grain"], "has a time axis, but its metrics have no date");
  if (model === undefined) return undefined;
  checkSheetColumns(assembly, placed, entry, model, here);
  return {
    name: entry.name,
    title: entry.title ?? entry.name,
    description: entry.description,
    kind: entry.kind,
    model: model.unique_id,
    model_name: model.name,
    date: known[0]?.date ?? (("event_time" in model.config && model.config.event_time) || null),
    metrics: entry.metrics,
    below: entry.below,
    label_metric: entry.label_metric ?? null,
    dimensions: entry.dimensions,
    date_grain: grain,
    where: entry.filter,
    sort: entry.sort ?? null,
    top: entry.top ?? null,
    rest: entry.rest,
    n_min: entry.n_min,
    reference_lines: entry.reference_lines.map(({ metric, at: where, label }) => ({
      metric,
      at: where,
      label: label ?? String(where),
    })),
    columns: entry.columns.map(({ name, label }) => ({ name, label: label ?? name })),
  };
}

/** The model of a sheet's metrics, which must be one; of rows, the one that is named. */
function modelOf(
  assembly: Assembly,
  placed: Placed<DashboardProperties>,
  entry: SheetProperties,
  metrics: readonly MetricNode[],
  here: (...inner: (string | number)[]) => (string | number)[],
): ModelNode | SeedNode | undefined {
  const others = metrics.filter((metric) => metric.model !== metrics[0]!.model);
  if (others.length > 0) {
    refuseAt(
      assembly,
      placed,
      here("metrics"),
      `the sheet "${entry.name}" mixes metrics of "${metrics[0]!.model_name}" and of "${others[0]!.model_name}"`,
      "A sheet reads one model: make two sheets of it.",
    );
  }
  if (entry.model !== undefined)
    return findRelation(assembly, placed, "the dashboard", entry.model, here("model"));
  const id = metrics[0]?.model;
  if (id === undefined && entry.kind === "rows")
    refuseAt(assembly, placed, here("kind"), `the sheet "${entry.name}" shows rows of no model`);
  const nodes = assembly.together.packages.flatMap((one) => [...one.models, ...one.seeds]);
  return nodes.find((node) => node.unique_id === id);
}

function checkSheetColumns(
  assembly: Assembly,
  placed: Placed<DashboardProperties>,
  entry: SheetProperties,
  model: ModelNode | SeedNode,
  here: (...inner: (string | number)[]) => (string | number)[],
): void {
  const check = (column: string, inner: (string | number)[]) =>
    checkColumn(assembly, placed, model, column, here(...inner), `the sheet "${entry.name}"`);
  for (const [n, column] of entry.dimensions.entries()) check(column, ["dimensions", n]);
  for (const { column } of entry.filter) check(column, ["filter", column]);
  for (const [n, column] of entry.columns.entries()) check(column.name, ["columns", n]);
  const by = entry.sort?.by;
  const shown = [...entry.metrics, ...entry.below, entry.label_metric];
  if (by === undefined || shown.includes(by)) return;
  if (Object.keys(model.columns).includes(by) || Object.keys(model.columns).length === 0) return;
  const known = [...shown.filter((name) => name != null), ...Object.keys(model.columns)];
  const message = `the sheet "${entry.name}" is sorted by "${by}", which is neither a metric of its own nor a column`;
  refuseAt(assembly, placed, here("sort", "by"), message, didYouMean(by, known));
}

function counted(
  [least, most]: [number, number],
  found: number,
  what: "metrics" | "dimensions",
  refuse: (inner: (string | number)[], message: string) => void,
): void {
  if (found >= least && found <= most) return;
  const wanted = least === most ? String(least) : most === MANY ? `at least ${least}` : `${least} to ${most}`;
  refuse(found === 0 ? ["kind"] : [what], `needs ${wanted} ${what}, not ${found}`);
}
