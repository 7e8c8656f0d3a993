import { didYouMean, SlaError } from "../errors/index.js";
import type { LeafNode, ModelNode, RelationalNode, SeedNode } from "../manifest/index.js";
import type { Assembly } from "./assembly.js";
import { locate, type Placed } from "./properties-index.js";
import { parseRelationArgument } from "./relation-argument.js";

/** What the entries of metrics, exposures and dashboards have in common. */
interface LeafEntry {
  name: string;
  description: string;
  tags?: string[] | undefined;
  meta?: Record<string, unknown> | undefined;
  config?:
    | {
        enabled?: boolean | undefined;
        tags?: string[] | undefined;
        meta?: Record<string, unknown> | undefined;
      }
    | null
    | undefined;
}

/** The part of a metric or exposure that is the same for both; null for one that is turned off. */
export function leafNode(
  { project }: Assembly,
  { entry, path, root }: Placed<LeafEntry>,
  id: (packageName: string, name: string) => string,
): LeafNode | null {
  if (entry.config?.enabled === false) return null;
  const below = path.slice(root.length + 1);
  const tags = [...new Set([...(entry.tags ?? []), ...(entry.config?.tags ?? [])])];
  const meta = { ...entry.meta, ...entry.config?.meta };
  return {
    unique_id: id(project.name, entry.name),
    name: entry.name,
    package_name: project.name,
    path: below,
    original_file_path: path,
    patch_path: null,
    fqn: [project.name, ...below.split("/").slice(0, -1), entry.name],
    description: entry.description,
    tags,
    meta,
    config: { enabled: true, tags, meta },
    columns: {},
    depends_on: { nodes: [], macros: [] },
  };
}

/** Adds an error at a place of an entry. */
export function refuseAt(
  assembly: Assembly,
  placed: Placed<unknown>,
  inner: (string | number)[],
  message: string,
  hint?: string,
  code: "SLA104" | "SLA203" = "SLA104",
): void {
  assembly.errors.push(new SlaError({ code, message, hint, location: locate(assembly, placed, inner) }));
}

/** The model or seed that `ref('x')`, or a bare name, stands for; undefined, with an error, where there is none that can be read. */
export function findRelation(
  assembly: Assembly,
  placed: Placed<{ name: string }>,
  what: string,
  text: string,
  inner: (string | number)[],
): ModelNode | SeedNode | undefined {
  const parsed = parseRelationArgument(text);
  const name = parsed?.kind === "ref" ? parsed.name : text.trim();
  const node = assembly.together.lookup.ref(assembly.project.name, {
    package: parsed?.kind === "ref" ? parsed.package : null,
    name,
  });
  const found = node !== undefined && isBuilt(node) ? node : undefined;
  if (found === undefined) {
    const candidates = assembly.together.packages
      .flatMap((one) => [...one.models, ...one.seeds])
      .filter(isBuilt);
    refuseAt(
      assembly,
      placed,
      inner,
      `${what} "${placed.entry.name}" reads ref "${name}", which does not exist`,
      didYouMean(
        name,
        candidates.map((node) => node.name),
      ) ?? "It takes a model or seed that is built and enabled.",
      "SLA203",
    );
  }
  return found;
}

function isBuilt(node: RelationalNode): node is ModelNode | SeedNode {
  const kinds: readonly string[] = ["model", "snapshot", "seed"];
  return (
    kinds.includes(node.resource_type) && node.config.enabled && node.config.materialized !== "ephemeral"
  );
}

/** Refuses a column that the node does not declare; a node that declares none is believed. */
export function checkColumn(
  assembly: Assembly,
  placed: Placed<unknown>,
  node: ModelNode | SeedNode,
  column: string,
  inner: (string | number)[],
  whose: string,
): boolean {
  const known = Object.keys(node.columns);
  if (known.length === 0 || known.includes(column)) return true;
  refuseAt(
    assembly,
    placed,
    inner,
    `${whose} names the column "${column}", which "${node.name}" does not declare`,
    didYouMean(column, known) ?? `Its columns are ${known.join(", ")}.`,
  );
  return false;
}
