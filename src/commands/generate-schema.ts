import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { writeWhole } from "../run/index.js";
import { SCHEMA_FILES } from "../typings/index.js";

/** What `generate schema` is told. */
export interface GenerateSchemaOptions {
  projectDir: string;
  /** The folder, below the project; `schemas` when absent. */
  output?: string | undefined;
  /** Write nothing: only say whether the files are what they would be. */
  check?: boolean | undefined;
}

/** A schema, written or compared. */
export interface GeneratedSchema {
  /** Below the project. */
  path: string;
  /** Whether the file held exactly this. */
  upToDate: boolean;
}

/** `sla generate schema`: writes the JSON Schemas of a project's YAML files, for editors. It needs no project. */
export async function generateSchema(options: GenerateSchemaOptions): Promise<GeneratedSchema[]> {
  const dir = resolve(options.projectDir);
  const folder = resolve(dir, options.output ?? "schemas");
  return Object.entries(SCHEMA_FILES).map(([name, schema]) => {
    const path = join(folder, name);
    const text = `${JSON.stringify(schema(), null, 2)}\n`;
    const upToDate = existsSync(path) && readFileSync(path, "utf8") === text;
    if (!upToDate && options.check !== true) writeWhole(path, text);
    return { path: relative(dir, path).replaceAll("\\", "/"), upToDate };
  });
}
