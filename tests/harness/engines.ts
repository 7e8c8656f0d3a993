import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import {
  type Adapter,
  type AdapterOptions,
  openAdapter,
  type TargetConfig,
} from "../../src/adapters/index.js";
import type { TestServer } from "./server-url.js";

/** An engine that tests run on. */
export interface Engine {
  /** `duckdb`, `mariadb`, `mysql`: what shows in test names. */
  name: string;
  type: "duckdb" | "mysql";
  flavour: "duckdb" | "mariadb" | "mysql";
  server?: TestServer;
}

/** Every engine of this run, for `describe.each`: DuckDB always, and each MySQL-family server. */
export const ENGINES: Engine[] = [
  { name: "duckdb", type: "duckdb", flavour: "duckdb" },
  ...inject("servers").map(
    (server): Engine => ({ name: server.name, type: "mysql", flavour: server.flavour, server }),
  ),
];

/** The MySQL-family servers of this run. */
export const SERVERS: Engine[] = ENGINES.filter((engine) => engine.type === "mysql");

const prefix = `t${Math.random().toString(36).slice(2, 7)}_`;
const opened: Adapter[] = [];
let folder: string | undefined;

/** A schema's name that no other test file uses; what is built under it is dropped when this file has ended. */
export function schemaName(name = "main"): string {
  return `${prefix}${name}`;
}

/** A folder that is removed when this file has ended. */
export function scratchFolder(): string {
  folder ??= mkdtempSync(join(tmpdir(), "sla-test-"));
  return folder;
}

/** Target settings for an engine; `schema` comes from `schemaName`. On DuckDB all targets of a test file share one database file. */
export function engineTarget(engine: Engine, schema = schemaName(), threads = 4): TargetConfig {
  const base = { name: engine.name, schema, threads };
  if (engine.server === undefined) {
    return { ...base, type: "duckdb", path: join(scratchFolder(), "warehouse.duckdb"), settings: {} };
  }
  const { host, port, user, password } = engine.server;
  return { ...base, type: "mysql", host, port, user, password, ssl: false };
}

/** The same as variables of the environment, for the built-in target `mysql`; empty for DuckDB. */
export function engineEnvironment(engine: Engine, schema = schemaName()): Record<string, string> {
  if (engine.server === undefined) return {};
  const { host, port, user, password } = engine.server;
  return {
    SLA_MYSQL_HOST: host,
    SLA_MYSQL_PORT: String(port),
    SLA_MYSQL_USER: user,
    SLA_MYSQL_PASSWORD: password,
    SLA_MYSQL_SCHEMA: schema,
  };
}

/** Opens an engine; it is closed when this test file has ended. */
export async function openEngine(
  engine: Engine,
  schema = schemaName(),
  options: AdapterOptions = {},
): Promise<Adapter> {
  const adapter = await openAdapter(engineTarget(engine, schema), options);
  opened.push(adapter);
  return adapter;
}

/** Drops all schemas that this test file has made on its servers. */
async function dropSchemas(): Promise<void> {
  for (const engine of SERVERS) {
    const adapter = await openAdapter(engineTarget(engine));
    const mine = (await adapter.introspector.schemas()).filter((name) =>
      name.toLowerCase().startsWith(prefix),
    );
    const connection = await adapter.acquire();
    // Foreign keys of one schema may refer to another.
    await connection.execute("SET SESSION foreign_key_checks = 0");
    for (const name of mine)
      await connection.execute(`DROP DATABASE IF EXISTS ${adapter.dialect.identifier(name)}`);
    await connection.release();
    await adapter.close();
  }
}

afterAll(async () => {
  await Promise.allSettled(opened.splice(0).map((adapter) => adapter.close()));
  await dropSchemas();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});
