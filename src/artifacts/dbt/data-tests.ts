import { findGenericTest } from "../../compile/index.js";
import type { TestNode } from "../../manifest/index.js";
import { testConfig } from "./node-config.js";
import { codeChecksum, commonParts, type DbtNode, sqlParts } from "./node-parts.js";
import { type ArtifactScope, relationName } from "./scope.js";
import { builtInTestMacro } from "./test-macros.js";

/** A generic or singular test; only the first has `test_metadata`, by which readers tell them apart. */
export function dataTest(node: TestNode, scope: ArtifactScope): DbtNode {
  const { stored, config } = node;
  const macro = macroOf(node, scope);
  return {
    ...commonParts(node, scope),
    resource_type: "test",
    schema: stored?.schema ?? `${scope.project.target.schema}_${config.schema ?? "dbt_test__audit"}`,
    alias: config.alias ?? node.name,
    checksum: node.test_type === "generic" ? { name: "none", checksum: "" } : codeChecksum(node.raw_code),
    config: testConfig(config),
    columns: {},
    relation_name: stored === null ? null : relationName(scope, stored),
    raw_code: node.raw_code,
    ...sqlParts(node, scope, macro === null ? [] : [macro]),
    ...(node.test_type === "generic" && genericParts(node, scope)),
  };
}

function genericParts(node: TestNode, { ids }: ArtifactScope) {
  const { test_metadata: metadata, attached_node } = node;
  return {
    column_name: node.column_name,
    file_key_name: fileKey(node),
    attached_node: attached_node === null ? null : ids.tested(attached_node, node.refs),
    test_metadata: { name: metadata!.name, kwargs: metadata!.kwargs, namespace: metadata!.namespace },
  };
}

const KEYS: Record<string, string> = {
  model: "models",
  snapshot: "snapshots",
  seed: "seeds",
  procedure: "procedures",
};

/** The entry of the properties file that declares the test. */
function fileKey({ attached_node, refs, sources }: TestNode): string {
  if (attached_node === null) return `sources.${sources[0]?.source ?? ""}`;
  return `${KEYS[attached_node.split(".")[0]!] ?? "models"}.${refs[0]?.name ?? ""}`;
}

/** The macro of a test that the project does not define itself. */
function macroOf(node: TestNode, { manifest }: ArtifactScope): string | null {
  if (node.test_metadata === null) return null;
  const { name, namespace } = node.test_metadata;
  if (node.depends_on.macros.some((id) => manifest.macros[id]?.name === `test_${name}`)) return null;
  const known = findGenericTest(namespace === null ? name : `${namespace}.${name}`);
  return known === undefined ? null : builtInTestMacro(name, namespace);
}
