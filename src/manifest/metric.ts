import type { NodeConfig } from "./node.js";

/** What one aggregate makes of the rows of a group; rows without a value in the column do not count. */
export type Aggregate =
  | { of: "rows" }
  | { of: "sum" | "count" | "min" | "max"; column: string }
  /** The value below which `fraction` of the values lie, on the straight line between its two neighbours. */
  | { of: "percentile"; column: string; fraction: number };

/** An aggregated expression, as it is written and as it is understood: the sum of its terms. */
export interface Expression {
  /** In MySQL's SQL, as the project writes it. */
  sql: string;
  terms: { factor: number; aggregate: Aggregate }[];
}

/** Rows whose column has one of these values; null for no value. Several of them hold all together. */
export interface RowsWhere {
  column: string;
  values: (string | number | null)[];
}

/** How a figure is written. */
export interface MetricFormat {
  kind: "number" | "percent" | "hours" | "minutes" | "currency";
  decimals: number;
  /** ISO 4217, of amounts of money. */
  currency?: string;
}

/** What the metrics and dashboards share with the nodes that stand in a warehouse, so that selectors find them alike. */
export interface LeafNode {
  unique_id: string;
  name: string;
  package_name: string;
  /** The folder of its package, below or beside the project; absent for what is the project's own. */
  package_path?: string;
  /** The properties file that declares it, below its resource folder and below the project. */
  path: string;
  original_file_path: string;
  patch_path: null;
  fqn: string[];
  description: string;
  tags: string[];
  meta: Record<string, unknown>;
  config: Pick<NodeConfig, "enabled" | "tags" | "meta">;
  /** None: it is a figure or a page, and no relation. */
  columns: Record<string, never>;
  depends_on: { nodes: string[]; macros: string[] };
}

/** A figure that is defined once: what is summed, over which rows, and how it is to be read. */
export interface MetricNode extends LeafNode {
  resource_type: "metric";
  label: string;
  /** Unique id and name of the model whose rows it is computed from. */
  model: string;
  model_name: string;
  numerator: Expression;
  /** Null for a figure that is no quotient. Where it comes to zero there is no figure. */
  denominator: Expression | null;
  where: RowsWhere[];
  /** The column that says when a row counts: what a range of dates goes by; null for none. */
  date: string | null;
  /** Whether the figures of several days add up, or the last day's stands for all (what is in stock). */
  over_time: "sum" | "last";
  format: MetricFormat;
  /** Which way is good. */
  good: "up" | "down" | "neutral";
  target: number | null;
  /** Columns of the model by which it makes sense to break it down; empty for any. */
  dimensions: string[];
}
