import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { didYouMean, SlaError, throwIfAny } from "../errors/index.js";
import type { Manifest, Node, RelationalNode } from "../manifest/index.js";
import { relationKey } from "../manifest/index.js";
import { listFiles, type Project, unusedFolders } from "../project/index.js";
import type { Assembly } from "./assembly.js";
import { readGenericTests } from "./generic-test-files.js";
import { readMacros } from "./macros.js";
import { readModels } from "./models.js";
import { readAllProperties, unusedProperties } from "./properties-index.js";
import { resolveReferences } from "./resolve.js";
import { readSeeds } from "./seeds.js";
import { readSnapshots } from "./snapshots.js";
import { readSources } from "./sources.js";
import { readTests } from "./tests.js";
import { checkInputs } from "./unit-tests.js";

/** What parsing a project gives: the manifest, and what is odd but no error. */
export interface ParsedProject {
  manifest: Manifest;
  warnings: SlaError[];
}

/** Reads all files of a project into a manifest; throws everything that is wrong with them at once. */
export async function parseManifest(project: Project): Promise<ParsedProject> {
  const { models, snapshots, seeds, macros, tests } = project.paths;
  const roots = [...models, ...snapshots, ...seeds, ...macros, ...tests].filter((root) =>
    existsSync(join(project.dir, root)),
  );
  const assembly: Assembly = {
    project,
    files: listFiles(project.dir, roots),
    errors: [],
    warnings: [],
    macros: new Map(),
    models: [],
    seeds: [],
    sources: [],
    tests: [],
    genericTests: new Map(),
    declaredTests: [],
    templateLayers: [],
    declaredAt: new Map(),
    sharedTestConfig: { value: null },
    uses: new Map(),
  };
  const properties = readAllProperties(assembly);
  await readMacros(assembly, properties);
  readGenericTests(assembly, properties);
  await readModels(assembly, properties);
  readSnapshots(assembly, properties);
  await readSeeds(assembly, properties);
  readSources(assembly, properties);
  readTests(assembly, properties);
  refuseRepeatedNames(assembly);
  resolveReferences(assembly);
  checkInputs(assembly, properties);
  refuseSharedRelations(assembly);
  checkFolders(assembly);
  const names = (nodes: readonly { name: string }[]) => new Set(nodes.map((node) => node.name));
  const near = (existing: ReadonlySet<string>) => (name: string) => didYouMean(name, existing);
  const [modelNames, seedNames, macroNames] = [
    names(assembly.models.filter((node) => node.resource_type === "model")),
    names(assembly.seeds),
    new Set(assembly.macros.keys()),
  ];
  unusedProperties(assembly, "model", properties.models, modelNames, near(modelNames));
  const snapshotNames = names(assembly.models.filter((node) => node.resource_type === "snapshot"));
  unusedProperties(assembly, "snapshot", properties.snapshots, snapshotNames, near(snapshotNames));
  unusedProperties(assembly, "seed", properties.seeds, seedNames, near(seedNames));
  unusedProperties(assembly, "macro", properties.macros, macroNames, near(macroNames));
  const testNames = names(assembly.tests.filter((test) => test.test_type === "singular"));
  unusedProperties(assembly, "test", properties.tests, testNames, near(testNames));
  project.cache.save();
  throwIfAny(assembly.errors);
  return { manifest: toManifest(assembly), warnings: assembly.warnings };
}

function refuseRepeatedNames({ models, seeds, sources, errors }: Assembly): void {
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
    [...models, ...seeds],
    (node) => node.name.toLowerCase(),
    (node) => node.name,
  );
  refuse(
    sources,
    (node) => node.unique_id,
    (node) => `${(node as { source_name?: string }).source_name}.${node.name}`,
  );
}

function refuseSharedRelations({ models, seeds, errors }: Assembly): void {
  const built: { key: string; node: RelationalNode; name: string }[] = [];
  for (const node of [...models, ...seeds]) {
    if (!node.config.enabled || node.config.materialized === "ephemeral") continue;
    const relations =
      node.resource_type === "seed" && node.language === "typescript"
        ? node.tables
        : [{ schema: node.schema, alias: node.alias }];
    for (const { schema, alias } of relations) {
      built.push({ key: relationKey({ schema, identifier: alias }), node, name: `${schema}.${alias}` });
    }
  }
  const seen = new Map<string, RelationalNode>();
  for (const { key, node, name } of built) {
    const other = seen.get(key);
    seen.set(key, node);
    if (other === undefined || other === node) continue;
    if (other.name.toLowerCase() === node.name.toLowerCase()) continue; // already refused for its name
    errors.push(
      new SlaError({
        code: "SLA210",
        message: `"${other.name}" (${other.original_file_path}) and "${node.name}" (${node.original_file_path}) both build ${name}`,
        hint: "Give one of them another alias or schema.",
        location: { path: node.original_file_path },
        node: node.unique_id,
      }),
    );
  }
}

function checkFolders({ project, models, seeds, sources, tests, errors }: Assembly): void {
  const of = (type: Node["resource_type"]) => models.filter((node) => node.resource_type === type);
  const nodes = {
    model: of("model"),
    snapshot: of("snapshot"),
    seed: seeds,
    source: sources,
    test: tests,
  } as const;
  for (const type of ["model", "snapshot", "seed", "source", "test"] as const) {
    if (project.configs[type].inner.size === 0) continue;
    const fqns = nodes[type].map((node: Node) => node.fqn);
    errors.push(...unusedFolders(type, project.configs[type], project.name, fqns, project.file));
  }
}

/** A hash of all that the manifest is made from: files, target, variables, and what TypeScript and the environment add. */
function digestOf({ project, models, seeds, sources, templateLayers }: Assembly): string {
  const { target, vars, file, cache } = project;
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
  ];
  return hash("sha256", JSON.stringify(parts));
}

function toManifest(assembly: Assembly): Manifest {
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
    disabled: {},
    parent_map: {},
    child_map: {},
  };
  for (const node of byId([...assembly.models, ...assembly.seeds, ...assembly.tests])) {
    if (node.config.enabled) manifest.nodes[node.unique_id] = node;
    else manifest.disabled[node.unique_id] = node;
  }
  for (const node of byId(assembly.sources)) {
    if (node.config.enabled) manifest.sources[node.unique_id] = node;
    else manifest.disabled[node.unique_id] = node;
  }
  const macros = [...assembly.macros.values()].map((macro) => macro.node);
  for (const node of byId(macros)) manifest.macros[node.unique_id] = node;
  const live: Node[] = [...Object.values(manifest.nodes), ...Object.values(manifest.sources)];
  for (const node of live) manifest.child_map[node.unique_id] = [];
  for (const node of live) {
    const parents = [...node.depends_on.nodes].sort();
    manifest.parent_map[node.unique_id] = parents;
    for (const parent of parents) manifest.child_map[parent]?.push(node.unique_id);
  }
  for (const children of Object.values(manifest.child_map)) children.sort();
  return manifest;
}

function byId<T extends { unique_id: string }>(nodes: readonly T[]): T[] {
  return [...nodes].sort((a, b) => (a.unique_id < b.unique_id ? -1 : a.unique_id > b.unique_id ? 1 : 0));
}
