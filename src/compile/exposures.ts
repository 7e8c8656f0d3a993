import { didYouMean } from "../errors/index.js";
import { type ExposureNode, exposureId } from "../manifest/index.js";
import type { DashboardProperties, ExposureProperties } from "../project/index.js";
import { type Assembly, findNamed } from "./assembly.js";
import { findRelation, leafNode, refuseAt } from "./leaf-node.js";
import type { Placed, PropertiesIndex } from "./properties-index.js";
import { parseRelationArgument } from "./relation-argument.js";

/** Makes a node of every exposure in properties. */
export function readExposures(assembly: Assembly, properties: PropertiesIndex): void {
  for (const placed of properties.exposures.values()) {
    const { entry } = placed;
    const nodes = new Set<string>();
    for (const [at, text] of entry.depends_on.entries()) {
      const id = dependency(assembly, placed, text, ["depends_on", at]);
      if (id !== undefined) nodes.add(id);
    }
    const node = exposureNode(assembly, placed, entry.label ?? entry.name, entry.type, [...nodes]);
    if (node !== null) assembly.exposures.push(node);
  }
}

/** The node of an exposure, or of a dashboard, which is one; null for one that is turned off. */
export function exposureNode(
  assembly: Assembly,
  placed: Placed<ExposureProperties | DashboardProperties>,
  label: string,
  type: ExposureNode["type"],
  nodes: string[],
): ExposureNode | null {
  const { entry } = placed;
  const leaf = leafNode(assembly, placed, exposureId);
  if (leaf === null) return null;
  return {
    ...leaf,
    resource_type: "exposure",
    depends_on: { nodes, macros: [] },
    label,
    type,
    owner: { name: entry.owner?.name ?? null, email: entry.owner?.email ?? null },
    url: entry.url ?? null,
    maturity: entry.maturity ?? null,
  };
}

const METRIC = /^\s*metric\s*\(?\s*['"](\w+)['"]\s*\)?\s*$/;

/** The id of `ref('x')`, `source('s', 't')` or `metric('m')`. */
function dependency(
  assembly: Assembly,
  placed: Placed<ExposureProperties>,
  text: string,
  inner: (string | number)[],
): string | undefined {
  const metric = METRIC.exec(text)?.[1];
  if (metric !== undefined) {
    const found = findNamed(assembly, ({ metrics }) => metrics, metric);
    const names = assembly.metrics.map((node) => node.name);
    if (found === undefined) missing(assembly, placed, inner, `metric "${metric}"`, metric, names);
    return found?.unique_id;
  }
  const parsed = parseRelationArgument(text);
  if (parsed?.kind === "source") {
    const name = `${parsed.source}.${parsed.table}`;
    const { lookup } = assembly.together;
    const found = lookup.source(assembly.project.name, parsed.source, parsed.table);
    const names = lookup.sources.map((source) => `${source.source_name}.${source.name}`);
    if (found === undefined) missing(assembly, placed, inner, `source "${name}"`, name, names);
    return found?.unique_id;
  }
  if (parsed === undefined) {
    refuseAt(
      assembly,
      placed,
      inner,
      `"${text}" is no reference`,
      "Write ref('model'), source('source', 'table') or metric('name').",
    );
    return undefined;
  }
  return findRelation(assembly, placed, "the exposure", text, inner)?.unique_id;
}

function missing(
  assembly: Assembly,
  placed: Placed<ExposureProperties>,
  inner: (string | number)[],
  what: string,
  name: string,
  known: string[],
): void {
  const message = `the exposure "${placed.entry.name}" depends on ${what}, which does not exist`;
  refuseAt(assembly, placed, inner, message, didYouMean(name, known), "SLA203");
}
