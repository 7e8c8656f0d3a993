import { pathInPackage, type SourceNode } from "../../manifest/index.js";
import { dbtColumns } from "./columns.js";
import type { DbtNode } from "./node-parts.js";
import { type ArtifactScope, relationName } from "./scope.js";

/** A source table. */
export function sourceNode(node: SourceNode, scope: ArtifactScope): DbtNode {
  const freshness = node.freshness ?? null;
  const loadedAtField = node.loaded_at_field ?? null;
  const loadedAtQuery = node.loaded_at_query ?? null;
  const { enabled, tags, meta, event_time, primary_key, indexes } = node.config;
  return {
    database: scope.database,
    schema: node.schema,
    name: node.name,
    resource_type: "source",
    package_name: node.package_name,
    path: node.path,
    original_file_path: pathInPackage(node, node.original_file_path),
    unique_id: node.unique_id,
    fqn: node.fqn,
    source_name: node.source_name,
    source_description: node.source_description,
    loader: node.loader,
    identifier: node.identifier,
    quoting: { database: null, schema: null, identifier: null, column: null },
    loaded_at_field: loadedAtField,
    loaded_at_query: loadedAtQuery,
    freshness,
    external: null,
    description: node.description,
    columns: dbtColumns(node.columns),
    meta,
    source_meta: {},
    tags,
    config: {
      enabled,
      event_time: event_time ?? null,
      freshness,
      loaded_at_field: loadedAtField,
      loaded_at_query: loadedAtQuery,
      meta,
      tags,
      static_analysis: null,
      ...(primary_key.length > 0 && { primary_key }),
      ...(indexes.length > 0 && { indexes }),
    },
    patch_path:
      node.patch_path === null ? null : `${node.package_name}://${pathInPackage(node, node.patch_path)}`,
    unrendered_config: node.unrendered_config ?? {},
    relation_name: relationName(scope, { schema: node.schema, identifier: node.identifier }),
    created_at: scope.createdAt,
    unrendered_database: null,
    unrendered_schema: node.schema,
    doc_blocks: [],
  };
}
