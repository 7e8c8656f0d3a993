import { isDeepStrictEqual } from "node:util";
import {
  type ExposureNode,
  type GraphNode,
  getNode,
  type Manifest,
  type MetricNode,
  type ModelNode,
  type Node,
  type SeedNode,
  type TestNode,
} from "../manifest/index.js";
import { mergeConfig } from "../project/index.js";

/** One side of a node that can have changed. */
export type Aspect = "body" | "configs" | "relation" | "persisted_descriptions" | "contract" | "freshness";

/** What has changed since an earlier manifest, by dbt's rules. */
export interface ManifestComparison {
  /** Whether the node was not there before. */
  isNew(node: GraphNode): boolean;
  /** Whether it is new, or anything that counts has changed, macros that it reaches included. */
  modified(node: GraphNode): boolean;
  /** Whether this side has changed; a new node differs on every side that its kind has. */
  differs(node: GraphNode, aspect: Aspect): boolean;
  /** Whether a macro that it reaches is new or has changed. */
  macros(node: GraphNode): boolean;
}

/** Compares two manifests of one project, node by node. Neither is changed; nothing is read or hashed. */
export function compareManifests(current: Manifest, previous: Manifest): ManifestComparison {
  const changedMacros = macrosChanged(current, previous);
  const macros = (node: GraphNode): boolean =>
    changedMacros.size > 0 && reachesMacro(node.depends_on.macros, changedMacros, current);
  const differs = (node: GraphNode, aspect: Aspect): boolean => {
    if (!SIDES[kindOf(node)].includes(aspect)) return false;
    const old = getNode(previous, node.unique_id);
    return (
      old === undefined ||
      old.resource_type !== node.resource_type ||
      !SAME[aspect](node as Node, old as Node)
    );
  };
  return {
    isNew: (node) => getNode(previous, node.unique_id) === undefined,
    differs,
    macros,
    modified(node) {
      const old = getNode(previous, node.unique_id);
      if (old === undefined || !isDeepStrictEqual(node.fqn, old.fqn)) return true;
      return COUNTED[kindOf(node)].some((aspect) => differs(node, aspect)) || macros(node);
    },
  };
}

type Kind = "model" | "seed" | "source" | "generic" | "singular" | "unit" | "leaf" | "other";

function kindOf(node: GraphNode): Kind {
  if (node.resource_type === "test") return node.test_type;
  if (isLeaf(node)) return "leaf";
  return Object.hasOwn(SIDES, node.resource_type) ? (node.resource_type as Kind) : "other";
}

const ALL: readonly Aspect[] = ["body", "configs", "relation", "persisted_descriptions", "contract"];

/** The sides that a kind of node has. */
const SIDES: Record<Kind, readonly Aspect[]> = {
  model: ALL,
  seed: ALL,
  source: ["configs", "relation", "freshness"],
  generic: ALL,
  singular: ALL,
  unit: ALL,
  leaf: ["body"],
  other: ALL,
};

/** The sides that make a node modified: of a generic test its config alone (what it tests is in its id). */
const COUNTED: Record<Kind, readonly Aspect[]> = { ...SIDES, generic: ["configs"], unit: ["body"] };

const SAME: Record<Aspect, (a: Node, b: Node) => boolean> = {
  body: (a, b) => isDeepStrictEqual(body(a), body(b)),
  configs: sameConfig,
  relation: (a, b) => isDeepStrictEqual(relation(a), relation(b)),
  persisted_descriptions: (a, b) =>
    persists(a) !== persists(b) || !persists(a) || isDeepStrictEqual(descriptions(a), descriptions(b)),
  contract: (a, b) => isDeepStrictEqual(contract(a), contract(b)),
  freshness: (a, b) => isDeepStrictEqual(freshness(a), freshness(b)),
};

function isLeaf(node: GraphNode): node is MetricNode | ExposureNode {
  return node.resource_type === "metric" || node.resource_type === "exposure";
}

