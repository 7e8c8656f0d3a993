import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { SlaError } from "../../errors/index.js";
import { DUCKDB_SETTINGS, duckdbMacros, duckdbMacroVersion } from "../../sql/index.js";
import type { DuckDbTarget } from "../adapter.js";
import { toOpenError } from "./errors.js";

/** Opens the file (one instance of it in this process, however often it is opened) and brings its macros up to date. */
export async function openInstance(target: DuckDbTarget): Promise<DuckDBInstance> {
  const memory = target.path === ":memory:";
  if (!memory) {
    checkDirectory(target.path);
    checkName(target);
  }
  const options = {
    // Macros with typed parameters need a file of this version or later.
    storage_compatibility_version: "v1.4.0",
    ...(memory && { temp_directory: join(tmpdir(), `sla-${process.pid}`) }),
    ...target.settings,
  };
  let instance: DuckDBInstance | undefined;
  try {
    instance = await (memory
      ? DuckDBInstance.create(target.path, options)
      : DuckDBInstance.fromCache(target.path, options));
    const connection = await instance.connect();
    await applySettings(connection);
    await installMacros(connection);
    connection.disconnectSync();
    return instance;
  } catch (error) {
    instance?.closeSync();
    throw toOpenError(error, target.path);
  }
}

/** The settings that make DuckDB mean what MySQL means. */
export async function applySettings(connection: DuckDBConnection): Promise<void> {
  const statements = Object.entries(DUCKDB_SETTINGS).map(([name, value]) => `SET ${name} = '${value}'`);
  await connection.run(statements.join("; "));
}

/** The macros live in the file, because views that call them do; a marker says which edition they are. */
async function installMacros(connection: DuckDBConnection): Promise<void> {
  const version = duckdbMacroVersion();
  const found = await connection
    .runAndReadAll("SELECT main.sla_macro_version()")
    .then((reader) => reader.getRows()[0]?.[0])
    .catch(() => undefined);
  if (found === version) return;
  await connection.run("BEGIN");
  await connection.run(duckdbMacros().join(";\n"));
  await connection.run(`CREATE OR REPLACE MACRO main.sla_macro_version() AS '${version}'`);
  await connection.run("COMMIT");
}

/** DuckDB names a database after its file, and cannot tell it from a schema of that name in `schema.table`. */
function checkName({ name, path, schema }: DuckDbTarget): void {
  const file = basename(path);
  if (file.split(".")[0]!.toLowerCase() !== schema.toLowerCase()) return;
  throw new SlaError({
    code: "SLA408",
    message: `target "${name}": its file ${file} and its schema ${schema} have the same name, which DuckDB cannot tell apart`,
    hint: "Give the file another name, such as warehouse.duckdb.",
  });
}

function checkDirectory(path: string): void {
  const directory = dirname(path);
  const found = statSync(directory, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  throw new SlaError({
    code: "SLA401",
    message: `cannot open ${path}: ${found ? `${directory} is no directory` : `the directory ${directory} does not exist`}`,
    hint: "Create it, or give the target another `path`.",
  });
}
