import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SlaError } from "../../errors/index.js";
import { type OwnPackage, ownPackage } from "./own-package.js";

/** What `sla init` is told. */
export interface InitOptions {
  /** The folder of the new project, absolute; made if it does not exist. */
  dir: string;
  /** The project's name; that of the folder when absent. */
  name?: string;
  /** Replace files that are in the way. */
  force: boolean;
}

/** What `sla init` made. */
export interface Initialized {
  name: string;
  /** The files, relative to the folder, in the order of their paths. */
  created: string[];
  /** Where the command that runs comes from, and so the project's. */
  framework: OwnPackage;
}

/** Files by path. */
export type Files = ReadonlyMap<string, string>;

/** Files whose names npm or git would not leave alone in a package, by the names they have there. */
const RENAMED: Record<string, string> = { _gitignore: ".gitignore", "_env.example": ".env.example" };

const PLACEHOLDER = /PROJECT_NAME/g;
const TEMPLATE = fileURLToPath(new URL("../../../templates/shop/", import.meta.url));

/** Writes a small, complete project into a folder. Nothing is replaced, unless it is asked for. */
export function init({ dir, name, force }: InitOptions): Initialized {
  const given = checkName(name ?? projectName(basename(resolve(dir))));
  const framework = ownPackage(dir);
  const files = new Map<string, string>();
  for (const path of filesBelow(TEMPLATE)) {
    const folder = dirname(path);
    const target = join(folder, RENAMED[basename(path)] ?? basename(path));
    files.set(target, templateText(path).replace(PLACEHOLDER, given));
  }
  files.set("package.json", packageJson(given, framework));
  return { name: given, created: writeNew(dir, files, force), framework };
}

/** A file of the project that `sla init` makes. */
export function templateText(path: string): string {
  return readFileSync(join(TEMPLATE, path), "utf8");
}

/** The `package.json` of a project: the framework as its dependency, and the commands that one needs daily. */
export function packageJson(name: string, { specifier }: OwnPackage): string {
  const content = {
    name: name.toLowerCase().replace(/_/g, "-").replace(/^-+/, "") || "project",
    version: "0.1.0",
    private: true,
    type: "module",
    scripts: { build: "sla build", test: "sla test", docs: "sla docs serve" },
    dependencies: { sla: specifier },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** A project's name out of a folder's: letters, digits and underscores. */
export function projectName(folder: string): string {
  const name = folder
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  if (name === "") return "project";
  return /^\d/.test(name) ? `_${name}` : name;
}

function checkName(name: string): string {
  // The longest suffix of a schema leaves it 50 of the 64 characters that servers allow.
  if (/^[A-Za-z_][A-Za-z0-9_]{0,49}$/.test(name)) return name;
  throw new SlaError({
    code: "SLA701",
    message: `"${name}" cannot be the name of a project`,
    hint: "Give one of at most 50 letters, digits and underscores: --name shop",
  });
}

/** Writes files into a folder that has none of them; SLA702 names those that are in the way, before anything is written. */
export function writeNew(dir: string, files: Files, force: boolean): string[] {
  if (existsSync(dir) && !statSync(dir).isDirectory()) {
    throw inTheWay(`${basename(dir)} is a file`, "Name a folder.");
  }
  const paths = [...files.keys()].sort();
  const present = paths.filter((path) => existsSync(join(dir, path)));
  if (present.length > 0 && !force) {
    throw inTheWay(
      `the folder has ${present.length === 1 ? "a file" : "files"} that would be replaced: ${present.join(", ")}`,
      "Name a folder that is empty or new, or replace them with --force.",
    );
  }
  for (const path of paths) {
    try {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), files.get(path)!);
    } catch (cause) {
      throw new SlaError({
        code: "SLA112",
        message: `${path} cannot be written: ${(cause as NodeJS.ErrnoException).code ?? "unknown reason"}`,
        location: { path },
        cause,
      });
    }
  }
  return paths;
}

function inTheWay(message: string, hint: string): SlaError {
  return new SlaError({ code: "SLA702", message, hint });
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length));
}
