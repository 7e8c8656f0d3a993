import { SlaError, SlaErrors } from "../../../errors/index.js";
import { Graph, type PreviousState, select } from "../../../graph/index.js";
import type { Manifest, RunResults } from "../../../manifest/index.js";
import type { SiteNode } from "../../site-data.js";
import { core, positionOf } from "../store.js";

/** The resource types that selectors know, where the site says it otherwise. */
const RESOURCE_TYPES: Partial<Record<SiteNode["kind"], string>> = {
  unit_test: "test",
  dashboard: "exposure",
};

interface Scope {
  manifest: Manifest;
  graph: Graph;
  state: PreviousState;
}

let scope: Scope | undefined;

/** What a selector selects, by position; the grammar is the command line's. Throws a message that says what is wrong with it. */
export function selectPositions(selector: string): number[] {
  scope ??= makeScope();
  const { manifest, graph, state } = scope;
  try {
    const { ids, warnings } = select(manifest, graph, { select: [selector], state });
    const [warning] = warnings;
    if (ids.length === 0 && warning !== undefined) throw new Error(warning);
    return ids.flatMap((id) => positionOf(id) ?? []);
  } catch (thrown) {
    throw new Error(messageOf(thrown));
  }
}

function messageOf(thrown: unknown): string {
  const first = thrown instanceof SlaErrors ? thrown.errors[0] : thrown;
  if (first instanceof SlaError) return [first.message, first.hint].filter(Boolean).join(". ");
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** As much of a manifest as selectors look at. */
function makeScope(): Scope {
  const parts: Record<"nodes" | "sources" | "metrics" | "exposures", Record<string, unknown>> = {
    nodes: {},
    sources: {},
    metrics: {},
    exposures: {},
  };
  const parent_map: Record<string, string[]> = {};
  const child_map: Record<string, string[]> = {};
  for (const node of core.nodes) {
    if (node.kind === "macro") continue;
    const resource_type = RESOURCE_TYPES[node.kind] ?? node.kind;
    const within =
      resource_type === "source"
        ? parts.sources
        : resource_type === "metric"
          ? parts.metrics
          : resource_type === "exposure"
            ? parts.exposures
            : parts.nodes;
    within[node.id] = selectable(node, resource_type);
    parent_map[node.id] = node.parents.map((at) => core.nodes[at]!.id);
    child_map[node.id] ??= [];
    for (const parent of parent_map[node.id]!) {
      child_map[parent] ??= [];
      child_map[parent]!.push(node.id);
    }
  }
  const manifest = {
    metadata: { project_name: core.project.name },
    ...parts,
    macros: {},
    dashboards: {},
    disabled: {},
    parent_map,
    child_map,
  } as unknown as Manifest;
  return { manifest, graph: Graph.of(manifest), state: lastResults() };
}

function selectable(node: SiteNode, resource_type: string): unknown {
  const [source_name = "", ...rest] = node.kind === "source" ? node.name.split(".") : [];
  return {
    unique_id: node.id,
    resource_type,
    test_type: node.test?.type,
    name: node.kind === "source" ? rest.join(".") : node.name,
    source_name,
    package_name: node.package,
    original_file_path: node.path,
    patch_path: node.patch,
    fqn: node.fqn,
    tags: node.tags,
    config: { ...core.defaults, ...node.config },
    test_metadata: node.test?.name == null ? null : { name: node.test.name },
    depends_on: { nodes: node.parents.map((at) => core.nodes[at]!.id), macros: [] },
  };
}

/** What `result:` goes by: each node as its last run left it. */
function lastResults(): PreviousState {
  const results = core.nodes.flatMap(({ id, state }) =>
    state === null ? [] : [{ unique_id: id, status: state.status }],
  );
  return {
    folder: "the last run",
    manifest: null,
    results: { results } as unknown as RunResults,
    sources: null,
    currentSources: null,
  };
}
