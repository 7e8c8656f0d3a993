import {
  getNode,
  type Manifest,
  type Node,
  ownTables,
  type Relation,
  type RelationalNode,
} from "../../manifest/index.js";

/** A relation that a node of the project is or makes. */
export interface OwnedRelation {
  /** The node's id. */
  node: string;
  /** Of a node that makes several tables, the name of this one; null for a node that is one relation. */
  table: string | null;
  relation: Relation;
}

/** The relations that a node is or makes; none for a test and for an ephemeral model. */
export function relationsOf(node: Node): OwnedRelation[] {
  if (node.resource_type === "test" || node.config.materialized === "ephemeral") return [];
  const tables = ownTables(node);
  if (tables.length > 0 || (node.resource_type === "seed" && node.language === "typescript"))
    return tables.map(({ name, schema, alias }) => ({
      node: node.unique_id,
      table: name,
      relation: { schema, identifier: alias },
    }));
  return [{ node: node.unique_id, table: null, relation: { schema: node.schema, identifier: node.alias } }];
}

/** The relations that a node reads: those of its parents, of ephemeral ones what they read. */
export function readRelations(node: Node, manifest: Manifest): OwnedRelation[] {
  // A unit test reads rows of its own.
  if (node.resource_type === "test" && node.test_type === "unit") return [];
  const names = new Set("refs" in node ? node.refs.map(({ name }) => name) : []);
  return node.depends_on.nodes.flatMap((id) => {
    const parent = getNode(manifest, id);
    if (parent === undefined || !isRelational(parent)) return [];
    if (parent.config.materialized === "ephemeral") return readRelations(parent, manifest);
    const all = relationsOf(parent);
    // Of a procedure's tables those that are called by name, or all where none is.
    const called = all.filter(({ table }) => table !== null && names.has(table));
    return called.length > 0 ? called : all;
  });
}

function isRelational(node: { resource_type: string }): node is RelationalNode {
  return ["model", "snapshot", "seed", "procedure", "source"].includes(node.resource_type);
}
