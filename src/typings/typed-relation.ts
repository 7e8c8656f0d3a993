import type { ColumnType, RelationalNode } from "../manifest/index.js";

/** A column as those who read it from TypeScript see it. */
export interface RowColumn {
  name: string;
  /** Null where nobody can tell. */
  type: ColumnType | null;
  /** Somebody has said so: properties, code, or the table that others fill. Otherwise it is what the query gives. */
  declared: boolean;
  nullable: boolean;
  description: string;
}

/** A relation that `ref` or `source` gives. */
export interface TypedRelation {
  /** Null for what `ref` names. */
  source: string | null;
  name: string;
  description: string;
  columns: RowColumn[];
  /** False: it may have more columns than are known. */
  complete: boolean;
}

/** What models call a relation. */
export function calledBy(node: RelationalNode): Pick<TypedRelation, "source" | "name"> {
  return { source: node.resource_type === "source" ? node.source_name : null, name: node.name };
}
