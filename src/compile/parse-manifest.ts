import { existsSync } from "node:fs";
import { join } from "node:path";
import { didYouMean, type SlaError, throwIfAny } from "../errors/index.js";
import { type Manifest, readables } from "../manifest/index.js";
import { listFiles, type Project } from "../project/index.js";
import type { Assembly, Together } from "./assembly.js";
import { readDashboards } from "./dashboards.js";
import { readExposures } from "./exposures.js";
import { readGenericTests } from "./generic-test-files.js";
import { MacroScope } from "./macro-scope.js";
import { readMacros } from "./macros.js";
import { readMetrics } from "./metrics.js";
import { readModels } from "./models.js";
import { checkFolders, refuseLongNames, refuseRepeatedNames, refuseSharedRelations } from "./name-checks.js";
import { readProcedures } from "./procedures.js";
import { type PropertiesIndex, readAllProperties, unusedProperties } from "./properties-index.js";
import { ReferenceLookup } from "./reference-lookup.js";
import { resolveReferences } from "./resolve.js";
import { readSeeds } from "./seeds.js";
import { readSnapshots } from "./snapshots.js";
import { readSources } from "./sources.js";
import { readTests } from "./tests.js";
import { toManifest } from "./to-manifest.js";
import { checkInputs } from "./unit-tests.js";

/** What parsing a project gives: the manifest, and what is odd but no error. */
export interface ParsedProject {
  manifest: Manifest;
  warnings: SlaError[];
}

/** Reads all files of a project and of its packages into a manifest; throws everything that is wrong with them at once. */
export async function parseManifest(project: Project): Promise<ParsedProject> {
  const together: Together = {
    packages: [],
    macros: new MacroScope([], project.name, {}),
    lookup: new ReferenceLookup(project.name, [], []),
  };
  const root = assemblyOf(project, together, undefined);
  together.packages = [root, ...project.packages.map((one) => assemblyOf(one, together, root))];
  const read = together.packages.map((assembly) => ({ assembly, properties: readAllProperties(assembly) }));
  for (const { assembly, properties } of read) {
    await readMacros(assembly, properties);
    readGenericTests(assembly, properties);
    await readModels(assembly, properties);
    readSnapshots(assembly, properties);
    await readSeeds(assembly, properties);
    readProcedures(assembly, properties);
    readSources(assembly, properties);
  }
  const whole = together.packages.length === 1 ? root : joined(together.packages);
  together.macros = new MacroScope(
    together.packages.flatMap(({ macros }) => [...macros.values()]),
    project.name,
    project.dispatch,
  );
  together.lookup = new ReferenceLookup(
    project.name,
    [...whole.models, ...whole.seeds, ...whole.procedures.flatMap(readables)],
    whole.sources,
  );
  for (const { assembly, properties } of read) readTests(assembly, properties);
  for (const { assembly, properties } of read) readMetrics(assembly, properties);
  for (const { assembly, properties } of read) {
    readExposures(assembly, properties);
    readDashboards(assembly, properties);
  }
  refuseRepeatedNames(whole);
  for (const { assembly } of read) resolveReferences(assembly);
  for (const { assembly, properties } of read) checkInputs(assembly, properties);
  refuseSharedRelations(whole);
  refuseLongNames(whole);
  const all = together.packages.length === 1 ? root : joined(together.packages);
  checkFolders(all);
  for (const { assembly, properties } of read) warnOfUnused(assembly, properties);
  project.cache.save();
  throwIfAny(root.errors);
  for (const { assembly } of read) placeInPackage(assembly);
  return { manifest: toManifest(all), warnings: root.warnings };
}

/** What is going to be read of a project or package; what goes wrong is kept with the project. */
function assemblyOf(project: Project, together: Together, root: Assembly | undefined): Assembly {
  const { models, snapshots, seeds, procedures, macros, tests } = project.paths;
  const roots = [...models, ...snapshots, ...seeds, ...procedures, ...macros, ...tests].filter((path) =>
    existsSync(join(project.dir, path)),
  );
  return {
    project,
    together,
    files: listFiles(project.dir, roots),
    errors: root?.errors ?? [],
    warnings: root?.warnings ?? [],
    macros: new Map(),
    models: [],
    seeds: [],
    procedures: [],
    sources: [],
    tests: [],
    metrics: [],
    exposures: [],
    dashboards: [],
    genericTests: new Map(),
    declaredTests: [],
    templateLayers: root?.templateLayers ?? [],
    declaredAt: root?.declaredAt ?? new Map(),
    sharedTestConfig: { value: null },
    uses: root?.uses ?? new Map(),
  };
}

/** The nodes of a project and its packages side by side. */
function joined(packages: readonly Assembly[]): Assembly {
  return {
    ...packages[0]!,
    models: packages.flatMap(({ models }) => models),
    seeds: packages.flatMap(({ seeds }) => seeds),
    procedures: packages.flatMap(({ procedures }) => procedures),
    sources: packages.flatMap(({ sources }) => sources),
    tests: packages.flatMap(({ tests }) => tests),
    metrics: packages.flatMap(({ metrics }) => metrics),
    exposures: packages.flatMap(({ exposures }) => exposures),
    dashboards: packages.flatMap(({ dashboards }) => dashboards),
  };
}

/** Lets the nodes of a package say where it lies. */
function placeInPackage({ project, macros, ...assembly }: Assembly): void {
  if (project.folder === "") return;
  const { models, seeds, procedures, sources, tests, metrics, exposures } = assembly;
  const nodes = [...models, ...seeds, ...procedures, ...sources, ...tests, ...metrics, ...exposures];
  for (const node of nodes) node.package_path = project.folder;
  for (const { node } of macros.values()) node.package_path = project.folder;
}

function warnOfUnused(assembly: Assembly, properties: PropertiesIndex): void {
  const names = {
    model: assembly.models.filter((node) => node.resource_type === "model").map((node) => node.name),
    snapshot: assembly.models.filter((node) => node.resource_type === "snapshot").map((node) => node.name),
    seed: assembly.seeds.map((node) => node.name),
    procedure: assembly.procedures.map((node) => node.name),
    macro: [...assembly.macros.keys()],
    test: assembly.tests.filter((node) => node.test_type === "singular").map((node) => node.name),
  };
  for (const kind of ["model", "snapshot", "seed", "procedure", "macro", "test"] as const) {
    const existing = new Set(names[kind]);
    unusedProperties(assembly, kind, properties[`${kind}s`], existing, (name) => didYouMean(name, existing));
  }
}
