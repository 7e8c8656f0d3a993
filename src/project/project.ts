import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SlaError, throwIfAny } from "../errors/index.js";
import { type ResourceType, slaVersion } from "../manifest/index.js";
import { codeEdition } from "./code-edition.js";
import { type Environment, loadEnvironment } from "./environment.js";
import { FileCache } from "./file-cache.js";
import type { FolderConfig } from "./folder-config.js";
import { type ProjectYml, readProjectYml } from "./project-yml.js";
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
  for (const path of missingFolders(dir, paths)) errors.push(path);
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
  throwIfAny(errors);
  const ownVersion = slaVersion();
  const targetPath = resolve(dir, yml!.targetPath);
  return {
    dir,
    name,
    version,
    slaVersion: ownVersion,
    target: target!,
    vars: { ...yml!.vars, ...options.vars },
    secretVars: yml!.secretVars,
    publish: yml!.publish,
    reuse: yml!.reuse,
    paths,
    targetPath,
    tableau: yml!.tableau,
    configs,
    env,
    file,
    cache: new FileCache(dir, join(targetPath, "parse-cache"), cacheStamp(ownVersion)),
    typescript: new TypeScriptLoader(dir),
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

function missingFolders(dir: string, paths: ProjectYml["paths"]): SlaError[] {
  return Object.values(paths)
    .flat()
    .filter((path) => !DEFAULT_FOLDERS.includes(path) && !existsSync(join(dir, path)))
    .map(
      (path) =>
        new SlaError({
          code: "SLA104",
          message: `project.yml names the folder "${path}", which does not exist`,
          location: { path: "project.yml" },
        }),
    );
}

/** The floors whose code makes what the parse cache holds of a file. */
const CACHED_BY = ["errors", "manifest", "project", "compile"];

/** A cache is only good for the very build of `sla` that wrote it: what is derived from a file depends on its code. */
function cacheStamp(version: string): string {
  return `sla-${version}-parse-cache-${codeEdition(CACHED_BY)}`;
}
