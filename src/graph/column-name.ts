import { didYouMean, SlaError } from "../errors/index.js";
import { type ColumnLineage, getNode, type Manifest, type RelationalNode } from "../manifest/index.js";
import type { ColumnRef } from "./column-graph.js";

/** What users call a node among columns: its name, or `source.table`. */
export function columnOwner(node: RelationalNode): string {
  return node.resource_type === "source" ? `${node.source_name}.${node.name}` : node.name;
}

/** The column, or with null the node, that a text names: `orders.id`, `shop.orders.id`, `orders`. SLA203 and SLA305 for what is none. */
export function parseColumnName(text: string, manifest: Manifest, lineage: ColumnLineage): ColumnRef {
  const whole = nodeNamed(text, manifest, lineage);
  if (whole !== undefined) return { node: whole, column: null };
  const at = text.lastIndexOf(".");
  const owner = text.slice(0, at);
  const node = at === -1 ? undefined : nodeNamed(owner, manifest, lineage);
  if (node === undefined) throw unknownNode(at === -1 ? text : owner, text, manifest, lineage);
  const wanted = text.slice(at + 1);
  const { columns, complete } = lineage.nodes[node]!;
  const found = columns.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return { node, column: found.name };
  const names = columns.map(({ name }) => name);
  throw new SlaError({
    code: "SLA305",
    message: `"${owner}" has no column "${wanted}"${complete ? "" : " that is declared or read anywhere"}`,
    hint:
      didYouMean(wanted, names) ?? (names.length === 0 ? undefined : `Its columns are ${names.join(", ")}.`),
  });
}

function nodeNamed(text: string, manifest: Manifest, lineage: ColumnLineage): string | undefined {
  if (Object.hasOwn(lineage.nodes, text)) return text;
  const wanted = text.toLowerCase();
  return Object.keys(lineage.nodes).find(
    (id) => columnOwner(getNode(manifest, id) as RelationalNode).toLowerCase() === wanted,
  );
}

function unknownNode(name: string, text: string, manifest: Manifest, lineage: ColumnLineage): SlaError {
  const names = Object.keys(lineage.nodes).map((id) => columnOwner(getNode(manifest, id) as RelationalNode));
  return new SlaError({
    code: "SLA203",
    message: `there is no model, snapshot, seed or source "${name}"`,
    hint:
      didYouMean(name, names) ??
      didYouMean(text, names) ??
      "Write node.column, or source.table.column; `sla ls` lists the nodes.",
  });
}

/** A column with generations: `+orders.id`, `orders.id+2`. */
export interface ColumnCriterion extends ColumnRef {
  parents: number;
  children: number;
}

/** Reads a column with `+` before or after, as `--select` has it for nodes. */
export function parseColumnCriterion(
  text: string,
  manifest: Manifest,
  lineage: ColumnLineage,
): ColumnCriterion {
  const [, before, name = text, after] = /^(?:(\d*)\+)?(.*?)(?:\+(\d*))?$/s.exec(text) ?? [];
  const ref = parseColumnName(name, manifest, lineage);
  if (ref.column === null) {
    throw new SlaError({
      code: "SLA208",
      message: `"${name}" is a node, not a column`,
      hint: `Write a column, ${name}.${lineage.nodes[ref.node]?.columns[0]?.name ?? "column"}, or select the node: --select ${text}.`,
    });
  }
  return { ...ref, parents: generations(before), children: generations(after) };
}

function generations(depth: string | undefined): number {
  if (depth === undefined) return 0;
  return depth === "" ? Number.POSITIVE_INFINITY : Number(depth);
}
