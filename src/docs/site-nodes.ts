import type { CatalogRelation } from "../adapters/index.js";
import {
  type GraphNode,
  getNode,
  type MacroNode,
  type Manifest,
  type Relation,
  relationKey,
  resourceKind,
} from "../manifest/index.js";
import type { SiteKind, SiteNode, SiteSize, SiteState, SiteTest } from "./site-data.js";

/** What is known of nodes beyond the manifest, by unique id. */
export interface NodeFacts {
  states: ReadonlyMap<string, SiteState>;
  catalog: ReadonlyMap<string, CatalogRelation>;
}

/** The nodes of the site in the order of the graph, macros last, and where each stands. */
export interface SiteNodes {
  nodes: SiteNode[];
  positions: ReadonlyMap<string, number>;
  defaults: Record<string, unknown>;
}

/** Everything of a manifest as the site lists it; `order` is the order of a build. */
export function siteNodes(manifest: Manifest, order: readonly string[], facts: NodeFacts): SiteNodes {
  const found = order.map((id) => getNode(manifest, id)!);
  const macros = Object.values(manifest.macros);
  const positions = new Map([...found, ...macros].map(({ unique_id }, at) => [unique_id, at]));
  const defaults = shared(found.map(({ config }) => config as unknown as Record<string, unknown>));
  const nodes = [
    ...found.map((node) => graphNode(node, kindOf(node, manifest), positions, defaults, facts)),
    ...macros.map(macroNode),
  ];
  return { nodes, positions, defaults };
}

function graphNode(
  node: GraphNode,
  kind: SiteKind,
  positions: ReadonlyMap<string, number>,
  defaults: Record<string, unknown>,
  facts: NodeFacts,
): SiteNode {
  const place = (id: string): number[] => {
    const at = positions.get(id);
    return at === undefined ? [] : [at];
  };
  const state = facts.states.get(node.unique_id) ?? null;
  const relation = standing(node);
  const known = relation === null ? undefined : facts.catalog.get(relationKey(relation));
  return {
    id: node.unique_id,
    kind,
    name: node.resource_type === "source" ? `${node.source_name}.${node.name}` : node.name,
    package: node.package_name,
    path: node.original_file_path,
    patch: node.patch_path,
    fqn: node.fqn,
    description: node.description,
    tags: node.tags,
    config: deviations(node.config as unknown as Record<string, unknown>, defaults),
    relation: relation === null ? null : { schema: relation.schema, name: relation.identifier },
    owner:
      ownerOf(node.resource_type === "exposure" ? { owner: node.owner } : node.meta) ??
      ownerOf(node.config.meta),
    columns: columnNames(node, known),
    parents: node.depends_on.nodes.flatMap(place),
    state,
    size: sizeOf(node, known, state),
    test: testOf(node, place),
    shard: 0,
  };
}

/** An exposure that is a dashboard of ours has a page of its own. */
function kindOf(node: GraphNode, manifest: Manifest): SiteKind {
  return manifest.dashboards?.[node.unique_id] === undefined ? resourceKind(node) : "dashboard";
}

function macroNode(macro: MacroNode): SiteNode {
  return {
    id: macro.unique_id,
    kind: "macro",
    name: macro.name,
    package: macro.package_name,
    path: macro.original_file_path,
    patch: null,
    fqn: [macro.package_name, macro.name],
    description: macro.description,
    tags: [],
    config: {},
    relation: null,
    owner: null,
    columns: [],
    parents: [],
    state: null,
    size: null,
    test: null,
    shard: 0,
  };
}

/** The relations that a node stands in: its own, or the tables that a procedure writes. */
export function relationsOf(node: GraphNode): Relation[] {
  if (node.resource_type === "procedure")
    return node.tables.map(({ schema, alias }) => ({ schema, identifier: alias }));
  const own = standing(node);
  return own === null ? [] : [own];
}

/** Where a node stands as one relation; a seeder's tables are sources and stand there. */
export function standing(node: GraphNode): Relation | null {
  if (!("alias" in node)) return null;
  if (node.resource_type === "seed" && node.tables.length > 0) return null;
  if (node.resource_type === "procedure" || node.config.materialized === "ephemeral") return null;
  return { schema: node.schema, identifier: node.alias };
}

function ownerOf(meta: Record<string, unknown> | null): string | null {
  const owner = meta?.owner;
  if (typeof owner === "string") return owner;
  if (typeof owner !== "object" || owner === null) return null;
  const { name, email } = owner as { name?: unknown; email?: unknown };
  return typeof name === "string" ? name : typeof email === "string" ? email : null;
}

function columnNames(node: GraphNode, known: CatalogRelation | undefined): string[] {
  const names =
    node.resource_type === "procedure"
      ? node.tables.flatMap(({ columns }) => columns.map(({ name }) => name))
      : (known?.columns.map(({ name }) => name) ?? []);
  const seen = new Set(names.map((name) => name.toLowerCase()));
  return [...names, ...Object.keys(node.columns).filter((name) => !seen.has(name.toLowerCase()))];
}

/** A table that is built whole has as many rows as were written; for what is added to, only the engine knows. */
function sizeOf(
  node: GraphNode,
  known: CatalogRelation | undefined,
  state: SiteState | null,
): SiteSize | null {
  const whole = node.resource_type === "seed" || ("alias" in node && node.config.materialized === "table");
  const written = whole && state?.published === true ? state.rows : null;
  const rows = written ?? known?.rows ?? null;
  if (rows === null && (known?.bytes ?? null) === null) return null;
  return { rows, exact: written !== null, bytes: known?.bytes ?? null };
}

function testOf(node: GraphNode, place: (id: string) => number[]): SiteTest | null {
  if (node.resource_type !== "test") return null;
  const of = node.attached_node ?? node.unit?.model ?? node.depends_on.nodes[0];
  return {
    type: node.test_type,
    name: node.test_metadata?.name ?? null,
    column: node.column_name,
    of: of === undefined ? null : (place(of)[0] ?? null),
  };
}

/** Of each key that all configs have, the value that most of them share. */
function shared(configs: readonly Record<string, unknown>[]): Record<string, unknown> {
  const counts = new Map<string, Map<string, number>>();
  for (const config of configs) {
    for (const [key, value] of Object.entries(config)) {
      const values = counts.get(key) ?? new Map<string, number>();
      counts.set(key, values);
      const text = JSON.stringify(value);
      values.set(text, (values.get(text) ?? 0) + 1);
    }
  }
  const found: Record<string, unknown> = {};
  for (const [key, values] of counts) {
    const total = [...values.values()].reduce((sum, count) => sum + count, 0);
    if (total < configs.length) continue;
    const [most] = [...values].sort(([, a], [, b]) => b - a);
    found[key] = JSON.parse(most![0]);
  }
  return found;
}

function deviations(
  config: Record<string, unknown>,
  defaults: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).filter(
      ([key, value]) =>
        value !== undefined && !(key in defaults && JSON.stringify(value) === JSON.stringify(defaults[key])),
    ),
  );
}
