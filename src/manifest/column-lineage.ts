/** How a value is made of a column's values, in OpenLineage's words: as it is, by an expression, over several rows. */
export type DirectSubtype = "IDENTITY" | "TRANSFORMATION" | "AGGREGATION";

/** What a column decides without its value being passed on, in OpenLineage's words. */
export type IndirectSubtype = "JOIN" | "GROUP_BY" | "FILTER" | "SORT" | "WINDOW" | "CONDITIONAL";

/** How an input takes part, as the `transformations` of OpenLineage's columnLineage facet say it. */
export type LineageTransformation =
  | { type: "DIRECT"; subtype: DirectSubtype }
  | { type: "INDIRECT"; subtype: IndirectSubtype };

/** A column of another node that has a part in a column, or in which rows there are. */
export type ColumnInput = LineageTransformation & {
  /** Unique id of the node that has the column. */
  node: string;
  column: string;
};

/** Where one column of a node comes from. */
export interface ColumnOrigin {
  name: string;
  /** `known`: `inputs` are all there are (none for a constant, for a count of rows, and where data begin). */
  status: "known" | "unknown";
  /** Why it is unknown. */
  reason?: string;
  /** Each column once per way in which it takes part; where the status is unknown, what could be found out all the same. */
  inputs: ColumnInput[];
}

/** What the lineage of a node was read from: nothing (data begin here), its SQL, or what its code declares. */
export type LineageBasis = "origin" | "sql" | "declared";

/** Where the columns of one node come from. */
export interface NodeLineage {
  basis: LineageBasis;
  /** In the order in which the engine gives them. */
  columns: ColumnOrigin[];
  /** What decides over all rows, and so over every column: joins, filters, groups, order. Always INDIRECT. */
  rows: ColumnInput[];
  /** Whether `columns` are all that the relation has; a source may have more than its properties tell. */
  complete: boolean;
  /** Why not even the columns, or what decides over the rows, could be read; absent when they could. */
  reason?: string;
}

/** Column-level lineage of a project: nodes that are or make a relation, by unique id. */
export interface ColumnLineage {
  nodes: Record<string, NodeLineage>;
}
