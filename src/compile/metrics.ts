import { type Expression, type MetricFormat, type MetricNode, metricId } from "../manifest/index.js";
import type { MetricProperties } from "../project/index.js";
import type { Assembly } from "./assembly.js";
import { checkColumn, findRelation, leafNode, refuseAt } from "./leaf-node.js";
import { isSum, readExpression } from "./metric-expression.js";
import type { Placed, PropertiesIndex } from "./properties-index.js";

const DECIMALS: Record<MetricFormat["kind"], number> = {
  number: 0,
  percent: 1,
  hours: 1,
  minutes: 0,
  currency: 0,
};

/** Makes a node of every metric in properties. */
export function readMetrics(assembly: Assembly, properties: PropertiesIndex): void {
  for (const placed of properties.metrics.values()) {
    const node = metricNode(assembly, placed);
    if (node !== undefined) assembly.metrics.push(node);
  }
}

function metricNode(assembly: Assembly, placed: Placed<MetricProperties>): MetricNode | undefined {
  const { entry } = placed;
  const leaf = leafNode(assembly, placed, metricId);
  if (leaf === null) return undefined;
  const model = findRelation(assembly, placed, "the metric", entry.model, ["model"]);
  const numerator = expression(assembly, placed, "numerator", entry.numerator);
  const denominator =
    entry.denominator == null ? null : expression(assembly, placed, "denominator", entry.denominator);
  if (denominator !== null && !added(numerator, denominator)) {
    refuseAt(assembly, placed, ["denominator"], "only sums and counts can be divided by each other");
  }
  if (model === undefined || numerator === undefined || denominator === undefined) return undefined;
  const check = (column: string, inner: (string | number)[]) =>
    checkColumn(assembly, placed, model, column, inner, `the metric "${entry.name}"`);
  for (const [key, read] of Object.entries({ numerator, denominator })) {
    for (const { aggregate } of read?.terms ?? []) if ("column" in aggregate) check(aggregate.column, [key]);
  }
  const date = entry.date ?? ("event_time" in model.config ? (model.config.event_time ?? null) : null);
  if (date !== null) check(date, [entry.date == null ? "model" : "date"]);
  for (const { column } of entry.filter) check(column, ["filter", column]);
  for (const [at, column] of entry.dimensions.entries()) check(column, ["dimensions", at]);
  if (entry.over_time === "last" && date === null) {
    refuseAt(
      assembly,
      placed,
      ["over_time"],
      `the metric "${entry.name}" takes the last day but has no date`,
    );
  }
  return {
    ...leaf,
    resource_type: "metric",
    depends_on: { nodes: [model.unique_id], macros: [] },
    label: entry.label ?? entry.name,
    model: model.unique_id,
    model_name: model.name,
    numerator,
    denominator,
    where: entry.filter,
    date,
    over_time: entry.over_time,
    format: {
      kind: entry.format,
      decimals: entry.decimals ?? DECIMALS[entry.format],
      ...(entry.currency !== undefined && { currency: entry.currency }),
    },
    good: entry.good,
    target: entry.target ?? null,
    dimensions: entry.dimensions,
  };
}

function expression(
  assembly: Assembly,
  placed: Placed<MetricProperties>,
  key: "numerator" | "denominator",
  text: string,
): Expression | undefined {
  const read = readExpression(text);
  if (!("message" in read)) return read;
  refuseAt(assembly, placed, [key], `the ${key} of "${placed.entry.name}": ${read.message}`, read.hint);
  return undefined;
}

/** Whether all terms are sums or counts. */
function added(...expressions: (Expression | undefined)[]): boolean {
  return expressions.every((given) => given?.terms.every(({ aggregate }) => isSum(aggregate)) ?? true);
}
