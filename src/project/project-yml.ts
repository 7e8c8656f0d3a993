import { z } from "zod";
import type { SlaError } from "../errors/index.js";
import type { ResourceType } from "../manifest/index.js";
import { type FolderConfig, readFolderConfig } from "./folder-config.js";
import { checkShape, mapping, object, strings } from "./shape.js";
import { type TableauSettings, tableauSettings, tableauShape } from "./tableau-settings.js";
import { threads } from "./target-settings.js";
import { parseYaml, type YamlText } from "./yaml-file.js";

/** The kinds of folders a project has, by the key that names them. */
const PATHS = {
  "model-paths": ["models"],
  "snapshot-paths": ["snapshots"],
  "seed-paths": ["seeds"],
  "macro-paths": ["macros"],
  "test-paths": ["tests"],
  "procedure-paths": ["procedures"],
};

const identifier = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: "expected letters, digits and underscores" });

const tree = mapping.nullish();

const packageEntry = object({
  npm: z
    .string()
    .regex(/^(?:@[\w.~-]+\/)?[\w.~-]+$/, { error: "expected the name of an npm package" })
    .optional(),
  local: z.string().optional(),
}).refine(({ npm, local }) => npm === undefined || local === undefined, {
  error: "expected - npm: NAME or - local: FOLDER",
});

/** A package that a project uses: installed by npm, or a folder. */
export type PackageEntry = z.output<typeof packageEntry>;

/** What `project.yml` may say. */
export const PROJECT_SHAPE = object({
  name: identifier,
  version: z
    .union([z.string(), z.number()], { error: "expected a version" })
    .transform(String)
    .default("0.0.0"),
  target: z.string().default("local"),
  targets: z.record(z.string(), mapping).nullish(),
  threads: threads.optional(),
  vars: mapping.nullish(),
  "secret-vars": strings.optional(),
  packages: z.array(packageEntry, { error: "expected a list of packages" }).nullish(),
  dispatch: z
    .array(object({ macro_namespace: identifier, search_order: z.array(identifier) }), {
      error: "expected a list of {macro_namespace: …, search_order: […]}",
    })
    .nullish(),
  "require-sla-version": strings.optional(),
  publish: z.enum(["all", "passed"], { error: "expected all or passed" }).default("all"),
  reuse: z.boolean({ error: "expected true or false" }).default(false),
  "model-paths": strings.optional(),
  "snapshot-paths": strings.optional(),
  "seed-paths": strings.optional(),
  "macro-paths": strings.optional(),
  "test-paths": strings.optional(),
  "procedure-paths": strings.optional(),
  "target-path": z.string().default("target"),
  tableau: tableauShape,
  models: tree,
  snapshots: tree,
  seeds: tree,
  procedures: tree,
  sources: tree,
  tests: tree,
  data_tests: tree,
});

/** What `project.yml` says, checked. */
export interface ProjectYml {
  name: string;
  version: string;
  target: string;
  targets: Record<string, Record<string, unknown>>;
  threads: number | undefined;
  /** As they are written: those of a package stand below its name. */
  vars: Record<string, unknown>;
  secretVars: string[];
  packages: PackageEntry[];
  /** Packages in whose macros a name is looked for, by the package that it is called of. */
  dispatch: Record<string, string[]>;
  /** Versions of `sla`. */
  requires: string[];
  publish: "all" | "passed";
  reuse: boolean;
  paths: {
    models: string[];
    snapshots: string[];
    seeds: string[];
    macros: string[];
    tests: string[];
    procedures: string[];
  };
  targetPath: string;
  tableau: TableauSettings;
  configs: Record<ResourceType, FolderConfig>;
}

/** Reads `project.yml`; undefined when it is so wrong that nothing can be made of it. */
export function readProjectYml(file: YamlText, errors: SlaError[]): ProjectYml | undefined {
  const data = parseYaml(file);
  const yml = checkShape(PROJECT_SHAPE, data, file, errors);
  // The folders are looked into all the same: whoever mends the file wants to know everything that is wrong with it.
  const given = (yml ?? data ?? {}) as Record<string, unknown>;
  const folders = (type: ResourceType, ...keys: string[]) => {
    const key = keys.find((candidate) => isMapping(given[candidate])) ?? keys[0]!;
    return readFolderConfig(type, isMapping(given[key]) ? given[key] : {}, file, [key], errors);
  };
  const configs = {
    model: folders("model", "models"),
    snapshot: folders("snapshot", "snapshots"),
    seed: folders("seed", "seeds"),
    procedure: folders("procedure", "procedures"),
    source: folders("source", "sources"),
    test: folders("test", "data_tests", "tests"),
  };
  if (yml === undefined) return undefined;
  const paths = (key: keyof typeof PATHS) => (yml[key] ?? PATHS[key]).map((path) => path.replace(/\/+$/, ""));
  return {
    name: yml.name,
    version: yml.version,
    target: yml.target,
    targets: yml.targets ?? {},
    threads: yml.threads,
    secretVars: yml["secret-vars"] ?? [],
    vars: yml.vars ?? {},
    packages: yml.packages ?? [],
    dispatch: Object.fromEntries(
      (yml.dispatch ?? []).map(({ macro_namespace, search_order }) => [macro_namespace, search_order]),
    ),
    requires: yml["require-sla-version"] ?? [],
    publish: yml.publish,
    reuse: yml.reuse,
    paths: {
      models: paths("model-paths"),
      snapshots: paths("snapshot-paths"),
      seeds: paths("seed-paths"),
      macros: paths("macro-paths"),
      tests: paths("test-paths"),
      procedures: paths("procedure-paths"),
    },
    targetPath: yml["target-path"],
    tableau: tableauSettings(yml.tableau),
    configs,
  };
}

/** The variables that a package reads: dbt lets them stand below its name, too, and those win. */
export function scopedVars(vars: Record<string, unknown>, packageName: string): Record<string, unknown> {
  const own = vars[packageName];
  if (!isMapping(own)) return vars;
  const { [packageName]: _, ...shared } = vars;
  return { ...shared, ...own };
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
