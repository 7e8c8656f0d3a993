import type { NodeLineage, ProcedureNode } from "../manifest/index.js";
import { originOf, TABLE } from "./inputs.js";

/** The tables of a procedure and their columns; of several tables, a column is called `table.column`. */
export function procedureLineage(node: ProcedureNode): NodeLineage {
  const reason = "statements of a procedure make it";
  return {
    basis: "declared",
    columns: node.tables.flatMap(({ name, columns }) =>
      columns.map((column) =>
        originOf(node.tables.length === 1 ? column.name : `${name}.${column.name}`, [], reason),
      ),
    ),
    rows: [],
    complete: true,
    reason: "statements of a procedure decide which rows there are",
  };
}

/** What a table of a procedure is called while a query that reads it is traced. */
export function tableOf(node: ProcedureNode, table: string): string {
  return node.tables.length === 1 ? node.unique_id : `${node.unique_id}${TABLE}${table}`;
}
