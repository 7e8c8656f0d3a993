import { resolve } from "node:path";
import { artifactMetadata } from "../artifacts/index.js";
import { type SlaError, toSlaErrors } from "../errors/index.js";
import type { SourceNode } from "../manifest/index.js";
import { type SourceAge, sourceAge } from "../quality/index.js";
import { writeJson } from "../run/index.js";
import { type CommandOptions, type Effects, invoke, open } from "./invocation.js";
import { originOf, refreshManifests } from "./manifest-files.js";
import { selectNodes } from "./node-selection.js";

/** What `source freshness` is told. */
export interface FreshnessOptions extends CommandOptions {
  /** Where the artifact goes; `target/sources.json` when absent. */
  output?: string | undefined;
}

/** What became of one source. */
export interface FreshnessResult {
  source: SourceNode;
  status: SourceAge["status"] | "runtime error";
  /** Null when it could not be asked. */
  age: SourceAge | null;
  error: SlaError | null;
  /** Seconds. */
  executionTime: number;
}

/** `sla source freshness`: how old the data of the selected sources is; writes `sources.json` as dbt does. */
export async function freshness(options: FreshnessOptions, effects: Effects): Promise<FreshnessResult[]> {
  const invocation = await invoke(options, effects, { target: true });
  const { manifest, project } = invocation;
  const sources = selectNodes(invocation, options, effects, ["source"])
    .map((id) => manifest.sources[id]!)
    .filter((source) => source.freshness !== undefined);
  const results: FreshnessResult[] = [];
  const timings: { started: Date; ended: Date }[] = [];
  const adapter = await open(invocation);
  try {
    const connection = await adapter.acquire();
    try {
      for (const source of sources) {
        const started = effects.clock();
        let age: SourceAge | null = null;
        let error: SlaError | null = null;
        try {
          effects.signal.throwIfAborted();
          age = await sourceAge(source, adapter, connection);
        } catch (thrown) {
          error = toSlaErrors(thrown)[0]!.at(
            { path: source.patch_path ?? source.original_file_path },
            source.unique_id,
          );
        }
        const ended = effects.clock();
        timings.push({ started, ended });
        const executionTime = (ended.getTime() - started.getTime()) / 1000;
        results.push({ source, status: age?.status ?? "runtime error", age, error, executionTime });
      }
    } finally {
      await connection.release();
    }
  } finally {
    await adapter.close();
  }
  const at = effects.clock();
  await refreshManifests(invocation, effects);
  writeJson(resolve(project.dir, options.output ?? `${project.targetPath}/sources.json`), {
    metadata: artifactMetadata("sources", originOf(invocation), at),
    results: results.flatMap(({ source, age, executionTime }, index) =>
      age === null ? [] : [artifactResult(source, age, executionTime, timings[index]!)],
    ),
    elapsed_time: (at.getTime() - invocation.startedAt.getTime()) / 1000,
  });
  return results;
}

/** One result of `sources.json`, version 3. Sources that could not be asked are left out, as in dbt. */
function artifactResult(
  { unique_id, freshness }: SourceNode,
  age: SourceAge,
  executionTime: number,
  { started, ended }: { started: Date; ended: Date },
) {
  const nothing = { count: null, period: null };
  const span = { started_at: started.toISOString(), completed_at: ended.toISOString() };
  return {
    unique_id,
    max_loaded_at: age.max_loaded_at.toISOString(),
    snapshotted_at: age.snapshotted_at.toISOString(),
    max_loaded_at_time_ago_in_s: age.age,
    status: age.status,
    criteria: {
      warn_after: freshness?.warn_after ?? nothing,
      error_after: freshness?.error_after ?? nothing,
      filter: freshness?.filter ?? null,
    },
    adapter_response: {},
    timing: [{ name: "execute", ...span }],
    thread_id: "Thread-1",
    execution_time: executionTime,
  };
}
