import type { ModelNode, Node, ResourceType, SeedNode, SourceNode, TestNode } from "./node.js";

/** A macro of the project: a named piece of SQL with parameters. */
export interface MacroNode {
  unique_id: string;
  resource_type: "macro";
  name: string;
  package_name: string;
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
  /** Models, seeds and tests by unique id, in the order of their ids. */
  nodes: Record<string, ModelNode | SeedNode | TestNode>;
  sources: Record<string, SourceNode>;
  macros: Record<string, MacroNode>;
  /** Nodes turned off by `enabled: false`, by unique id. */
  disabled: Record<string, ModelNode | SeedNode | SourceNode | TestNode>;
  parent_map: Record<string, string[]>;
  child_map: Record<string, string[]>;
}

/** What users know a node as: unit tests are a resource type of their own. */
export type ResourceKind = ResourceType | "unit_test";

/** The resource type of a node as users know it. */
export function resourceKind(node: Node): ResourceKind {
  return node.resource_type === "test" && node.test_type === "unit" ? "unit_test" : node.resource_type;
}

/** Node or source of that id. */
export function getNode(manifest: Manifest, uniqueId: string): Node | undefined {
  return manifest.nodes[uniqueId] ?? manifest.sources[uniqueId];
}