/** What a node is made from. Declared column types belong to it: tables are built with them. */
function body(node: GraphNode): unknown {
  if (isLeaf(node)) return plain({ ...node, original_file_path: null, path: null });
  const types = Object.values(node.columns ?? {}).flatMap(({ name, data_type }) =>
    data_type === null ? [] : [[name, data_type]],
  );
  if (node.resource_type === "seed") {
    const tables = ((node as SeedNode).tables ?? []).map(({ schema: _, ...table }) => table);
    return plain([node.checksum, tables, types]);
  }
  if (node.resource_type === "procedure") {
    const tables = node.tables.map(({ schema: _, ...table }) => table);
    return plain([node.raw_code, tables]);
  }
  if (node.resource_type === "test" && node.test_type === "unit") return plain([node.unit, types]);
  return [(node as ModelNode | TestNode).raw_code, types];
}

/** Config keys that say where a relation stands or how it is found; dbt leaves them out of the comparison. */
const NOT_COMPARED = new Set(["alias", "schema", "database", "tags", "group"]);
/** All that counts in a test's config. */
const TEST_CONFIG = [
  "severity",
  "where",
  "limit",
  "fail_calc",
  "warn_if",
  "error_if",
  "store_failures",
  "store_failures_as",
];

function sameConfig(a: Node, b: Node): boolean {
  const [mine, theirs] = [unrendered(a), unrendered(b)];
  const defaults = mergeConfig(a.resource_type, []) as unknown as Record<string, unknown>;
  const keys =
    a.resource_type === "test"
      ? TEST_CONFIG
      : Object.keys({ ...mine, ...theirs }).filter((key) => !NOT_COMPARED.has(key));
  // A key that one of the two does not know (another version wrote it) stands at its default.
  const value = (config: Record<string, unknown>, key: string): unknown =>
    plain(config[key] ?? defaults[key] ?? null);
  return keys.every((key) => isDeepStrictEqual(value(mine, key), value(theirs, key)));
}

/** Config with expressions in place of their values: another target or variable is no change of the project. */
function unrendered(node: Node): Record<string, unknown> {
  return { ...node.config, ...node.unrendered_config };
}

/** Where a node stands, as the project says it and not as the target completes it. */
function relation(node: Node): unknown {
  if (node.resource_type === "source") {
    // A seeder's tables stand where the seeder's config puts them.
    return node.depends_on.nodes.length > 0 ? [node.identifier] : [node.schema, node.identifier];
  }
  const { schema, alias } = unrendered(node);
  return [schema ?? null, alias ?? null];
}

/** Tables carry their descriptions as comments; views cannot. */
function persists(node: Node): boolean {
  return node.resource_type !== "test" && !["view", "ephemeral"].includes(node.config.materialized);
}

function descriptions(node: Node): unknown {
  return [
    node.description,
    ...Object.values(node.columns).map((column) => [column.name, column.description]),
  ];
}

/** The columns that a node promises; null if it promises nothing. */
function contract(node: Node): unknown {
  const { enforced } = (unrendered(node).contract ?? {}) as { enforced?: boolean };
  if (!enforced) return null;
  return plain(
    Object.values(node.columns).map(({ description: _, tags: __, meta: ___, ...column }) => column),
  );
}

/** How old the data of a source may be, and how that is found out. */
function freshness(node: Node): unknown {
  if (node.resource_type !== "source") return null;
  return plain([node.freshness ?? null, node.loaded_at_field ?? null, node.loaded_at_query ?? null]);
}

/** As it is after a way through JSON: a manifest that was read from a file has no undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

function macrosChanged(current: Manifest, previous: Manifest): Set<string> {
  const changed = new Set<string>();
  for (const [id, macro] of Object.entries(current.macros))
    if (previous.macros[id]?.macro_sql !== macro.macro_sql) changed.add(id);
  for (const id of Object.keys(previous.macros)) if (current.macros[id] === undefined) changed.add(id);
  return changed;
}

function reachesMacro(from: readonly string[], changed: ReadonlySet<string>, manifest: Manifest): boolean {
  const seen = new Set<string>();
  const stack = [...from];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue;
    if (changed.has(id)) return true;
    seen.add(id);
    stack.push(...(manifest.macros[id]?.depends_on.macros ?? []));
  }
  return false;
}
