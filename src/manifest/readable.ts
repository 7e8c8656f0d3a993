import type { Node, ProcedureNode, ProcedureTable, RelationalNode, SeederTable } from "./node.js";

/** What others read of a node: itself; of a procedure each of its tables, as a node of the table's name. */
export function readables(node: RelationalNode): RelationalNode[] {
  return node.resource_type === "procedure" ? node.tables.map((table) => asNode(node, table)) : [node];
}

/** The tables that a node declares and fills by itself; none for a node that is one relation. */
export function ownTables(node: Node): readonly SeederTable[] {
  return node.resource_type === "seed" || node.resource_type === "procedure" ? node.tables : [];
}

function asNode(procedure: ProcedureNode, table: ProcedureTable): ProcedureNode {
  return {
    ...procedure,
    name: table.name,
    schema: table.schema,
    alias: table.alias,
    description: table.description,
    columns: table.documented,
    config: { ...procedure.config, primary_key: table.primary_key, indexes: table.indexes },
    tables: [table],
  };
}
