import type { Row } from "../../src/adapters/index.js";
import { type BuildOptions, type RunCommand, runCommand } from "../../src/commands/index.js";
import type { SlaError } from "../../src/errors/index.js";
import type { RunResult } from "../../src/manifest/index.js";
import type { RunEvent } from "../../src/run/index.js";
import { emptyFolder, write } from "../functional/shop.js";
import { type Engine, engineEnvironment, engineTarget, openEngine, schemaName } from "../harness/engines.js";

/** A project on one engine, with a schema of its own. */
export interface EngineProject {
  dir: string;
  schema: string;
  env: Record<string, string>;
  target: string;
  run(command: RunCommand, options?: Partial<BuildOptions>): Promise<Outcome>;
  query(sql: string): Promise<Row[]>;
}

/** What became of a run. */
export interface Outcome {
  results: RunResult[];
  /** Results by name of the node, the part of the id that follows the package. */
  of(name: string): RunResult | undefined;
  errors: SlaError[];
  warnings: string[];
}

let count = 0;

/** Writes a project that builds on an engine, in a schema that no other test has. */
export function projectOn(engine: Engine, files: Record<string, string>): EngineProject {
  const dir = emptyFolder();
  count += 1;
  const schema = schemaName(`q${count}_${engine.name}`);
  const { path } = engineTarget(engine) as { path?: string };
  const target =
    path === undefined
      ? "target: mysql\n"
      : `target: local\ntargets:\n  local: {type: duckdb, path: "${path}", schema: ${schema}}\n`;
  const { "project.yml": own = "", ...others } = files;
  write(dir, { "project.yml": `name: shop\nthreads: 4\n${target}${own}`, ...others });
  const env = engineEnvironment(engine, schema);
  return {
    dir,
    schema,
    env,
    target: path === undefined ? "mysql" : "local",
    async run(command, options = {}) {
      const events: RunEvent[] = [];
      const { results } = await runCommand(
        command,
        { projectDir: dir, ...options },
        {
          env,
          clock: () => new Date(),
          emit: (event) => events.push(event),
          signal: new AbortController().signal,
        },
      );
      return {
        results,
        of: (name) =>
          results.find(({ unique_id }) => unique_id.split(".").slice(2).join(".").startsWith(name)),
        errors: events.flatMap((event) =>
          event.type === "node_finished" && event.error !== null ? [event.error] : [],
        ),
        warnings: events.flatMap((event) => (event.type === "warning" ? [event.message] : [])),
      };
    },
    async query(sql) {
      const adapter = await openEngine(engine);
      const connection = await adapter.acquire();
      try {
        return await connection.query(sql);
      } finally {
        await connection.release();
        await adapter.close();
      }
    },
  };
}
