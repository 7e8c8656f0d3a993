import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Jiti } from "jiti";
import { type Location, SlaError } from "../errors/index.js";
import { type Definitions, definitionKind } from "./definition.js";

/** A definition that a TypeScript file exports, and under which name. */
export interface Exported<Kind extends keyof Definitions> {
  kind: Kind;
  /** `default`, or the name of the export. */
  exportName: string;
  definition: Definitions[Kind];
}

/** Loads the TypeScript (or JavaScript) files of a project without a build step; each once. */
export class TypeScriptLoader {
  readonly #projectDir: string;
  readonly #folders: readonly string[];
  readonly #loaded = new Map<string, Promise<Exported<keyof Definitions>[]>>();
  readonly #definitions = new Map<string, Exported<keyof Definitions>[]>();
  #jiti: Promise<Jiti> | undefined;

  /** `folders` are those of the project's packages, below or beside it. */
  constructor(projectDir: string, folders: readonly string[] = []) {
    this.#folders = folders;
    this.#projectDir = projectDir;
  }

  /** What the file defines: the exports that `defineModel`, `defineSeeder` or `defineMacro` made. */
  load(path: string): Promise<Exported<keyof Definitions>[]> {
    const loaded = this.#loaded.get(path) ?? this.#load(path);
    this.#loaded.set(path, loaded);
    return loaded;
  }

  /** What a file defines that was loaded before; nothing when it was not. */
  loaded(path: string): readonly Exported<keyof Definitions>[] {
    return this.#definitions.get(path) ?? [];
  }

  async #load(path: string): Promise<Exported<keyof Definitions>[]> {
    this.#jiti ??= createLoader(this.#projectDir);
    const jiti = await this.#jiti;
    try {
      const definitions = definitionsAmong(
        await jiti.import<Record<string, unknown>>(join(this.#projectDir, path)),
      );
      this.#definitions.set(path, definitions);
      return definitions;
    } catch (error) {
      throw loadError(error, this.#projectDir, this.#folders, path);
    }
  }
}

function definitionsAmong(exports: Record<string, unknown>): Exported<keyof Definitions>[] {
  const found: Exported<keyof Definitions>[] = [];
  for (const [exportName, value] of Object.entries(exports)) {
    const kind = definitionKind(value);
    if (kind !== undefined && !found.some(({ definition }) => definition === value)) {
      found.push({ kind, exportName, definition: value as Definitions[typeof kind] });
    }
  }
  return found;
}

async function createLoader(projectDir: string): Promise<Jiti> {
  const { createJiti } = await import("jiti");
  return createJiti(pathToFileURL(join(projectDir, "project.yml")).href, {
    alias: { sla: ownIndex() },
    interopDefault: false,
    // Our own modules are loaded once, natively: a second copy would only cost time.
    nativeModules: ["sla"],
  });
}

/** The file that `import … from "sla"` means in a user's project, whether or not the package is installed there. */
function ownIndex(): string {
  const compiled = fileURLToPath(new URL("../index.js", import.meta.url));
  return existsSync(compiled) ? compiled : fileURLToPath(new URL("../index.ts", import.meta.url));
}

function loadError(thrown: unknown, projectDir: string, folders: readonly string[], path: string): SlaError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const message = error.message
    .split("\n")[0]!
    .replaceAll(`${projectDir}${sep}`, "")
    .replaceAll(`${projectDir}/`, "");
  return new SlaError({
    code: "SLA107",
    message: `${path} cannot be loaded: ${message}`,
    hint: hintFor(error),
    location: thrownAt(error, projectDir, folders) ?? syntaxErrorAt(error, path) ?? { path },
    cause: thrown,
  });
}

function hintFor(error: Error): string | undefined {
  const missing = /Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1];
  if (missing === undefined) return undefined;
  return missing.startsWith(".") || missing.startsWith("/")
    ? "Is the path right?"
    : `Install it where the project is: npm install ${packageOf(missing)}`;
}

/** `@scope/name/file` is of the package `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** jiti says where a syntax error is at the end of its message: `(12:7)`, the column counted from 0. */
function syntaxErrorAt(error: Error, path: string): Location | undefined {
  const match = /\((\d+):(\d+)\)/.exec(error.message);
  return match ? { path, line: Number(match[1]), column: Number(match[2]) + 1 } : undefined;
}

/** The topmost frame of a stack that lies in the files of the project, or of a package in one of `folders`, and in none of their dependencies. */
function thrownAt(
  thrown: unknown,
  projectDir: string,
  folders: readonly string[] = [],
): Location | undefined {
  if (!(thrown instanceof Error)) return undefined;
  for (const [, file, line, column] of (thrown.stack ?? "").matchAll(
    /\(?(?:file:\/\/)?((?:\/|[A-Z]:)[^\s():]+):(\d+):(\d+)\)?/g,
  )) {
    const path = relative(projectDir, file!).split(sep).join("/");
    const folder = folders.find((one) => path.startsWith(`${one}/`));
    const below = folder === undefined ? path : path.slice(folder.length + 1);
    if (below.startsWith("..") || below.includes("node_modules") || /^(?:dist|src)\//.test(below)) continue;
    return { path, line: Number(line), column: Number(column) };
  }
  return undefined;
}
