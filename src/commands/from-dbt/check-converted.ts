import { createCompiler, parseManifest } from "../../compile/index.js";
import { type SlaError, toSlaErrors } from "../../errors/index.js";
import { loadProject } from "../../project/index.js";
import { inSource } from "../../run/index.js";
import { lint } from "../../sql/index.js";
import type { Findings } from "./findings.js";

/** Reads the new project as any command would: what does not fit, and which SQL is not MySQL's, is found now and not in the first build. */
export async function checkConverted(dir: string, findings: Findings): Promise<void> {
  const add = (error: SlaError): void =>
    findings.add({
      kind: "todo",
      path: error.location?.path ?? "project.yml",
      line: error.location?.line ?? 1,
      what: error.message,
      advice: error.hint,
    });
  try {
    const project = await loadProject({ projectDir: dir, env: {} });
    const { manifest } = await parseManifest(project);
    const seen = new Set<string>();
    for (const incremental of [false, true]) {
      const compiler = createCompiler(project, manifest, {
        relation: (node) => ({ schema: node.schema, identifier: node.alias }),
        isIncremental: () => incremental,
        runStartedAt: new Date(0),
      });
      for (const node of Object.values(manifest.nodes)) {
        const isModel =
          (node.resource_type === "model" || node.resource_type === "snapshot") && node.language === "sql";
        if (!isModel && !(node.resource_type === "test" && node.test_type === "singular")) continue;
        try {
          const compiled = compiler.compile(node);
          if (seen.has(compiled.code)) continue;
          seen.add(compiled.code);
          for (const problem of await lint(compiled.code)) {
            for (const placed of toSlaErrors(inSource(problem, compiled, null, node.original_file_path)))
              add(placed);
          }
        } catch (error) {
          for (const one of toSlaErrors(error)) add(one);
        }
      }
    }
  } catch (error) {
    for (const one of toSlaErrors(error)) add(one);
  }
}
