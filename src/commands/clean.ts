import { rmSync } from "node:fs";
import { relative } from "node:path";
import { loadProject } from "../project/index.js";
import type { CommandOptions, Effects } from "./invocation.js";

/** `sla clean`: removes the target folder, never anything of the warehouse. Returns its path below the project. */
export async function clean(options: CommandOptions, effects: Effects): Promise<string> {
  const project = await loadProject({
    projectDir: options.projectDir,
    env: effects.env,
    requireTarget: false,
  });
  rmSync(project.targetPath, { recursive: true, force: true });
  return relative(project.dir, project.targetPath) || ".";
}
