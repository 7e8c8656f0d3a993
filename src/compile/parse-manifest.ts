import { existsSync } from "node:fs";
import { join } from "node:path";
import { didYouMean, type SlaError, throwIfAny } from "../errors/index.js";
import type { Manifest } from "../manifest/index.js";
import { listFiles, type Project } from "../project/index.js";
import type { Assembly } from "./assembly.js";
import { readDashboards } from "./dashboards.js";
import { readExposures } from "./exposures.js";
import { readGenericTests } from "./generic-test-files.js";
import { readMacros } from "./macros.js";
import { readMetrics } from "./metrics.js";
import { readModels } from "./models.js";
import { checkFolders, refuseLongNames, refuseRepeatedNames, refuseSharedRelations } from "./name-checks.js";
import { readProcedures } from "./procedures.js";
import { type PropertiesIndex, readAllProperties, unusedProperties } from "./properties-index.js";
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

/** Reads all files of a project into a manifest; throws everything that is wrong with them at once. */
export async function parseManifest(project: Project): Promise<ParsedProject> {
  const { models, snapshots, seeds, procedures, macros, tests } = project.paths;
  const roots = [...models, ...snapshots, ...seeds, ...procedures, ...macros, ...tests].filter((root) =>
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
    procedures: [],
    sources: [],
    tests: [],
    metrics: [],
    exposures: [],
    dashboards: [],
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
  readProcedures(assembly, properties);
  readSources(assembly, properties);
  readTests(assembly, properties);
  readMetrics(assembly, properties);
  readExposures(assembly, properties);
  readDashboards(assembly, properties);
  refuseRepeatedNames(assembly);
  resolveReferences(assembly);
  checkInputs(assembly, properties);
  refuseSharedRelations(assembly);
  refuseLongNames(assembly);
  checkFolders(assembly);
  warnOfUnused(assembly, properties);
  project.cache.save();
  throwIfAny(assembly.errors);
  return { manifest: toManifest(assembly), warnings: assembly.warnings };
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
