import { hash } from "node:crypto";
import type { GraphNode, Manifest } from "../manifest/index.js";
import type { Assembly } from "./assembly.js";

/** A hash of all that the manifest is made from: files, target, variables, and what TypeScript and the environment add. */
function digestOf({ project, models, seeds, sources, templateLayers }: Assembly): string {
  const { target, vars, file, cache, packages } = project;
  const written = [...models, ...seeds, ...sources].filter(
    (node) => "language" in node && node.language === "typescript",
  );
  const parts = [
    file.text,
    target.name,
    target.type,
    target.schema,
    vars,
    templateLayers,
    written,
    cache.digest(),
    ...packages.map((one) => [one.name, one.version, one.file.text, one.vars]),
  ];
  return hash("sha256", JSON.stringify(parts));
}

/** The manifest of an assembly that is without errors. */
export function toManifest(assembly: Assembly): Manifest {
  const { project } = assembly;
  const manifest: Manifest = {
    metadata: {
      project_name: project.name,
      target: project.target.name,
      adapter_type: project.target.type,
      sla_version: project.slaVersion,
      digest: digestOf(assembly),
    },
    nodes: {},
    sources: {},
    macros: {},
    metrics: {},
    exposures: {},
    dashboards: {},
    disabled: {},
    parent_map: {},
    child_map: {},
  };
  for (const node of byId([
    ...assembly.models,
    ...assembly.seeds,
    ...assembly.procedures,
    ...assembly.tests,
  ])) {
    if (node.config.enabled) manifest.nodes[node.unique_id] = node;
    else manifest.disabled[node.unique_id] = node;
  }
  for (const node of byId(assembly.sources)) {
    if (node.config.enabled) manifest.sources[node.unique_id] = node;
    else manifest.disabled[node.unique_id] = node;
  }
  const macros = assembly.together.packages.flatMap((one) =>
    [...one.macros.values()].map(({ node }) => node),
  );
  for (const node of byId(macros)) manifest.macros[node.unique_id] = node;
  for (const node of byId(assembly.metrics)) manifest.metrics[node.unique_id] = node;
  for (const node of byId(assembly.exposures)) manifest.exposures[node.unique_id] = node;
  for (const dashboard of byId(assembly.dashboards)) manifest.dashboards[dashboard.unique_id] = dashboard;
  const live: GraphNode[] = [manifest.nodes, manifest.sources, manifest.metrics, manifest.exposures].flatMap(
    (nodes) => Object.values<GraphNode>(nodes),
  );
  for (const node of live) manifest.child_map[node.unique_id] = [];
  for (const node of live) {
    const parents = node.depends_on.nodes.toSorted();
    manifest.parent_map[node.unique_id] = parents;
    for (const parent of parents) manifest.child_map[parent]?.push(node.unique_id);
  }
  for (const children of Object.values(manifest.child_map)) if (children.length > 1) children.sort();
  return manifest;
}

function byId<T extends { unique_id: string }>(nodes: readonly T[]): T[] {
  return [...nodes].sort((a, b) => (a.unique_id < b.unique_id ? -1 : a.unique_id > b.unique_id ? 1 : 0));
}
