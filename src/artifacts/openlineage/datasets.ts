import type { Relation, RunResult } from "../../manifest/index.js";
import { relationKey } from "../../manifest/index.js";
import type { BuiltRelation } from "../../run/index.js";
import { columnLineageFacet, type LineageScope } from "./column-lineage.js";
import { datasetFacets, type FoundRelation } from "./dataset-facets.js";
import type { DatasetName, InputDataset, OutputDataset } from "./event.js";
import { type Facets, facet, present } from "./facet.js";
import type { JobNode } from "./job-facets.js";
import { readRelations, relationsOf } from "./relations.js";
import { assertionFacet } from "./test-facets.js";

/** What is known of datasets. */
export interface DatasetScope extends LineageScope {
  /** What the warehouse says of a relation. */
  found(relation: Relation): FoundRelation | undefined;
}

/** What a node is about to read and write, by name. */
export function datasetNames(
  node: JobNode,
  { manifest, nameOf }: DatasetScope,
): { inputs: InputDataset[]; outputs: OutputDataset[] } {
  return {
    inputs: unique(readRelations(node, manifest).map(({ relation }) => nameOf(relation))),
    outputs: relationsOf(node).map(({ relation }) => nameOf(relation)),
  };
}

/** What a node has read, and what else its columns are made of; for a test, with what came out. */
export function inputDatasets(
  node: JobNode,
  result: RunResult,
  outputs: readonly OutputDataset[],
  scope: DatasetScope,
): InputDataset[] {
  const tested = node.resource_type === "test" && result.status !== "error" && result.status !== "skipped";
  const inputs = readRelations(node, scope.manifest).map((owned): InputDataset => {
    const dataset = scope.nameOf(owned.relation);
    const facets = datasetFacets(owned, dataset, scope.found(owned.relation), scope.manifest);
    // One that belongs to no node is about all that it reads.
    if (!tested || (node.attached_node !== null && node.attached_node !== owned.node))
      return { ...dataset, facets };
    return { ...dataset, facets, inputFacets: { dataQualityAssertions: assertionFacet(node, result) } };
  });
  const further = outputs.flatMap(({ facets }) => lineageInputs(facets));
  return unique([...inputs, ...further]);
}

/** What a node has written: what it is, of what its columns are made, and how many rows it took. */
export function outputDatasets(
  node: JobNode,
  result: RunResult,
  built: readonly BuiltRelation[],
  scope: DatasetScope,
): OutputDataset[] {
  const all = relationsOf(node);
  return all.map((owned) => {
    const dataset = scope.nameOf(owned.relation);
    const key = relationKey(owned.relation);
    const counted = built.find(({ relation }) => relationKey(relation) === key)?.rows ?? null;
    const rows = counted ?? (all.length === 1 ? result.rows_affected : null);
    const columns = columnLineageFacet(owned, scope);
    return {
      ...dataset,
      facets: {
        ...datasetFacets(owned, dataset, scope.found(owned.relation), scope.manifest),
        ...(columns !== null && { columnLineage: facet("columnLineage", columns) }),
      },
      outputFacets: present({
        outputStatistics: rows === null ? null : facet("outputStatistics", { rowCount: rows }),
      }),
    };
  });
}

/** The datasets that a columnLineage facet speaks of. */
function lineageInputs(facets: Facets | undefined): DatasetName[] {
  const { fields, dataset } = (facets?.columnLineage ?? { fields: {}, dataset: [] }) as unknown as {
    fields: Record<string, { inputFields: DatasetName[] }>;
    dataset: DatasetName[];
  };
  return [...Object.values(fields).flatMap(({ inputFields }) => inputFields), ...dataset].map(
    ({ namespace, name }) => ({ namespace, name }),
  );
}

/** Each dataset once: what is said of it first. */
function unique<T extends DatasetName>(datasets: readonly T[]): T[] {
  return [
    ...new Map(datasets.map((dataset) => [dataset.name, dataset]).reverse() as [string, T][]).values(),
  ].reverse();
}
