import { SlaError } from "../errors/index.js";
import type { MacroNode, ModelNode, SeedNode } from "../manifest/index.js";
import type { Definitions, MacroDefinition, ModelDefinition, SeederDefinition } from "./definition.js";
import type { Project } from "./project.js";
import type { Exported } from "./typescript-file.js";

type Loading = Pick<Project, "typescript">;

/** The code of a TypeScript model. */
export function modelDefinition(project: Loading, node: ModelNode): Promise<ModelDefinition> {
  return definitionOf(project, "model", node.original_file_path, node.name);
}

/** The code of a seeder. */
export function seederDefinition(project: Loading, node: SeedNode): Promise<SeederDefinition> {
  return definitionOf(project, "seeder", node.original_file_path, node.name);
}

/** The code of a TypeScript macro whose file has been loaded: parsing does so. */
export function loadedMacro(project: Loading, node: MacroNode): MacroDefinition {
  return choose(
    project.typescript.loaded(node.original_file_path),
    "macro",
    node.original_file_path,
    node.name,
  );
}

/** The name a definition goes by: its own, else the export's, else the file's. */
export function definitionName(
  path: string,
  exportName: string,
  definition: { name?: string | undefined },
): string {
  if (definition.name !== undefined) return definition.name;
  return exportName === "default" ? path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "") : exportName;
}

async function definitionOf<Kind extends keyof Definitions>(
  project: Loading,
  kind: Kind,
  path: string,
  name: string,
): Promise<Definitions[Kind]> {
  return choose(await project.typescript.load(path), kind, path, name);
}

function choose<Kind extends keyof Definitions>(
  exported: readonly Exported<keyof Definitions>[],
  kind: Kind,
  path: string,
  name: string,
): Definitions[Kind] {
  for (const { kind: found, exportName, definition } of exported) {
    if (found === kind && definitionName(path, exportName, definition) === name)
      return definition as Definitions[Kind];
  }
  throw new SlaError({
    code: "SLA107",
    message: `${path} no longer defines ${kind} "${name}"`,
    location: { path },
  });
}
