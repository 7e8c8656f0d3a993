import { isAbsolute, join, normalize, sep } from "node:path";
import { SlaError } from "../errors/index.js";
import { writeWhole } from "./target-folder.js";

/** Writes a file of a model below `target/exports`, and nowhere else. */
export async function exportFile(
  targetPath: string,
  path: string,
  content: string | Uint8Array,
  node: { name: string; unique_id: string; original_file_path: string },
): Promise<void> {
  const inside = normalize(path);
  if (isAbsolute(inside) || inside === ".." || inside.startsWith(`..${sep}`)) {
    throw new SlaError({
      code: "SLA112",
      message: `"${node.name}" exports to "${path}", which is outside target/exports`,
      hint: "Give a relative path without `..`.",
      location: { path: node.original_file_path },
      node: node.unique_id,
    });
  }
  writeWhole(join(targetPath, "exports", inside), content);
}
