import { relative, sep } from "node:path";
import { type Location, SlaError } from "../errors/index.js";

/** An error thrown by a TypeScript model or seeder, with the file and line of the project where it was thrown. */
export function userCodeError(
  thrown: unknown,
  node: { unique_id: string; name: string; original_file_path: string; package_path?: string },
  projectDir: string,
): SlaError {
  if (thrown instanceof SlaError) return placed(thrown, node, projectDir);
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new SlaError({
    code: "SLA502",
    message: `"${node.name}" threw ${message}`,
    hint:
      hintOf(thrown) ?? "This is thrown by the code of the project. Run again with --debug for its stack.",
    location: thrownAt(thrown, projectDir, node.package_path) ?? { path: node.original_file_path },
    node: node.unique_id,
    cause: thrown,
  });
}

/** An error of ours at the line of the project that called for it, where it does not know a line. */
function placed(
  error: SlaError,
  node: { unique_id: string; original_file_path: string; package_path?: string },
  projectDir: string,
): SlaError {
  const { code, message, hint, location, cause } = error;
  const known = location?.line !== undefined && location.path !== "";
  const place = known ? undefined : thrownAt(error, projectDir, node.package_path);
  if (place === undefined) return error.at({ path: node.original_file_path }, node.unique_id);
  return new SlaError({ code, message, hint, location: place, node: error.node ?? node.unique_id, cause });
}

/** Code of a project may say what to do about its error: `Object.assign(new Error("…"), { hint: "…" })`. */
function hintOf(thrown: unknown): string | undefined {
  const hint = thrown instanceof Error ? (thrown as { hint?: unknown }).hint : undefined;
  return typeof hint === "string" ? hint : undefined;
}

/** The topmost frame of a stack that lies in the project, or in the package at `folder`, and not in their dependencies. */
export function thrownAt(thrown: unknown, projectDir: string, folder?: string): Location | undefined {
  if (!(thrown instanceof Error) || thrown.stack === undefined) return undefined;
  for (const [, file, line, column] of thrown.stack.matchAll(
    /\(?(?:file:\/\/)?(\/[^\s():]+|[A-Z]:[^\s():]+):(\d+):(\d+)\)?/g,
  )) {
    const path = relative(projectDir, file!).split(sep).join("/");
    const isOwn = folder !== undefined && path.startsWith(`${folder}/`);
    const below = isOwn ? path.slice(folder.length + 1) : path;
    if (below.startsWith("..") || below.includes("node_modules") || /^dist\//.test(below)) continue;
    return { path, line: Number(line), column: Number(column) };
  }
  return undefined;
}
