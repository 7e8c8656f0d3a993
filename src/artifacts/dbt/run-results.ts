import type { RunResult, RunResults } from "../../manifest/index.js";
import { type ArtifactMetadata, type ArtifactOrigin, artifactMetadata } from "./metadata.js";
import { type ArtifactScope, type CompiledOf, relationName } from "./scope.js";

/** One result in dbt's form, which has no keys but these: what only we know stands in `adapter_response`. */
export interface DbtResult {
  status: string;
  timing: { name: string; started_at: string | null; completed_at: string | null }[];
  thread_id: string;
  execution_time: number;
  adapter_response: Record<string, unknown>;
  message: string | null;
  failures: number | null;
  unique_id: string;
  compiled: boolean | null;
  compiled_code: string | null;
  relation_name: string | null;
  batch_results: null;
  overload_results: null;
}

/** dbt's `run_results.json`. */
export interface DbtRunResults {
  metadata: ArtifactMetadata;
  results: DbtResult[];
  elapsed_time: number;
  args: Record<string, unknown>;
}

/** The results of a run in dbt's form. */
export function dbtRunResults(
  { results, elapsed_time, args, metadata }: RunResults,
  origin: ArtifactOrigin,
  scope: ArtifactScope,
): DbtRunResults {
  return {
    metadata: artifactMetadata("run-results", origin, new Date(metadata.generated_at)),
    results: results.flatMap((result) => dbtResults(result, scope)),
    elapsed_time,
    args,
  };
}

/** One result; of a procedure one for each of its tables. */
function dbtResults(result: RunResult, scope: ArtifactScope): DbtResult[] {
  const ids = scope.ids.of(result.unique_id);
  const node = scope.manifest.nodes[result.unique_id];
  const compiled = node !== undefined && node.resource_type !== "seed" ? codeOf(node, scope) : null;
  const relations = relationNames(result.unique_id, scope);
  return ids.map((unique_id, at) => ({
    status: result.status,
    timing: timings(result),
    thread_id: result.thread_id,
    execution_time: result.execution_time,
    adapter_response: {
      _message: result.message ?? "OK",
      ...(result.rows_affected !== null && { rows_affected: result.rows_affected }),
      ...(result.code !== null && { code: result.code }),
      ...(result.published !== undefined && { sla_published: result.published }),
      ...(unique_id !== result.unique_id && { sla_node: result.unique_id }),
    },
    message: result.message,
    failures: result.failures,
    unique_id,
    compiled: node?.resource_type === "seed" ? null : compiled !== null,
    compiled_code: compiled,
    relation_name: relations[at] ?? null,
    batch_results: null,
    overload_results: null,
  }));
}

/** What a node amounts to once readers see it; what stands there in a run, beside what it replaces, is nobody's business. */
function codeOf(node: CompiledOf, scope: ArtifactScope): string | null {
  return node.resource_type === "test" && node.test_type === "unit" ? null : scope.compiled(node);
}

/** A node is compiled as it runs: the time of it is part of the execution's. */
function timings({ timing }: RunResult): DbtResult["timing"] {
  const [first] = timing;
  if (first === undefined) return [];
  return [{ name: "compile", started_at: first.started_at, completed_at: first.started_at }, ...timing];
}

/** Where results stand; seeds have none in dbt's form, tests the table of their failures. */
function relationNames(id: string, scope: ArtifactScope): (string | null)[] {
  const node = scope.manifest.nodes[id];
  if (node === undefined || node.resource_type === "seed") return [null];
  if (node.resource_type === "test") return [node.stored && relationName(scope, node.stored)];
  if (node.resource_type === "procedure")
    return node.tables.map(({ schema, alias }) => relationName(scope, { schema, identifier: alias }));
  return [relationName(scope, { schema: node.schema, identifier: node.alias })];
}

/** What a run left, in our own form, from dbt's: also of files that another tool wrote. */
export function readRunResults(file: DbtRunResults): RunResults {
  const seen = new Set<string>();
  const results: RunResult[] = [];
  for (const result of file.results ?? []) {
    const response = result.adapter_response ?? {};
    const unique_id = String(response.sla_node ?? result.unique_id);
    if (seen.has(unique_id)) continue;
    seen.add(unique_id);
    results.push({
      unique_id,
      status: result.status as RunResult["status"],
      message: result.message,
      failures: result.failures,
      rows_affected: typeof response.rows_affected === "number" ? response.rows_affected : null,
      execution_time: result.execution_time,
      timing: (result.timing ?? []).filter(({ name }) => name === "execute") as RunResult["timing"],
      thread_id: result.thread_id,
      relation_name: result.relation_name,
      compiled_code: result.compiled_code,
      code: typeof response.code === "string" && response.code.startsWith("SLA") ? response.code : null,
      ...(typeof response.sla_published === "boolean" && { published: response.sla_published }),
    });
  }
  return {
    metadata: {
      generated_at: file.metadata.generated_at,
      invocation_id: file.metadata.invocation_id,
      sla_version: file.metadata.env?.SLA_VERSION ?? "",
    },
    args: file.args ?? {},
    elapsed_time: file.elapsed_time,
    results,
  };
}
