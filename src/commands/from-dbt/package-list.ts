import { locateYaml, parseYaml } from "../../project/index.js";
import type { Findings } from "./findings.js";
import type { DbtFile } from "./template-file.js";

/** Says of each package of the dbt project what becomes of it. */
export function listPackages(files: ReadonlyMap<string, DbtFile>, findings: Findings): void {
  for (const path of ["packages.yml", "dependencies.yml"]) {
    const file = files.get(path);
    const data = file && (parseYaml(file) as { packages?: unknown } | null);
    if (file === undefined || !Array.isArray(data?.packages)) continue;
    for (const [at, entry] of (data.packages as Record<string, unknown>[]).entries()) {
      const name = String(entry.package ?? entry.git ?? entry.local ?? entry.tarball ?? "package");
      const line = locateYaml(file, ["packages", at]).line ?? 1;
      const isBuiltIn = /\bdbt_utils\b/.test(name);
      findings.add({
        kind: isBuiltIn ? "check" : "todo",
        path,
        line,
        what: `the package ${name} is not installed`,
        advice: isBuiltIn
          ? "Its tests and common macros are built in; what else was used of it is listed here."
          : "Packages of dbt are not read: what was used of it is listed here.",
      });
    }
  }
}
