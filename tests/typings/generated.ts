import { readFileSync } from "node:fs";
import { join } from "node:path";
import { declaredColumns } from "../../src/typings/changed-columns.js";

/** The declaration file of a project. */
export function readText(dir: string): string {
  return readFileSync(join(dir, "sla-types.d.ts"), "utf8");
}

/** Its columns by relation and name. */
readText.columns = declaredColumns;
