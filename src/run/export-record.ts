import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeJson } from "./target-folder.js";

const pathOf = (targetPath: string): string => join(targetPath, "exports.json");

/** Which node has written each exported file, by the file's path below `target/exports`. */
export function exportedBy(targetPath: string): Record<string, string> {
  try {
    const found: unknown = JSON.parse(readFileSync(pathOf(targetPath), "utf8"));
    return typeof found === "object" && found !== null ? (found as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** Notes who has written a file. Read and written without a pause in between, so that nodes of one run do not undo each other's. */
export function recordExport(targetPath: string, file: string, node: string): void {
  const known = exportedBy(targetPath);
  const name = file.replaceAll("\\", "/");
  if (known[name] === node) return;
  const files = Object.entries({ ...known, [name]: node }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeJson(pathOf(targetPath), Object.fromEntries(files));
}
