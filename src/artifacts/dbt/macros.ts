import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type MacroNode, type ProcedureNode, pathInPackage } from "../../manifest/index.js";
import type { DbtNode } from "./node-parts.js";
import type { ArtifactScope } from "./scope.js";
import { builtInTestMacro, builtInTestMacros } from "./test-macros.js";

/** All macros: the project's, the routines of its procedures, and the built-in tests. */
export function* macroNodes(scope: ArtifactScope): Generator<DbtNode> {
  const { manifest } = scope;
  for (const node of Object.values(manifest.macros)) yield projectMacro(node, scope);
  const used = new Set(builtInTestMacros());
  for (const node of [...Object.values(manifest.nodes), ...Object.values(manifest.disabled)]) {
    if (node.resource_type === "procedure") yield routine(node, scope);
    if (node.resource_type !== "test" || node.test_metadata === null) continue;
    const { name, namespace } = node.test_metadata;
    const own = node.depends_on.macros.some((id) => manifest.macros[id]?.name === `test_${name}`);
    if (!own && namespace !== null) used.add(builtInTestMacro(name, namespace));
  }
  for (const id of [...used].sort()) if (manifest.macros[id] === undefined) yield builtIn(id, scope);
}

function projectMacro(node: MacroNode, scope: ArtifactScope): DbtNode {
  return {
    ...parts(
      node.unique_id,
      node.name,
      node.package_name,
      node.path,
      pathInPackage(node, node.original_file_path),
      scope,
    ),
    macro_sql: node.macro_sql || fileText(node.original_file_path, scope),
    depends_on: { macros: node.depends_on.macros },
    description: node.description,
    arguments: node.arguments.map(({ name, type, description }) => ({ name, type, description })),
  };
}

/** A stored procedure: dbt has none, and its page of a macro shows code, description and arguments. */
function routine(node: ProcedureNode, scope: ArtifactScope): DbtNode {
  const id = scope.ids.routine(node);
  return {
    ...parts(
      id,
      id.split(".")[2]!,
      node.package_name,
      node.path,
      pathInPackage(node, node.original_file_path),
      scope,
    ),
    macro_sql: node.raw_code,
    depends_on: { macros: node.depends_on.macros },
    description: node.description,
    patch_path:
      node.patch_path === null ? null : `${node.package_name}://${pathInPackage(node, node.patch_path)}`,
    arguments: node.parameters.map(({ name, type, description }) => ({ name, type, description })),
  };
}

function builtIn(id: string, scope: ArtifactScope): DbtNode {
  const [, packageName, name] = id.split(".") as [string, string, string];
  const path = "tests/generic/builtin.sql";
  return {
    ...parts(id, name, packageName, path, path, scope),
    macro_sql: "-- comes with sla",
    depends_on: { macros: [] },
    description: "",
    arguments: [],
  };
}

function parts(
  id: string,
  name: string,
  packageName: string,
  path: string,
  file: string,
  { createdAt }: ArtifactScope,
) {
  const docs = { show: true, node_color: null };
  return {
    name,
    resource_type: "macro",
    package_name: packageName,
    path,
    original_file_path: file,
    unique_id: id,
    meta: {},
    docs,
    config: { meta: {}, docs },
    patch_path: null as string | null,
    created_at: createdAt,
    supported_languages: null,
  };
}

function fileText(path: string, { project }: ArtifactScope): string {
  try {
    return readFileSync(join(project.dir, path), "utf8");
  } catch {
    return "";
  }
}
