import { type CompiledNode, createCompiler } from "../compile/index.js";
import { Graph } from "../graph/index.js";
import {
  type ColumnLineage,
  getNode,
  type Manifest,
  type ModelNode,
  type NodeLineage,
  type RelationalNode,
} from "../manifest/index.js";
import type { Project } from "../project/index.js";
import { originOf } from "./inputs.js";
import { LineageCache } from "./lineage-cache.js";
import { declaredLineage, seedLineage, sourceLineage } from "./origins.js";
import { procedureLineage } from "./procedure.js";
import { type Known, type ReadQuery, selectLineage } from "./query.js";
import { snapshotLineage } from "./snapshot.js";

/** How the lineage of a project is read. */
export interface LineageOptions {
  /** What `{{run_started_at}}` gives. */
  runStartedAt: Date;
  /** Only these nodes and what they are made of, by unique id; all when absent. */
  of?: readonly string[] | undefined;
}

/** Where all columns of a project come from; the manifest must have been parsed from the same project. No warehouse is asked. */
export async function projectLineage(
  project: Project,
  manifest: Manifest,
  { runStartedAt, of }: LineageOptions,
): Promise<ColumnLineage> {
  const compileAs = (isIncremental: boolean) =>
    createCompiler(project, manifest, {
      relation: (node) => ({ schema: node.schema, identifier: node.alias }),
      isIncremental: () => isIncremental,
      runStartedAt,
    });
  const [whole, further] = [compileAs(false), compileAs(true)];
  const cache = new LineageCache(project.targetPath);
  const read: ReadQuery = (sql, lookup) => cache.get(sql, lookup);
  const known = new Map<string, NodeLineage>();
  const graph = Graph.of(manifest);
  for (const id of graph.order(of === undefined ? graph.ids() : [...of, ...graph.ancestors(of)])) {
    const node = getNode(manifest, id);
    if (node === undefined) continue;
    switch (node.resource_type) {
      case "seed":
        known.set(id, await seedLineage(node, project));
        break;
      case "procedure":
        known.set(id, await procedureLineage(node, manifest, known, whole, read));
        break;
      case "source":
        known.set(id, sourceLineage(node));
        break;
      case "snapshot":
        known.set(id, snapshotLineage(node, await sqlLineage(node)));
        break;
      case "model":
        known.set(
          id,
          node.language === "typescript"
            ? declaredLineage(node, known, (name) => parentNamed(node, name, manifest))
            : await sqlLineage(node),
        );
        break;
    }
  }
  cache.save({ all: of === undefined });
  return { nodes: Object.fromEntries(completed(known)) };

  async function sqlLineage(node: ModelNode): Promise<NodeLineage> {
    const texts: CompiledNode[] = [];
    try {
      texts.push(whole.compile(node));
      if (node.config.materialized === "incremental") texts.push(further.compile(node));
    } catch (error) {
      return unreadable(node, (error as Error).message);
    }
    return selectLineage(node, texts, manifest, known, read);
  }
}

function unreadable(node: ModelNode, reason: string): NodeLineage {
  const columns = Object.keys(node.columns).map((name) => originOf(name, [], reason));
  return { basis: "sql", columns, rows: [], complete: false, reason };
}

/** The parent that a declaration means: `orders`, or `source.table`. */
function parentNamed(node: ModelNode, name: string, manifest: Manifest): string | undefined {
  return node.depends_on.nodes.find((id) => {
    const parent = getNode(manifest, id) as RelationalNode | undefined;
    if (parent?.resource_type === "source") return `${parent.source_name}.${parent.name}` === name;
    if (parent?.resource_type === "procedure") return parent.tables.some((table) => table.name === name);
    return parent?.name === name;
  });
}

/** Columns that nobody declares and that can only be where they are read from, for others refer to them. */
function completed(known: Known): Known {
  const read = new Map<string, Map<string, string>>();
  for (const { columns, rows } of known.values()) {
    for (const input of [...rows, ...columns.flatMap(({ inputs }) => inputs)]) {
      if (known.get(input.node)?.complete !== false) continue;
      const names = read.get(input.node) ?? new Map<string, string>();
      names.set(input.column.toLowerCase(), input.column);
      read.set(input.node, names);
    }
  }
  return new Map(
    [...known].map(([id, lineage]) => {
      for (const { name } of lineage.columns) read.get(id)?.delete(name.toLowerCase());
      const missing = [...(read.get(id)?.values() ?? [])].map((name) =>
        originOf(
          name,
          [],
          lineage.basis === "origin"
            ? undefined
            : "it comes through * from tables whose columns are not declared",
        ),
      );
      return [id, { ...lineage, columns: [...lineage.columns, ...missing] }];
    }),
  );
}
