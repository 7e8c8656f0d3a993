import { type CompiledNode, ephemeralCte } from "../compile/index.js";
import {
  type ColumnOrigin,
  getNode,
  type Manifest,
  type ModelNode,
  type NodeLineage,
  type ProcedureNode,
  type RelationalNode,
  relationKey,
} from "../manifest/index.js";
import type { KnownRelation, QueryLineage, RelationLookup } from "../sql/index.js";
import { originOf, TABLE, toInputs, unique } from "./inputs.js";

/** The lineage of a query. */
export type ReadQuery = (sql: string, relation: Lookup) => Promise<QueryLineage>;

/** What a query may read: one relation by its name, and all of them. */
export interface Lookup {
  relation: RelationLookup;
  all: ReadonlyMap<string, KnownRelation>;
}

/** What is known so far of nodes that others read. */
export type Known = ReadonlyMap<string, NodeLineage>;

/** The lineage of a node that is a SELECT: of what it is when it is built anew, and of what it adds when it goes on. */
export async function selectLineage(
  node: ModelNode,
  texts: readonly CompiledNode[],
  manifest: Manifest,
  known: Known,
  read: ReadQuery,
): Promise<NodeLineage> {
  let lineage: NodeLineage | undefined;
  for (const { code } of texts) {
    const lookup = lookupOf(node, manifest, known, lineage);
    const one = ofQuery(node, await read(code, lookup));
    lineage = lineage === undefined ? one : together(lineage, one);
  }
  return lineage!;
}

/** The relations that the node may read: those of its parents, and its own. */
export function lookupOf(
  node: ModelNode | ProcedureNode,
  manifest: Manifest,
  known: Known,
  own: NodeLineage | undefined,
): Lookup {
  const relations = new Map<string, KnownRelation>();
  const add = (id: string, key: string, lineage: NodeLineage | undefined) => {
    const columns = lineage?.columns.map(({ name }) => name) ?? [];
    relations.set(key, { id, columns, complete: lineage?.complete ?? false });
  };
  const addTables = (procedure: ProcedureNode) => {
    for (const table of procedure.tables)
      relations.set(relationKey({ schema: table.schema, identifier: table.alias }), {
        id: tableOf(procedure, table.name),
        columns: table.columns.map(({ name }) => name),
        complete: true,
      });
  };
  if (node.resource_type === "procedure") addTables(node);
  else add(node.unique_id, relationKey({ schema: node.schema, identifier: node.alias }), own);
  for (const id of node.depends_on.nodes) {
    const parent = getNode(manifest, id);
    if (parent === undefined || !isRelational(parent)) continue;
    if (parent.resource_type === "procedure") addTables(parent);
    else add(id, keyOf(parent), known.get(id));
  }
  return {
    all: relations,
    relation: (schema, name) =>
      relations.get(schema === null ? name.toLowerCase() : relationKey({ schema, identifier: name })),
  };
}

/** What a table of a procedure is called while a query that reads it is traced. */
function tableOf(node: ProcedureNode, table: string): string {
  return node.tables.length === 1 ? node.unique_id : `${node.unique_id}${TABLE}${table}`;
}

function isRelational(node: { resource_type: string }): node is RelationalNode {
  return ["model", "snapshot", "seed", "procedure", "source"].includes(node.resource_type);
}

function keyOf(node: RelationalNode): string {
  return node.config.materialized === "ephemeral"
    ? ephemeralCte(node).toLowerCase()
    : relationKey({ schema: node.schema, identifier: node.alias });
}

/** What the node held before is no input of it. */
function ofQuery(node: ModelNode, query: QueryLineage): NodeLineage {
  const others = <T extends { node: string }>(inputs: T[]) =>
    inputs.filter((input) => input.node !== node.unique_id);
  const columns = query.columns.map(({ name, inputs, unknown }, at) =>
    originOf(name ?? `(column ${at + 1})`, others(toInputs(inputs)), unknown),
  );
  return {
    basis: "sql",
    columns: [...columns, ...promised(node, columns, query.open)],
    rows: others(toInputs(query.rows)),
    complete: query.open.length === 0,
    ...(query.unknown !== undefined && { reason: query.unknown }),
  };
}

/** Columns that properties promise and that can only have come through a `*`. */
function promised(
  node: ModelNode,
  columns: readonly ColumnOrigin[],
  open: readonly (string | null)[],
): ColumnOrigin[] {
  if (open.length === 0) return [];
  const listed = new Set(columns.map(({ name }) => name.toLowerCase()));
  const [only] = open;
  return Object.keys(node.columns)
    .filter((name) => !listed.has(name.toLowerCase()))
    .map((name) =>
      open.length === 1 && only !== null && only !== undefined
        ? originOf(name, [{ node: only, column: name, type: "DIRECT", subtype: "IDENTITY" }], undefined)
        : originOf(name, [], "it comes through * from tables whose columns are not declared"),
    );
}

function together(first: NodeLineage, second: NodeLineage): NodeLineage {
  const reason = first.reason ?? second.reason;
  return {
    basis: "sql",
    columns: first.columns.map((column) => {
      const other = second.columns.find(({ name }) => name.toLowerCase() === column.name.toLowerCase());
      return other === undefined
        ? column
        : originOf(column.name, unique([...column.inputs, ...other.inputs]), column.reason ?? other.reason);
    }),
    rows: unique([...first.rows, ...second.rows]),
    complete: first.complete && second.complete,
    ...(reason !== undefined && { reason }),
  };
}
