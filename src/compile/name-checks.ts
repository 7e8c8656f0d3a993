import { SlaError } from "../errors/index.js";
import {
  MAX_IDENTIFIER,
  type Node,
  ownTables,
  type RelationalNode,
  readables,
  relationKey,
} from "../manifest/index.js";
import { unusedFolders } from "../project/index.js";
import type { Assembly } from "./assembly.js";

/** Two nodes of one name are errors that name both files. */
export function refuseRepeatedNames({ models, seeds, procedures, sources, errors }: Assembly): void {
  const refuse = (
    nodes: readonly RelationalNode[],
    key: (node: RelationalNode) => string,
    what: (node: RelationalNode) => string,
  ) => {
    const seen = new Map<string, RelationalNode>();
    for (const node of nodes) {
      const other = seen.get(key(node));
      seen.set(key(node), node);
      if (other === undefined) continue;
      errors.push(
        new SlaError({
          code: "SLA105",
          message: `two nodes are called "${what(node)}": ${other.original_file_path} and ${node.original_file_path}`,
          hint: "Rename one of the two; they may still share a table name in different schemas with alias.",
          location: { path: node.original_file_path },
          node: node.unique_id,
        }),
      );
    }
  };
  refuse(
    [...models, ...seeds, ...procedures.flatMap(readables)],
    (node) => `${node.package_name}.${node.name}`.toLowerCase(),
    (node) => node.name,
  );
  refuse(
    sources,
    (node) => node.unique_id,
    (node) => `${(node as { source_name?: string }).source_name}.${node.name}`,
  );
}

/** Two nodes that build one relation are errors that name both files. */
export function refuseSharedRelations({ models, seeds, procedures, errors }: Assembly): void {
  const built: { key: string; node: RelationalNode; name: string }[] = [];
  for (const node of [...models, ...seeds, ...procedures]) {
    if (!node.config.enabled || node.config.materialized === "ephemeral") continue;
    const tables = ownTables(node);
    const relations = tables.length > 0 ? tables : [{ schema: node.schema, alias: node.alias }];
    for (const { schema, alias } of relations) {
      built.push({ key: relationKey({ schema, identifier: alias }), node, name: `${schema}.${alias}` });
    }
  }
  const seen = new Map<string, RelationalNode>();
  for (const { key, node, name } of built) {
    const other = seen.get(key);
    seen.set(key, node);
    if (other === undefined || other === node) continue;
    const same = other.package_name === node.package_name;
    if (same && other.name.toLowerCase() === node.name.toLowerCase()) continue; // already refused for its name
    errors.push(
      new SlaError({
        code: "SLA210",
        message: `"${other.name}" (${other.original_file_path}) and "${node.name}" (${node.original_file_path}) both build ${name}`,
        hint: same
          ? "Give one of them another alias or schema."
          : `Give one of them another alias or schema, or turn one off: in project.yml ${node.resource_type}s: {${node.package_name}: {${node.name}: {+enabled: false}}}.`,
        location: { path: node.original_file_path },
        node: node.unique_id,
      }),
    );
  }
}

/** Names that no engine of ours can hold are errors. */
export function refuseLongNames({ models, seeds, procedures, errors }: Assembly): void {
  for (const node of [...models, ...seeds, ...procedures]) {
    const tables = node.resource_type === "procedure" ? [node, ...node.tables] : namesOf(node);
    for (const { alias } of tables) {
      if (alias.length <= MAX_IDENTIFIER) continue;
      errors.push(
        new SlaError({
          code: "SLA104",
          message: `the name "${alias}" has ${alias.length} characters; MySQL allows ${MAX_IDENTIFIER}`,
          hint:
            tables[0] === node
              ? 'Give it a shorter name: {{config alias="…"}}.'
              : "Give the table a shorter name.",
          location: { path: node.original_file_path },
          node: node.unique_id,
        }),
      );
    }
  }
}

function namesOf(node: RelationalNode): readonly { alias: string }[] {
  const tables = ownTables(node);
  return tables.length > 0 ? tables : [node];
}

/** Entries of project.yml that are meant for a folder or node which does not exist are errors. */
export function checkFolders({ project, models, seeds, procedures, sources, tests, errors }: Assembly): void {
  const of = (type: Node["resource_type"]) => models.filter((node) => node.resource_type === type);
  const nodes = {
    model: of("model"),
    snapshot: of("snapshot"),
    seed: seeds,
    procedure: procedures,
    source: sources,
    test: tests,
  } as const;
  for (const type of ["model", "snapshot", "seed", "procedure", "source", "test"] as const) {
    if (project.configs[type].inner.size === 0) continue;
    const fqns = nodes[type].map((node: Node) => node.fqn);
    const packages = project.packages.map(({ name }) => name);
    errors.push(...unusedFolders(type, project.configs[type], project.name, fqns, project.file, packages));
  }
}
