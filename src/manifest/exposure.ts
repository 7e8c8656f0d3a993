import type { LeafNode } from "./metric.js";

/** What people make of models outside of the warehouse: dbt's kinds of exposures. */
export const EXPOSURE_TYPES = ["dashboard", "notebook", "analysis", "ml", "application"] as const;

/** A use of models and metrics: where lineage ends. Every dashboard is one. */
export interface ExposureNode extends LeafNode {
  resource_type: "exposure";
  label: string;
  type: (typeof EXPOSURE_TYPES)[number];
  owner: { name: string | null; email: string | null };
  url: string | null;
  maturity: "low" | "medium" | "high" | null;
}
