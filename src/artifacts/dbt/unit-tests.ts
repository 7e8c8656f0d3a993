import { hash } from "node:crypto";
import { MASK } from "../../errors/index.js";
import { type GivenRows, getNode, pathInPackage, type TestNode } from "../../manifest/index.js";
import type { DbtNode } from "./node-parts.js";
import type { ArtifactScope } from "./scope.js";

/** A unit test; one of SQL of its own has no model, and says `sql` in its place. */
export function unitTest(node: TestNode, scope: ArtifactScope): DbtNode {
  const { unit, config } = node;
  const { overrides } = unit!;
  const model = unit!.model === null ? undefined : getNode(scope.manifest, unit!.model);
  const vars = Object.entries(overrides.vars).map(([name, value]) => [
    name,
    scope.project.secretVars.includes(name) ? MASK : value,
  ]);
  const given = unit!.given.map(({ node: id, rows }) => ({
    input: id === unit!.model ? "this" : inputOf(id, scope),
    ...rowsOf(rows),
    fixture: null,
  }));
  return {
    model: model?.name ?? "sql",
    given,
    expect: { ...rowsOf(unit!.expect), fixture: null },
    name: node.name,
    resource_type: "unit_test",
    package_name: node.package_name,
    path: pathInPackage(node, node.original_file_path).replace(/^[^/]*\//, ""),
    original_file_path: pathInPackage(node, node.original_file_path),
    unique_id: node.unique_id,
    fqn: node.fqn,
    description: node.description,
    overrides: {
      macros: overrides.macros,
      vars: Object.fromEntries(vars),
      env_vars: Object.fromEntries(
        Object.keys(overrides.env_vars).map((name) => [name, envValue(name, node)]),
      ),
    },
    depends_on: { macros: node.depends_on.macros, nodes: scope.ids.dependencies(node) },
    config: { tags: node.tags, meta: node.meta, enabled: config.enabled, static_analysis: null },
    checksum: hash("sha256", JSON.stringify(unit)),
    schema: model !== undefined && "schema" in model ? model.schema : scope.project.target.schema,
    created_at: scope.createdAt,
    versions: null,
    version: null,
  };
}

function envValue(name: string, { unit }: TestNode): string {
  return /SECRET/i.test(name) ? MASK : unit!.overrides.env_vars[name]!;
}

/** `ref('orders')`: how an entry names its input. */
function inputOf(id: string, { ids }: ArtifactScope): string {
  const [type, , name, table] = ids.of(id)[0]!.split(".");
  return type === "source" ? `source('${name}', '${table}')` : `ref('${name}')`;
}

function rowsOf(rows: GivenRows) {
  if (rows.format === "sql") return { rows: rows.sql, format: "sql" };
  return { rows: rows.rows, format: rows.format === "rows" ? "dict" : "csv" };
}
