import { isAbsolute, join, normalize, sep } from "node:path";
import { SlaError } from "../errors/index.js";
import { recordExport } from "./export-record.js";
import { writeWhole } from "./target-folder.js";

/** The node that exports, for what errors say. */
export interface Exporter {
  name: string;
  unique_id: string;
  original_file_path: string;
}

/** A name that files of every platform may have, without its ending. */
export function exportName(name: string, node: Exporter): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/.test(name)) return name;
  throw new SlaError({
    code: "SLA112",
    message: `"${node.name}" exports under the name ${JSON.stringify(name)}`,
    hint: "Use letters, digits, `_`, `-` and `.`, at most 100, without a folder or an ending.",
    location: { path: node.original_file_path },
    node: node.unique_id,
  });
}

/** Writes a file of a model below `target/exports`, and nowhere else. */
export async function exportFile(
  targetPath: string,
  path: string,
  content: string | Uint8Array,
  node: Exporter,
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
  recordExport(targetPath, inside, node.unique_id);
}
