import { cpSync, mkdtempSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scratchFolder } from "../harness/engines.js";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** A copy of the helpdesk project in a scratch folder, so that a test writes nothing into the checkout. */
export function copyHelpdesk(): string {
  const dir = mkdtempSync(join(scratchFolder(), "helpdesk-"));
  for (const path of ["project.yml", "seeds", "macros", "models", "procedures", "snapshots", "tests/data"]) {
    cpSync(join(REPOSITORY, path), join(dir, path), { recursive: true });
  }
  symlinkSync(join(REPOSITORY, "node_modules"), join(dir, "node_modules"), "dir");
  return dir;
}
