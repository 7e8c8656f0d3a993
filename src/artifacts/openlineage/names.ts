import { createHash } from "node:crypto";
import { basename, relative } from "node:path";
import type { Node, Relation } from "../../manifest/index.js";
import type { Project, TargetConfig } from "../../project/index.js";
import type { DatasetName, Job } from "./event.js";

/** How the warehouse of a target is called: `mysql://host:port`, or `duckdb://` and the file, never with a path of the machine. */
export function datasetNamespace({ dir, target }: Pick<Project, "dir" | "target">): string {
  if (target.type === "mysql") {
    const host = target.host.includes(":") ? `[${target.host}]` : target.host;
    return `mysql://${host}:${target.port}`;
  }
  if (target.path === ":memory:") return "duckdb://memory";
  const below = relative(dir, target.path).replaceAll("\\", "/");
  const isOutside = below.startsWith("../") || below === target.path.replaceAll("\\", "/");
  return `duckdb://${encodeURI(isOutside ? basename(target.path) : below)}`;
}

/** DuckDB's name for the file as a database; MySQL has no such level. */
export function databaseOf(target: TargetConfig): string | null {
  if (target.type === "mysql") return null;
  return target.path === ":memory:" ? "memory" : (basename(target.path).split(".")[0] ?? null);
}

/** A relation as a dataset: `schema.table` on servers, `database.schema.table` in DuckDB. */
export function datasetName(relation: Relation, project: Pick<Project, "dir" | "target">): DatasetName {
  const parts = [databaseOf(project.target), relation.schema, relation.identifier];
  return {
    namespace: datasetNamespace(project),
    name: parts.filter((part) => part !== null).join("."),
  };
}

/** The job that a command is. */
export function commandJob(command: string, project: Pick<Project, "name">, namespace: string): Job {
  return { namespace, name: `sla-${command}-${project.name}` };
}

/** What stands at the end of a job's name, for each kind of node: without `build.`, models have none. */
const ENDINGS: Readonly<Record<string, string>> = {
  model: "run",
  snapshot: "snapshot",
  seed: "seed",
  procedure: "procedure",
  test: "test",
};

/** The job that a node is, by the rules of the integration for dbt: the same node is another job when another command runs it. */
export function nodeJob(
  node: Exclude<Node, { resource_type: "source" }>,
  command: string,
  { target }: Pick<Project, "target">,
  namespace: string,
): Job {
  const ending = ENDINGS[node.resource_type]!;
  const suffix = command === "build" ? [`build.${ending}`] : ending === "run" ? [] : [ending];
  if (node.resource_type === "test") return { namespace, name: [node.unique_id, ...suffix].join(".") };
  const parts = [databaseOf(target), node.schema, node.package_name, node.name, ...suffix];
  return { namespace, name: parts.filter((part) => part !== null).join(".") };
}

/** The id of a node's run within that of a command: always the same for the two. */
export function nodeRunId(invocationId: string, uniqueId: string): string {
  const bytes = createHash("sha256").update(`${invocationId} ${uniqueId}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80; // version 8: of one's own making
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
