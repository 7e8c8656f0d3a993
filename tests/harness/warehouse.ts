import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Adapter, openAdapter, type Row } from "../../src/adapters/index.js";
import { type BuildOptions, type RunCommand, runCommand } from "../../src/commands/index.js";
import { type SlaError, toSlaErrors } from "../../src/errors/index.js";
import type { RunResult } from "../../src/manifest/index.js";
import type { RunEvent } from "../../src/run/index.js";
import { type Engine, engineTarget, schemaName, scratchFolder } from "./engines.js";

/** What one command of a warehouse did. */
export interface Ran {
  results: RunResult[];
  /** Errors of nodes, and what stopped the command. */
  errors: SlaError[];
  events: RunEvent[];
  /** Status by name of node. */
  status: Record<string, string>;
}

let made = 0;

/** A project with a warehouse of its own on one engine, that a test changes and builds again and again. */
export class Warehouse {
  readonly dir = mkdtempSync(join(scratchFolder(), "project-"));
  readonly schema: string;
  /** The time that commands are told, if it matters. */
  now: Date | null = null;
  /** Types of the columns of CSV seeds, by name. */
  types: Record<string, string>;
  readonly #engine: Engine;
  readonly #target;

  constructor(
    engine: Engine,
    name: string,
    files: Record<string, string>,
    types: Record<string, string> = {},
  ) {
    this.types = types;
    this.#engine = engine;
    this.schema = schemaName(`${name}${++made}_${engine.name}`);
    const target = engineTarget(engine, this.schema, 2);
    this.#target =
      target.type === "duckdb" ? { ...target, path: join(this.dir, "warehouse.duckdb") } : target;
    const { name: _, ...settings } = this.#target;
    this.write({
      "project.yml": `name: shop\ntarget: it\ntargets:\n  it: ${JSON.stringify(settings)}\n`,
      ...files,
    });
  }

  /** Writes project.yml anew, with more settings of the target. */
  set(settings: Record<string, string | number>): void {
    const { name: _, ...given } = this.#target;
    this.write({
      "project.yml": `name: shop\ntarget: it\ntargets:\n  it: ${JSON.stringify({ ...given, ...settings })}\n`,
    });
  }

  write(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.dir, path)), { recursive: true });
      writeFileSync(join(this.dir, path), text);
      const seed = /^seeds\/(\w+)\.csv$/.exec(path)?.[1];
      if (seed === undefined) continue;
      const columns = text.split("\n")[0]!.split(",");
      const typed = columns
        .filter((name) => name in this.types)
        .map((name) => `${name}: "${this.types[name]}"`);
      const yml = `seeds:\n  - name: ${seed}\n    config: { column_types: { ${typed.join(", ")} } }\n`;
      writeFileSync(join(this.dir, `seeds/${seed}.yml`), yml);
    }
  }

  async run(which: RunCommand, options: Partial<BuildOptions> = {}): Promise<Ran> {
    const events: RunEvent[] = [];
    const effects = {
      env: {},
      clock: () => this.now ?? new Date(),
      emit: (event: RunEvent) => void events.push(event),
      signal: new AbortController().signal,
    };
    try {
      const { results } = await runCommand(which, { projectDir: this.dir, ...options }, effects);
      const errors = events.flatMap((event) =>
        event.type === "node_finished" && event.error !== null ? [event.error] : [],
      );
      const status = Object.fromEntries(
        results.map((result) => [result.unique_id.split(".").slice(2).join("."), result.status]),
      );
      return { results, errors, events, status };
    } catch (error) {
      return { results: [], errors: [...toSlaErrors(error)], events, status: {} };
    }
  }

  /** Status and message by name of node, as the last command wrote them into `run_results.json`. */
  written(): Record<string, [status: string, message: string | null]> {
    const { results } = JSON.parse(readFileSync(join(this.dir, "target", "run_results.json"), "utf8")) as {
      results: RunResult[];
    };
    return Object.fromEntries(
      results.map(({ unique_id, status, message }) => [unique_id.split(".")[2]!, [status, message]]),
    );
  }

  /** Builds, and fails when anything does. */
  async build(options: Partial<BuildOptions> = {}): Promise<Ran> {
    const ran = await this.run("build", options);
    const bad = ran.results.filter(({ status }) => status !== "success" && status !== "pass");
    if (ran.errors.length > 0 || bad.length > 0) {
      throw new Error(
        [
          ...ran.errors.map(
            (error) => `${error.code} ${error.message} ${error.hint ?? ""} ${error.cause ?? ""}`,
          ),
          ...bad.map((result) => `${result.unique_id}: ${result.message}`),
        ].join("\n"),
      );
    }
    return ran;
  }

  /** Rows of a query in MySQL's SQL; `{schema}` stands for the warehouse's. */
  async query(sql: string): Promise<Row[]> {
    return this.#using(async (adapter) => {
      const connection = await adapter.acquire();
      try {
        return await connection.query(await adapter.translate(sql.replaceAll("{schema}", this.schema)));
      } finally {
        await connection.release();
      }
    });
  }

  /** Rows of a query in the engine's own SQL. */
  async raw(sql: string): Promise<Row[]> {
    return this.#using(async (adapter) => {
      const connection = await adapter.acquire();
      try {
        return await connection.query(sql.replaceAll("{schema}", this.schema));
      } finally {
        await connection.release();
      }
    });
  }

  /** Comments of the columns of a table, in their order. */
  async comments(identifier: string): Promise<string[]> {
    return this.#using(async (adapter) => {
      const columns = await adapter.introspector.columns({ schema: this.schema, identifier });
      return columns.map((column) => column.description);
    });
  }

  /** Rows of a query as lists of values as text, NULL as null. */
  async rows(sql: string): Promise<(string | null)[][]> {
    return (await this.query(sql)).map((row) =>
      Object.values(row).map((value) => (value === null ? null : String(value))),
    );
  }

  /** Names of the columns of a table, in their order. */
  async columns(identifier: string): Promise<string[]> {
    return this.#using(async (adapter) => {
      const columns = await adapter.introspector.columns({ schema: this.schema, identifier });
      return columns.map((column) => column.name);
    });
  }

  /** All that stands in the warehouse's schema, but for the ledger. */
  async relations(): Promise<string[]> {
    return this.#using(async (adapter) => {
      const found = await adapter.introspector.relations([this.schema]);
      return found
        .filter(({ identifier }) => !identifier.startsWith("_sla_"))
        .map(({ identifier, type }) => `${type} ${identifier}`)
        .sort();
    });
  }

  async #using<T>(ask: (adapter: Adapter) => Promise<T>): Promise<T> {
    const adapter = await openAdapter(this.#target, {});
    try {
      return await ask(adapter);
    } finally {
      await adapter.close();
    }
  }

  get engine(): Engine {
    return this.#engine;
  }
}
