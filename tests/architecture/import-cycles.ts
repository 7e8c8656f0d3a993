import type { SourceFile } from "./source-tree.js";

/** One exact cycle (first file repeated at its end) for each knot of files that import each other. */
export function importCycles(files: readonly SourceFile[]): string[][] {
  const targets = new Map(
    files.map((file) => [file.path, [...new Set(file.imports.flatMap(({ target }) => target ?? []))].sort()]),
  );
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (path: string, trail: string[]): void => {
    const at = trail.indexOf(path);
    if (at !== -1) {
      const cycle = trail.slice(at);
      if (!cycles.some((known) => known.some((file) => cycle.includes(file)))) cycles.push([...cycle, path]);
      return;
    }
    if (done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of [...targets.keys()].sort()) visit(path, []);
  return cycles;
}
