import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";

const RELATIVE = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'](\.{1,2}\/[^"'\n]+)["']/g;
const CODE = /\.[cm]?[jt]sx?$/;

/** The text of each file that the given ones import by relative paths, and those in turn, by path from the project: also of such as lie outside it. */
export function importedCode(projectDir: string, paths: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const open = [...paths];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = readFileSync(join(projectDir, path), "utf8");
    found.set(path, text);
    if (!CODE.test(path)) continue;
    for (const [, specifier] of text.matchAll(RELATIVE)) {
      const imported = resolved(projectDir, posix.join(dirname(path), specifier!));
      if (imported !== undefined) open.push(imported);
    }
  }
  for (const path of paths) found.delete(path);
  return found;
}

/** The file that a path in an import means: itself, the TypeScript that becomes it, or a folder's index. */
function resolved(projectDir: string, path: string): string | undefined {
  const candidates = [path, path.replace(/js(x?)$/, "ts$1"), `${path}.ts`, `${path}.js`, `${path}/index.ts`];
  return candidates.find((one) => {
    const absolute = join(projectDir, one);
    return existsSync(absolute) && statSync(absolute).isFile();
  });
}
