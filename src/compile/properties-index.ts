import { SlaError } from "../errors/index.js";
import {
  type DashboardProperties,
  type ExposureProperties,
  locateYaml,
  type MetricProperties,
  type NodeProperties,
  type ProcedureProperties,
  type Properties,
  readProperties,
  type SourceProperties,
  type UnitTestProperties,
  type YamlPath,
} from "../project/index.js";
import { type Assembly, collect, filesOf } from "./assembly.js";

/** An entry of a properties file, with where it stands. */
export interface Placed<Entry> {
  entry: Entry;
  /** The properties file, below the project, and the resource folder it lies in. */
  path: string;
  root: string;
  at: YamlPath;
}

/** All properties of a project, by kind and name. */
export interface PropertiesIndex {
  models: Map<string, Placed<NodeProperties>>;
  snapshots: Map<string, Placed<Properties["snapshots"][number]>>;
  seeds: Map<string, Placed<NodeProperties>>;
  procedures: Map<string, Placed<ProcedureProperties>>;
  sources: Map<string, Placed<SourceProperties>>;
  macros: Map<string, Placed<Properties["macros"][number]>>;
  tests: Map<string, Placed<Properties["tests"][number]>>;
  unitTests: Map<string, Placed<UnitTestProperties>>;
  metrics: Map<string, Placed<MetricProperties>>;
  exposures: Map<string, Placed<ExposureProperties>>;
  dashboards: Map<string, Placed<DashboardProperties>>;
}

/** Reads all properties files; an entry that is given twice is an error that names both files. */
export function readAllProperties(assembly: Assembly): PropertiesIndex {
  const index: PropertiesIndex = {
    models: new Map(),
    snapshots: new Map(),
    seeds: new Map(),
    procedures: new Map(),
    sources: new Map(),
    macros: new Map(),
    tests: new Map(),
    unitTests: new Map(),
    metrics: new Map(),
    exposures: new Map(),
    dashboards: new Map(),
  };
  const { paths } = assembly.project;
  const { models, snapshots, seeds, procedures, macros, tests } = paths;
  const roots = [...models, ...snapshots, ...seeds, ...procedures, ...macros, ...tests];
  for (const { path, root } of filesOf(assembly, roots, /\.ya?ml$/i)) {
    const properties = collect(assembly.errors, () => assembly.project.cache.derive(path, readProperties));
    if (properties === undefined) continue;
    const add = <Entry extends { name: string }>(
      kind: keyof Properties,
      entries: readonly Entry[],
      map: Map<string, Placed<Entry>>,
    ) => {
      for (const [at, entry] of entries.entries()) {
        const placed = { entry, path, root, at: [kind, at] };
        const other = map.get(entry.name);
        if (other === undefined) map.set(entry.name, placed);
        else assembly.errors.push(twice(assembly, kind, placed, other));
      }
    };
    add("models", properties.models, index.models);
    add("snapshots", properties.snapshots, index.snapshots);
    add("seeds", properties.seeds, index.seeds);
    add("procedures", properties.procedures, index.procedures);
    add("sources", properties.sources, index.sources);
    add("macros", properties.macros, index.macros);
    add("tests", properties.tests, index.tests);
    add("metrics", properties.metrics, index.metrics);
    add("exposures", properties.exposures, index.exposures);
    add("dashboards", properties.dashboards, index.dashboards);
    add("unit_tests", properties.unit_tests, index.unitTests);
    add("data_tests", properties.data_tests, index.tests);
  }
  return index;
}

/** Where an entry, or something in it, stands. */
export function locate(
  assembly: Assembly,
  placed: Placed<unknown>,
  inner: YamlPath = [],
  what?: "key" | "value",
) {
  return locateYaml(readText(assembly, placed.path), [...placed.at, ...inner], what);
}

function twice(
  assembly: Assembly,
  kind: string,
  placed: Placed<{ name: string }>,
  other: Placed<unknown>,
): SlaError {
  const word = kind.replace(/s$/, "").replace("_", " ");
  return new SlaError({
    code: "SLA105",
    message: `${word} "${placed.entry.name}" has properties in ${other.path} and in ${placed.path}`,
    hint: "Keep one of the two.",
    location: locate(assembly, placed, ["name"]),
  });
}

/** Warnings for entries that describe nothing. */
export function unusedProperties(
  assembly: Assembly,
  word: string,
  placed: ReadonlyMap<string, Placed<unknown>>,
  existing: ReadonlySet<string>,
  hint: (name: string) => string | undefined,
): void {
  for (const [name, entry] of placed) {
    if (existing.has(name)) continue;
    assembly.warnings.push(
      new SlaError({
        code: "SLA111",
        message: `there is no ${word} "${name}", but it has properties`,
        hint: hint(name),
        location: locate(assembly, entry, ["name"]),
      }),
    );
  }
}

function readText(assembly: Assembly, path: string) {
  return assembly.project.cache.read(path);
}
