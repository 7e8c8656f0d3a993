import { didYouMean, SlaError, throwIfAny } from "../errors/index.js";
import type { Graph } from "../graph/index.js";
import {
  type Manifest,
  type ModelNode,
  type Node,
  ownTables,
  type ProcedureNode,
  type SeedNode,
  type TestNode,
} from "../manifest/index.js";
import { MATERIALIZATIONS } from "../materializations/index.js";
import type { NodeInfo } from "./events.js";
import type { Task } from "./execute-graph.js";
import { sqlPath } from "./target-folder.js";

/** A node that a run executes: sources and ephemeral models are not among them. */
export type RunNode = ModelNode | SeedNode | ProcedureNode | TestNode;

/** What will run, in which order, before anything does. */
export interface BuildPlan {
  nodes: RunNode[];
  tasks: Task[];
  /** Schemas in which something will be built. */
  schemas: string[];
}

/**
 * Orders the selected nodes. Order is kept through nodes that are not selected. With `gate`, a node also waits for the
 * tests of its ancestors (dbt's build): a test gates each child of its parents that has all its parents as ancestors.
 */
export function planBuild(
  manifest: Manifest,
  graph: Graph,
  selected: readonly string[],
  gate: boolean,
): BuildPlan {
  const errors: SlaError[] = [];
  const ids = new Set<string>();
  const nodes: RunNode[] = [];
  for (const id of graph.order(selected)) {
    const node = manifest.nodes[id];
    if (node === undefined || isEphemeral(node)) continue;
    if (isSelect(node)) errors.push(...materializationProblems(node));
    ids.add(id);
    nodes.push(node);
  }
  throwIfAny(errors);

  const after = new Map<string, Set<string>>(
    nodes.map((node) => [node.unique_id, nearestSelected(node, manifest, ids)]),
  );
  if (gate) {
    for (const test of nodes) {
      if (test.resource_type !== "test" || test.test_type === "unit") continue;
      for (const child of gatedBy(test, manifest, graph, ids)) after.get(child)?.add(test.unique_id);
    }
  }
  for (const test of nodes) {
    if (test.resource_type !== "test" || !test.unit?.model) continue;
    // A unit test runs before its model, and when all is there that the model reads.
    const model = manifest.nodes[test.unit.model] as ModelNode;
    const before = after.get(model.unique_id);
    after.set(test.unique_id, new Set(before ?? nearestSelected(model, manifest, ids)));
  }
  for (const test of nodes) {
    if (test.resource_type === "test" && test.unit?.model) after.get(test.unit.model)?.add(test.unique_id);
  }
  const built = nodes.filter((node) => node.resource_type !== "test");
  const schemas = built.flatMap((node) => [
    ...ownTables(node).map((table) => table.schema),
    (node as Exclude<RunNode, TestNode>).schema,
  ]);
  return {
    nodes,
    tasks: nodes.map((node) => ({ id: node.unique_id, after: [...after.get(node.unique_id)!] })),
    schemas: [...new Set(schemas)],
  };
}

/** The node as it is shown while it runs. */
export function nodeInfo(node: RunNode): NodeInfo {
  const label =
    node.resource_type === "test"
      ? node.name
      : node.resource_type === "seed" && node.language === "typescript"
        ? node.name
        : `${node.schema}.${node.alias}`;
  const materialized =
    node.resource_type === "procedure" || isSelect(node)
      ? node.config.materialized
      : node.resource_type === "seed"
        ? node.language === "csv"
          ? "seed"
          : "seeder"
        : node.test_type === "unit"
          ? "unit"
          : "test";
  const hasSql =
    node.resource_type === "test" ||
    node.resource_type === "procedure" ||
    (isSelect(node) && node.language === "sql");
  return {
    unique_id: node.unique_id,
    name: node.name,
    resource_type: node.resource_type,
    materialized,
    label,
    path: node.original_file_path,
    sql: hasSql ? `compiled/${node.package_name}/${sqlPath(node)}` : null,
    tested: node.resource_type === "test" ? testedBy(node) : null,
    stored:
      node.resource_type === "test" && node.stored !== null
        ? `${node.stored.schema}.${node.stored.identifier}`
        : null,
  };
}

function isSelect(node: Node): node is ModelNode {
  return node.resource_type === "model" || node.resource_type === "snapshot";
}

function isEphemeral(node: Node): boolean {
  return node.resource_type === "model" && node.config.materialized === "ephemeral";
}

function materializationProblems(node: ModelNode): SlaError[] {
  const materialization = MATERIALIZATIONS[node.config.materialized];
  if (materialization !== undefined) {
    return (materialization.problems?.(node.config) ?? []).map(
      ({ message, hint }) =>
        new SlaError({
          code: "SLA104",
          message: `"${node.name}" ${message}`,
          hint,
          location: { path: node.original_file_path },
          node: node.unique_id,
        }),
    );
  }
  const names = Object.keys(MATERIALIZATIONS);
  return [
    new SlaError({
      code: "SLA209",
      message: `"${node.name}" has the unknown materialization "${node.config.materialized}"`,
      hint: didYouMean(node.config.materialized, names) ?? `Materializations are ${names.join(", ")}.`,
      location: { path: node.original_file_path },
      node: node.unique_id,
    }),
  ];
}

/** The selected nodes that a node must wait for: parents, or what stands behind parents that do not run. */
function nearestSelected(node: RunNode, manifest: Manifest, selected: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const stack = [...node.depends_on.nodes];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (selected.has(id)) found.add(id);
    else stack.push(...(manifest.parent_map[id] ?? []));
  }
  return found;
}

/** The children that wait for a test: those of its parents for which every parent of the test is an ancestor. */
function gatedBy(test: TestNode, manifest: Manifest, graph: Graph, selected: ReadonlySet<string>): string[] {
  const parents = test.depends_on.nodes;
  const children = new Set<string>();
  const stack = parents.flatMap((id) => manifest.child_map[id] ?? []);
  const seen = new Set<string>();
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id) || manifest.nodes[id]?.resource_type === "test") continue;
    seen.add(id);
    if (selected.has(id)) children.add(id);
    else stack.push(...(manifest.child_map[id] ?? [])); // ephemeral or not selected: what stands behind it waits
  }
  if (parents.length < 2) return [...children];
  return [...children].filter((child) => {
    const ancestors = graph.ancestors([child]);
    return parents.every((parent) => ancestors.has(parent));
  });
}

function testedBy({ attached_node, unit, depends_on }: TestNode): string | null {
  const [only = null, ...others] = depends_on.nodes;
  return attached_node ?? unit?.model ?? (others.length === 0 ? only : null);
}
