import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Artifacts, brokenInvariants } from "./invariants.js";
import { type Artifact, schemaAccepts, schemaFaults } from "./schemas.js";

const NAMES = ["manifest", "run_results", "catalog", "sources"] as const satisfies Artifact[];

/** dbt's artifacts in a target folder. */
export function readArtifacts(target: string): Artifacts {
  return Object.fromEntries(
    NAMES.filter((name) => existsSync(join(target, `${name}.json`))).map((name) => [
      name,
      JSON.parse(readFileSync(join(target, `${name}.json`), "utf8")),
    ]),
  ) as unknown as Artifacts;
}

/** Everything that is wrong with all four artifacts in a target folder. */
export function artifactFaults(target: string): string[] {
  const artifacts = readArtifacts(target);
  const faults = NAMES.flatMap((name) => {
    const value = artifacts[name];
    if (value === undefined) return [`there is no ${name}.json`];
    const found = schemaFaults(name, value).map((fault) => `${name}: ${fault}`);
    // What is said node by node is shorter than the whole schema, but no milder.
    return found.length === 0 && !schemaAccepts(name, value) ? [`${name}: invalid`] : found;
  });
  return [...faults, ...brokenInvariants(artifacts)];
}
