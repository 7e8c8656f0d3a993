import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

/** A file of the project. */
export interface SourceFile {
  /** Below the project, with forward slashes. */
  path: string;
  /** The resource folder it was found in, below the project: `models`. */
  root: string;
}

/** All files below the given folders in the order of their paths, without dot files and `node_modules`. */
export function listFiles(projectDir: string, roots: readonly string[]): SourceFile[] {
  const files: SourceFile[] = [];
  for (const root of new Set(roots)) walk(projectDir, root, root, files, []);
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function walk(
  projectDir: string,
  root: string,
  folder: string,
  files: SourceFile[],
  above: readonly string[],
): void {
  const absolute = join(projectDir, folder);
  const entries = readdirSync(absolute, { withFileTypes: true, encoding: "utf8" });
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isFile()) files.push({ path, root });
    else if (entry.isDirectory()) walk(projectDir, root, path, files, above);
    else if (entry.isSymbolicLink()) {
      const target = statSync(join(projectDir, path), { throwIfNoEntry: false });
      if (target?.isFile()) files.push({ path, root });
      else if (target?.isDirectory()) {
        // A link to a folder above would never end.
        const real = realpathSync(join(projectDir, path));
        if (!above.includes(real) && !`${realpathSync(absolute)}/`.startsWith(`${real}/`)) {
          walk(projectDir, root, path, files, [...above, real]);
        }
      }
    }
  }
}
