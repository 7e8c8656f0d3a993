import type { Dashboard } from "./dashboard.js";
import type { ExposureNode } from "./exposure.js";
import type { MetricNode } from "./metric.js";
import type { ModelNode, Node, ProcedureNode, ResourceType, SeedNode, SourceNode, TestNode } from "./node.js";

/** A macro of the project: a named piece of SQL with parameters. */
export interface MacroNode {
  unique_id: string;
  resource_type: "macro";
  name: string;
  package_name: string;
  /** The folder of its package, below or beside the project; absent for what is the project's own. */
  package_path?: string;
  path: string;
  original_file_path: string;
  language: "sql" | "typescript";
  /** The body of a SQL macro, or the file of a TypeScript one. */
  macro_sql: string;
  description: string;
  arguments: { name: string; type: string | null; description: string; default: string | null }[];
  depends_on: { macros: string[] };
}

/** The whole project, parsed and resolved for one target: plain data, the same text for the same input. */
export interface Manifest {
  metadata: {
    project_name: string;
    target: string;
    adapter_type: "duckdb" | "mysql";
    sla_version: string;
    /** Of everything it was made from: two manifests of one digest are the same. */
    digest: string;
  };
  /** Models, seeds, procedures and tests by unique id, in the order of their ids. */
  nodes: Record<string, ModelNode | SeedNode | ProcedureNode | TestNode>;
  sources: Record<string, SourceNode>;
  macros: Record<string, MacroNode>;
  metrics: Record<string, MetricNode>;
  exposures: Record<string, ExposureNode>;
  /** What the exposures that are dashboards of ours show, by the id of the exposure. */
  dashboards: Record<string, Dashboard>;
  /** Nodes turned off by `enabled: false`, by unique id. */
  disabled: Record<string, ModelNode | SeedNode | ProcedureNode | SourceNode | TestNode>;
  parent_map: Record<string, string[]>;
  child_map: Record<string, string[]>;
}

/** All that stands in the graph: what is or makes a relation or tests one, and the metrics and exposures in which lineage ends. */
export type GraphNode = Node | MetricNode | ExposureNode;

/** What users know a node as: unit tests are a resource type of their own. */
export type ResourceKind = ResourceType | "unit_test" | "metric" | "exposure";

/** The resource type of a node as users know it. */
export function resourceKind(node: GraphNode): ResourceKind {
  return node.resource_type === "test" && node.test_type === "unit" ? "unit_test" : node.resource_type;
}

/** What has that id. Manifests of earlier versions have neither metrics nor exposures. */
export function getNode(manifest: Manifest, uniqueId: string): GraphNode | undefined {
  return (
    manifest.nodes[uniqueId] ??
    manifest.sources[uniqueId] ??
    manifest.metrics?.[uniqueId] ??
    manifest.exposures?.[uniqueId]
  );
}
