import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SlaError, throwIfAny } from "../errors/index.js";
import { type ResourceType, slaVersion } from "../manifest/index.js";
import { codeEdition } from "./code-edition.js";
import { type Environment, loadEnvironment } from "./environment.js";
import { FileCache } from "./file-cache.js";
import type { FolderConfig } from "./folder-config.js";
import { checkVersion, type Package, readPackages } from "./packages.js";
import { type ProjectYml, readProjectYml, scopedVars } from "./project-yml.js";
import type { TableauSettings } from "./tableau-settings.js";
import type { TargetConfig } from "./target.js";
import { chooseTarget } from "./target-settings.js";
import { TypeScriptLoader } from "./typescript-file.js";
import type { YamlText } from "./yaml-file.js";

/** Where a project is and what the command line says about it. */
export interface LoadOptions {
  projectDir: string;
  /** Name of the target; the project's own choice, else `local`, when absent. */
  target?: string | undefined;
  threads?: number | undefined;
  /** Variables of the command line: they win over the project's. */
  vars?: Record<string, unknown> | undefined;
  env: NodeJS.ProcessEnv;
  /** False where no connection is made (parse, ls): then missing environment variables are no error. */
  requireTarget?: boolean | undefined;
}

/** A project as `project.yml` describes it, for one target. Holds secrets: never print it whole. */
export interface Project {
  /** Absolute. */
  dir: string;
  name: string;
  version: string;
  /** Of `sla` itself. */
  slaVersion: string;
  target: TargetConfig;
  /** The project's variables, with those of the command line over them. */
  vars: Record<string, unknown>;
  /** Names of those whose values nobody may read. */
  secretVars: readonly string[];
  /** What a failure keeps from readers: everything (`all`), or what it touches (`passed`). */
  publish: "all" | "passed";
  /** Whether runs leave as they are the nodes for which nothing has changed. */
  reuse: boolean;
  /** Folders by kind, below the project. */
  paths: ProjectYml["paths"];
  /** Absolute path of the folder for what `sla` writes. */
  targetPath: string;
  /** What Tableau files say of the server. */
  tableau: TableauSettings;
  /** Config by folder, for each kind of node. */
  configs: Record<ResourceType, FolderConfig>;
  env: Environment;
  /** `project.yml` itself, to say where something stands in it. */
  file: YamlText;
  /** What was made of the project's files, remembered between commands. */
  cache: FileCache;
  /** Loads the project's TypeScript. */
  typescript: TypeScriptLoader;
  /** Where its files lie, below or beside the project that is being run: empty for that one itself. */
  folder: string;
  /** The name of the npm package that it is; null for one that is a folder. */
  npm: string | null;
  /** The packages that it uses, and those of theirs: each a project with paths, variables and config of its own, on the same target. */
  packages: readonly Project[];
  /** Packages in whose macros a name is looked for, by the package that it is called of. */
  dispatch: Readonly<Record<string, readonly string[]>>;
}

/** The project that a node belongs to: this one, or one of its packages. */
export function projectOf(project: Project, packageName: string): Project {
  return project.packages.find(({ name }) => name === packageName) ?? project;
}

/** Reads `project.yml` and the environment; throws everything that is wrong with them at once. */
export async function loadProject(options: LoadOptions): Promise<Project> {
  const dir = resolve(options.projectDir);
  const file: YamlText = { path: "project.yml", text: readProjectFile(dir) };
  const env = loadEnvironment(dir, options.env);
  const errors: SlaError[] = [];
  const yml = readProjectYml(file, errors);
  if (yml === undefined) throwIfAny(errors);
  const { name, version, paths, configs } = yml!;
  errors.push(...missingFolders(dir, paths, file.path));
  const target = chooseTarget(
    {
      name: options.target ?? yml!.target,
      targets: yml!.targets,
      threads: options.threads,
      projectThreads: yml!.threads,
      projectDir: dir,
      env,
      required: options.requireTarget ?? true,
      file,
    },
    errors,
  );
  const ownVersion = slaVersion();
  checkVersion(yml!, file, ownVersion, errors);
  const packages = readPackages({ dir, yml: yml!, file, slaVersion: ownVersion }, errors);
  for (const { folder, yml: other, file: where } of packages)
    errors.push(...missingFolders(join(dir, folder), other.paths, where.path));
  throwIfAny(errors);
  const targetPath = resolve(dir, yml!.targetPath);
  const project: Project = {
    dir,
    name,
    version,
    slaVersion: ownVersion,
    target: target!,
    secretVars: yml!.secretVars,
    vars: { ...scopedVars(yml!.vars, name), ...options.vars },
    publish: yml!.publish,
    reuse: yml!.reuse,
    paths,
    targetPath,
    tableau: yml!.tableau,
    configs,
    env,
    file,
    cache: new FileCache(dir, join(targetPath, "parse-cache"), cacheStamp(ownVersion)),
    typescript: new TypeScriptLoader(
      dir,
      packages.map(({ folder }) => folder),
    ),
    folder: "",
    npm: null,
    packages: [],
    dispatch: yml!.dispatch,
  };
  return { ...project, packages: packages.map((one) => packageProject(project, one, yml!, options.vars)) };
}

/** A package as a project: its own files and config, the target and the tools of the project that uses it. */
function packageProject(
  project: Project,
  { name, version, folder, npm, yml, file }: Package,
  root: ProjectYml,
  given: Record<string, unknown> | undefined,
): Project {
  const below = (paths: readonly string[]) => paths.map((path) => `${folder}/${path}`);
  const { models, snapshots, seeds, macros, tests, procedures } = yml.paths;
  return {
    ...project,
    name,
    version,
    folder,
    npm,
    file,
    configs: yml.configs,
    vars: { ...scopedVars(yml.vars, name), ...scopedVars(root.vars, name), ...given },
    paths: {
      models: below(models),
      snapshots: below(snapshots),
      seeds: below(seeds),
      macros: below(macros),
      tests: below(tests),
      procedures: below(procedures),
    },
  };
}

function readProjectFile(dir: string): string {
  const path = join(dir, "project.yml");
  if (existsSync(path)) return readFileSync(path, "utf8");
  throw new SlaError({
    code: "SLA101",
    message: existsSync(dir) ? `there is no project.yml in ${dir}` : `the folder ${dir} does not exist`,
    hint: "Run sla in the folder that holds project.yml, or name that folder with --project-dir.",
  });
}

const DEFAULT_FOLDERS = ["models", "snapshots", "seeds", "macros", "tests", "procedures"];

function missingFolders(dir: string, paths: ProjectYml["paths"], file: string): SlaError[] {
  return Object.values(paths)
    .flat()
    .filter((path) => !DEFAULT_FOLDERS.includes(path) && !existsSync(join(dir, path)))
    .map(
      (path) =>
        new SlaError({
          code: "SLA104",
          message: `${file} names the folder "${path}", which does not exist`,
          location: { path: file },
        }),
    );
}

/** The floors whose code makes what the parse cache holds of a file. */
const CACHED_BY = ["errors", "manifest", "project", "compile"];

/** A cache is only good for the very build of `sla` that wrote it: what is derived from a file depends on its code. */
function cacheStamp(version: string): string {
  return `sla-${version}-parse-cache-${codeEdition(CACHED_BY)}`;
}
