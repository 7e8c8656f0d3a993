import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type DbtRunResults, readRunResults } from "../artifacts/index.js";
import { SlaError } from "../errors/index.js";
import type { PreviousState } from "../graph/index.js";
import type { Manifest, RunResults } from "../manifest/index.js";
import type { Project } from "../project/index.js";
import { OWN_MANIFEST } from "./manifest-files.js";

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
    manifest: ownManifest(dir, folder),
    results: readResults(dir),
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

/** What the last run left in a target folder; null where none has run. */
export function readResults(folder: string): RunResults | null {
  const file = readArtifact<DbtRunResults>(join(folder, "run_results.json"));
  return file === null ? null : readRunResults(file);
}

/** Our own manifest; that which others read does not hold enough to compare with. */
function ownManifest(dir: string, folder: string): Manifest | null {
  const found = readArtifact<Manifest>(join(dir, OWN_MANIFEST));
  if (found === null && existsSync(join(dir, "manifest.json"))) {
    throw new SlaError({
      code: "SLA112",
      message: `the folder ${folder} of --state holds manifest.json, which is for other tools, and no ${OWN_MANIFEST}`,
      hint: `Copy the whole target folder of the earlier run, or at least ${OWN_MANIFEST} and run_results.json.`,
    });
  }
  return found;
}
