import type { SlaError } from "../errors/index.js";
import type { ResourceType } from "../manifest/index.js";
import { CONFIG_SHAPES, type ConfigLayer, configKeys } from "./node-config.js";
import { checkShape, unknownKey } from "./shape.js";
import type { YamlPath, YamlText } from "./yaml-file.js";

/** What `project.yml` says for one folder, and for the folders (or nodes) in it. */
export interface FolderConfig {
  config: ConfigLayer;
  inner: Map<string, FolderConfig>;
  /** Where it stands in `project.yml`. */
  path: YamlPath;
}

/**
 * Reads a tree such as `staging: {+materialized: view, tickets: {…}}`. A key is a config key if it starts with `+` or is
 * one by name; any other key must be a folder or node, which is checked later against what there is.
 */
export function readFolderConfig(
  type: ResourceType,
  value: unknown,
  file: YamlText,
  path: YamlPath,
  errors: SlaError[],
): FolderConfig {
  const folder: FolderConfig = { config: {}, inner: new Map(), path };
  const known = configKeys(type);
  for (const [key, inner] of Object.entries((value ?? {}) as Record<string, unknown>)) {
    const name = key.startsWith("+") ? key.slice(1) : key;
    if (known.includes(name)) {
      const shape = CONFIG_SHAPES[type].shape[name as never];
      const checked = checkShape(shape, inner, file, errors, [...path, key]);
      if (checked !== undefined) Object.assign(folder.config, { [name]: checked });
    } else if (key.startsWith("+") || inner === null || typeof inner !== "object" || Array.isArray(inner)) {
      errors.push(unknownKey(key, known, file, path));
    } else {
      folder.inner.set(key, readFolderConfig(type, inner, file, [...path, key], errors));
    }
  }
  return folder;
}

/** The layers that apply to a node, outermost first; the package's name is optional as the first level. */
export function folderLayers(root: FolderConfig, fqn: readonly string[]): ConfigLayer[] {
  const layers = [root.config];
  const owners = [root, root.inner.get(fqn[0]!)];
  for (const owner of owners) {
    let folder = owner;
    if (folder !== undefined && folder !== root) layers.push(folder.config);
    for (let depth = 1; folder !== undefined && depth < fqn.length; depth++) {
      folder = folder.inner.get(fqn[depth]!);
      if (folder !== undefined) layers.push(folder.config);
    }
  }
  return layers;
}

/** The layers that the project's own tree has for a node of a package: what it says of all nodes, and below the package's name. */
export function packageLayers(root: FolderConfig, fqn: readonly string[]): ConfigLayer[] {
  const layers = [root.config];
  let folder: FolderConfig | undefined = root;
  for (const name of fqn) {
    folder = folder.inner.get(name);
    if (folder === undefined) break;
    layers.push(folder.config);
  }
  return layers;
}

/** Errors for entries that name no folder or node: `exists` knows the dotted prefixes of all fqns, without the package. */
export function unusedFolders(
  type: ResourceType,
  root: FolderConfig,
  packageName: string,
  fqns: Iterable<readonly string[]>,
  file: YamlText,
  packages: readonly string[] = [],
): SlaError[] {
  interface Names extends Map<string, Names> {}
  const names: Names = new Map();
  const others: Names = new Map(packages.map((name) => [name, new Map()]));
  for (const fqn of fqns) {
    let level = fqn[0] === packageName ? names : (others.get(fqn[0]!) ?? names);
    for (const name of fqn.slice(1)) {
      const next: Names = level.get(name) ?? new Map();
      level.set(name, next);
      level = next;
    }
  }
  const errors: SlaError[] = [];
  const visit = (folder: FolderConfig, level: Names, atRoot: boolean): void => {
    for (const [name, inner] of folder.inner) {
      const next = level.get(name) ?? (atRoot ? others.get(name) : undefined);
      if (atRoot && name === packageName) visit(inner, names, false);
      else if (next !== undefined) visit(inner, next, false);
      else
        errors.push(
          unknownKey(
            name,
            [...configKeys(type), ...level.keys(), ...(atRoot ? packages : [])],
            file,
            folder.path,
          ),
        );
    }
  };
  visit(root, names, true);
  return errors;
}
