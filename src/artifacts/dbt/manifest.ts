import { hash } from "node:crypto";
import type { Manifest } from "../../manifest/index.js";
import { dataTest } from "./data-tests.js";
import { docBlocks } from "./doc-blocks.js";
import { macroNodes } from "./macros.js";
import { type ArtifactMetadata, type ArtifactOrigin, artifactMetadata } from "./metadata.js";
import { exposureNode, metricNode } from "./metrics.js";
import { modelNode, procedureTables } from "./models.js";
import { nodeMaps } from "./node-maps.js";
import type { DbtNode } from "./node-parts.js";
import type { ArtifactScope } from "./scope.js";
import { seedNode } from "./seeds.js";
import { sourceNode } from "./sources.js";
import { unitTest } from "./unit-tests.js";

/** A part of the manifest: its key, and its entries one by one, so that no project is ever held whole as text. */
export type ManifestSection = [key: string, entries: Iterable<readonly [key: string, value: unknown]>];

/** The header of dbt's manifest; `env` also says what the rest was made from. */
export function manifestMetadata(
  { project, createdAt }: ArtifactScope,
  origin: ArtifactOrigin,
  made: { digest: string; compiled: string },
): ArtifactMetadata & Record<string, unknown> {
  const metadata = artifactMetadata("manifest", origin, new Date(createdAt * 1000));
  return {
    ...metadata,
    env: { ...metadata.env, SLA_DIGEST: made.digest, SLA_COMPILED: made.compiled },
    project_name: project.name,
    project_id: hash("md5", project.name),
    user_id: null,
    send_anonymous_usage_stats: false,
    adapter_type: project.target.type,
    quoting: { database: true, schema: true, identifier: true, column: null },
    run_started_at: origin.startedAt.toISOString(),
  };
}

/** All of dbt's manifest but its header, in dbt's order. */
export function manifestSections(
  scope: ArtifactScope,
  selectors: Record<string, unknown>,
): ManifestSection[] {
  const { manifest } = scope;
  const { parents, children } = nodeMaps(scope);
  return [
    ["nodes", byId(dbtNodes(Object.values(manifest.nodes), scope))],
    ["sources", byId(Object.values(manifest.sources).map((node) => sourceNode(node, scope)))],
    ["macros", byId(macroNodes(scope))],
    ["docs", byId(docBlocks(scope))],
    ["exposures", byId(Object.values(manifest.exposures).map((node) => exposureNode(node, scope)))],
    ["metrics", byId(Object.values(manifest.metrics).map((node) => metricNode(node, scope)))],
    ["groups", []],
    ["selectors", Object.entries(selectors)],
    ["disabled", disabled(scope)],
    ["parent_map", Object.entries(parents)],
    ["child_map", Object.entries(children)],
    ["group_map", []],
    ["saved_queries", []],
    ["semantic_models", []],
    ["unit_tests", byId(unitTests(Object.values(manifest.nodes), scope))],
    ["functions", []],
  ];
}

type AnyNode = Manifest["disabled"][string];

function* dbtNodes(nodes: readonly AnyNode[], scope: ArtifactScope): Generator<DbtNode> {
  for (const node of nodes) {
    if (node.resource_type === "seed") yield seedNode(node, scope);
    else if (node.resource_type === "procedure") yield* procedureTables(node, scope);
    else if (node.resource_type === "source") yield sourceNode(node, scope);
    else if (node.resource_type !== "test") yield modelNode(node, scope);
    else if (node.test_type !== "unit") yield dataTest(node, scope);
  }
}

function* unitTests(nodes: readonly AnyNode[], scope: ArtifactScope): Generator<DbtNode> {
  for (const node of nodes)
    if (node.resource_type === "test" && node.test_type === "unit") yield unitTest(node, scope);
}

function* disabled(scope: ArtifactScope): Generator<[string, DbtNode[]]> {
  const nodes = Object.values(scope.manifest.disabled);
  for (const node of dbtNodes(nodes, scope)) yield [node.unique_id, [node]];
  for (const node of unitTests(nodes, scope)) yield [node.unique_id, [node]];
}

function* byId(nodes: Iterable<DbtNode>): Generator<[string, DbtNode]> {
  for (const node of nodes) yield [node.unique_id, node];
}
