import type { ExposureNode, GraphNode, MetricNode, RowsWhere } from "../manifest/index.js";
import type { SiteDetail } from "./site-data.js";

type Fact = SiteDetail["facts"][number];

const said = (label: string, text: string | null | undefined, code = false): Fact[] =>
  text === null || text === undefined || text === "" ? [] : [{ label, text, code }];

/** What is peculiar to a kind of node, as label and text. */
export function siteFacts(node: GraphNode): Fact[] {
  if (node.resource_type === "metric") return metricFacts(node);
  return node.resource_type === "exposure" ? exposureFacts(node) : [];
}

const DIRECTIONS = { up: "more is better", down: "less is better", neutral: "neither" };

function metricFacts(metric: MetricNode): Fact[] {
  const { format } = metric;
  return [
    ...said("Label", metric.label),
    ...said("Formula", formula(metric), true),
    ...said("Of rows where", metric.where.map(condition).join(" and "), true),
    ...said("Date", metric.date, true),
    ...said("Over time", metric.over_time === "sum" ? "adds up" : "the last day stands for all"),
    ...said("Good", DIRECTIONS[metric.good]),
    ...said("Target", metric.target === null ? null : String(metric.target)),
    ...said("Unit", [format.kind, format.currency].filter((part) => part !== undefined).join(", ")),
    ...said("By", metric.dimensions.join(", "), true),
  ];
}

function formula({ numerator, denominator }: MetricNode): string {
  return denominator === null ? numerator.sql : `${numerator.sql} / ${denominator.sql}`;
}

function condition({ column, values }: RowsWhere): string {
  const texts = values.map((value) => (typeof value === "string" ? `'${value}'` : String(value)));
  return texts.length === 1 ? `${column} = ${texts[0]}` : `${column} in (${texts.join(", ")})`;
}

function exposureFacts(exposure: ExposureNode): Fact[] {
  return [
    ...said("Label", exposure.label),
    ...said("Type", exposure.type),
    ...said("Owner", [exposure.owner.name, exposure.owner.email].filter((part) => part !== null).join(", ")),
    ...said("Maturity", exposure.maturity),
    ...said("Address", exposure.url),
  ];
}
