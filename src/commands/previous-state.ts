import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SlaError } from "../errors/index.js";
import type { PreviousState } from "../graph/index.js";
import type { Project } from "../project/index.js";

/** Reads the artifacts in the folder that `--state` names, below the project unless it is absolute. */
export function readPreviousState(project: Project, folder: string): PreviousState {
  const dir = resolve(project.dir, folder);
  if (!existsSync(dir)) {
    throw new SlaError({
      code: "SLA112",
      message: `the folder ${folder} of --state does not exist`,
      hint: "--state takes a copy of an earlier run's target folder.",
    });
  }
  return {
    folder,
    manifest: readArtifact(join(dir, "manifest.json")),
    results: readArtifact(join(dir, "run_results.json")),
    sources: readArtifact(join(dir, "sources.json")),
    currentSources: readArtifact(join(project.targetPath, "sources.json")),
  };
}

/** An artifact, or null if it was not written; SLA112 if it is broken. */
export function readArtifact<T>(path: string): T | null {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch (cause) {
    throw new SlaError({
      code: "SLA112",
      message: `${path} is no artifact of sla: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    });
  }
}
