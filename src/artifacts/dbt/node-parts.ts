import { hash } from "node:crypto";
import { type GraphNode, type Node, pathInPackage } from "../../manifest/index.js";
import { sqlPath } from "../../run/index.js";
import type { ArtifactScope, CompiledOf } from "./scope.js";

/** A node in dbt's form. */
export type DbtNode = Record<string, unknown> & { unique_id: string };

/** What all nodes of dbt's `nodes` have. */
export function commonParts(node: Exclude<Node, { resource_type: "source" }>, scope: ArtifactScope) {
  return {
    database: scope.database,
    name: node.name,
    package_name: node.package_name,
    path: node.path,
    original_file_path: pathInPackage(node, node.original_file_path),
    unique_id: node.unique_id,
    fqn: node.fqn,
    tags: node.tags,
    description: node.description,
    meta: node.meta,
    group: null,
    docs: { show: true, node_color: null },
    patch_path:
      node.patch_path === null ? null : `${node.package_name}://${pathInPackage(node, node.patch_path)}`,
    build_path: null,
    unrendered_config: node.unrendered_config ?? {},
    created_at: scope.createdAt,
    doc_blocks: [],
  };
}

/** Refs and sources as they come from what a node depends on, so that the three always agree. */
export function references(node: GraphNode, scope: ArtifactScope) {
  const nodes = scope.ids.dependencies(node);
  const refs: { name: string; package: string | null; version: null }[] = [];
  const sources: string[][] = [];
  const metrics: string[][] = [];
  for (const id of nodes) {
    const [type, packageName, name, table] = id.split(".") as [string, string, string, string?];
    if (type === "source") sources.push([name, table!]);
    else if (type === "metric") metrics.push([name]);
    else refs.push({ name, package: packageName === node.package_name ? null : packageName, version: null });
  }
  return { nodes, refs, sources, metrics };
}

/** What all nodes of SQL have: what they read, and what was compiled. */
export function sqlParts(node: CompiledOf, scope: ArtifactScope, macros: readonly string[] = []) {
  const { nodes, refs, sources, metrics } = references(node, scope);
  const code = scope.compiled(node);
  return {
    language: "sql",
    refs,
    sources,
    metrics,
    functions: [],
    depends_on: { macros: [...macros, ...node.depends_on.macros], nodes },
    compiled_path:
      code === null ? null : `${scope.targetFolder}/compiled/${node.package_name}/${sqlPath(node)}`,
    compiled: code !== null,
    compiled_code: code,
    extra_ctes_injected: code !== null,
    extra_ctes: [],
    contract: { enforced: false, alias_types: true, checksum: null },
  };
}

/** dbt's checksum of a file of code: blanks count once. */
export function codeChecksum(text: string) {
  return { name: "sha256", checksum: hash("sha256", text.replace(/\s+/g, " ").trim()) };
}
