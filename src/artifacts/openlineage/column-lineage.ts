import {
  type ColumnInput,
  type ColumnLineage,
  type ColumnOrigin,
  getNode,
  type LineageTransformation,
  type Manifest,
  ownTables,
  type Relation,
  type RelationalNode,
} from "../../manifest/index.js";
import type { DatasetName } from "./event.js";
import type { OwnedRelation } from "./relations.js";

/** One column that has a part, and how. */
export interface InputField extends DatasetName {
  field: string;
  transformations: (LineageTransformation & { description: string; masking: boolean })[];
}

/** The members of the columnLineage facet. */
export interface ColumnLineageFacet {
  fields: Record<string, { inputFields: InputField[]; transformationDescription?: string }>;
  /** What decides over all rows. */
  dataset: InputField[];
}

/** What the lineage of columns is told with. */
export interface LineageScope {
  manifest: Manifest;
  /** Null where it could not be read. */
  lineage: ColumnLineage | null;
  /** How a relation is called where this run reads it. */
  nameOf(relation: Relation): DatasetName;
}

/**
 * Where the columns of a relation come from, in OpenLineage's form; null where data begin. Ephemeral models are no datasets: in their
 * place stands what they are made of. What is unknown about a column is said in words.
 */
export function columnLineageFacet(
  { node, table }: OwnedRelation,
  scope: LineageScope,
): ColumnLineageFacet | null {
  const own = scope.lineage?.nodes[node];
  if (own === undefined || own.basis === "origin") return null;
  const columns = own.columns.flatMap((column) => {
    const name = nameWithin(column, node, table, scope.manifest);
    return name === null ? [] : [{ ...column, name }];
  });
  return {
    fields: Object.fromEntries(
      columns.map(({ name, inputs, reason }) => [
        name,
        {
          inputFields: toFields(standing(inputs, scope), scope),
          ...(reason !== undefined && { transformationDescription: `unknown: ${reason}` }),
        },
      ]),
    ),
    dataset: toFields(standingRows(node, scope), scope),
  };
}

/** The column's name in its table; null for a column of another table of the same node. */
function nameWithin(
  { name }: ColumnOrigin,
  node: string,
  table: string | null,
  manifest: Manifest,
): string | null {
  if (table === null || tablesOf(node, manifest).length === 1) return name;
  return name.startsWith(`${table}.`) ? name.slice(table.length + 1) : null;
}

/** What decides over the rows of a node, with what decided over the rows of the ephemeral models in it. */
function standingRows(id: string, scope: LineageScope): ColumnInput[] {
  const node = getNode(scope.manifest, id);
  const within = (node?.depends_on.nodes ?? []).filter((parent) => isEphemeral(parent, scope.manifest));
  return [
    ...standing(scope.lineage?.nodes[id]?.rows ?? [], scope),
    ...within.flatMap((parent) => standingRows(parent, scope)),
  ];
}

/** The inputs, with those of an ephemeral model replaced by what its columns are made of. */
function standing(inputs: readonly ColumnInput[], scope: LineageScope): ColumnInput[] {
  return inputs.flatMap((input) => {
    if (!isEphemeral(input.node, scope.manifest)) return [input];
    const origin = scope.lineage?.nodes[input.node]?.columns.find(
      ({ name }) => name.toLowerCase() === input.column.toLowerCase(),
    );
    return standing(origin?.inputs ?? [], scope).map((inner) => ({ ...inner, ...joined(input, inner) }));
  });
}

const STRENGTH = ["IDENTITY", "TRANSFORMATION", "AGGREGATION"] as const;

/** How a column takes part through another one. */
function joined(outer: LineageTransformation, inner: LineageTransformation): LineageTransformation {
  if (outer.type === "INDIRECT") return { type: "INDIRECT", subtype: outer.subtype };
  if (inner.type === "INDIRECT") return { type: "INDIRECT", subtype: inner.subtype };
  const at = Math.max(STRENGTH.indexOf(outer.subtype), STRENGTH.indexOf(inner.subtype));
  return { type: "DIRECT", subtype: STRENGTH[at]! };
}

/** Each column once, with all ways in which it takes part. */
function toFields(inputs: readonly ColumnInput[], scope: LineageScope): InputField[] {
  const fields = new Map<string, InputField>();
  for (const { node, column, ...way } of inputs) {
    const place = placeOf(node, column, scope.manifest);
    if (place === null) continue;
    const dataset = scope.nameOf(place.relation);
    const key = JSON.stringify([dataset.name, place.field]);
    const field = fields.get(key) ?? { ...dataset, field: place.field, transformations: [] };
    fields.set(key, field);
    if (field.transformations.every(({ type, subtype }) => type !== way.type || subtype !== way.subtype))
      field.transformations.push({ ...way, description: "", masking: false });
  }
  return [...fields.values()];
}

/** The relation that has a column of a node: of several tables the one that its name begins with. */
function placeOf(
  id: string,
  column: string,
  manifest: Manifest,
): { relation: Relation; field: string } | null {
  const tables = tablesOf(id, manifest);
  if (tables.length === 0) {
    const { schema, alias } = getNode(manifest, id) as RelationalNode;
    return { relation: { schema, identifier: alias }, field: column };
  }
  const table = tables.length === 1 ? tables[0]! : tables.find(({ name }) => column.startsWith(`${name}.`));
  if (table === undefined) return null;
  const field = tables.length === 1 ? column : column.slice(table.name.length + 1);
  return { relation: { schema: table.schema, identifier: table.alias }, field };
}

function tablesOf(id: string, manifest: Manifest) {
  const node = manifest.nodes[id];
  return node === undefined ? [] : ownTables(node);
}

function isEphemeral(id: string, manifest: Manifest): boolean {
  const node = manifest.nodes[id];
  return node?.resource_type === "model" && node.config.materialized === "ephemeral";
}
