import { hash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SeedNode } from "../../manifest/index.js";
import { dbtColumns } from "./columns.js";
import { seedConfig } from "./node-config.js";
import { commonParts, type DbtNode } from "./node-parts.js";
import { type ArtifactScope, relationName } from "./scope.js";

/** Larger files count as changed when they have another path, as in dbt. */
const MOST_HASHED = 1024 * 1024;

/** A CSV file, or a seeder: its tables are sources, and it says in `meta` what it is. */
export function seedNode(node: SeedNode, scope: ArtifactScope): DbtNode {
  const meta = node.language === "typescript" ? { ...node.meta, sla_language: "typescript" } : node.meta;
  return {
    ...commonParts(node, scope),
    resource_type: "seed",
    schema: node.schema,
    alias: node.alias,
    checksum: seedChecksum(node, scope),
    config: { ...seedConfig(node.config), meta },
    meta,
    columns: dbtColumns(node.columns),
    relation_name: relationName(scope, { schema: node.schema, identifier: node.alias }),
    raw_code: "",
    root_path: null,
    depends_on: { macros: [] },
  };
}

function seedChecksum({ original_file_path: path }: SeedNode, { project }: ArtifactScope) {
  const file = join(project.dir, path);
  try {
    if (statSync(file).size > MOST_HASHED) return { name: "path", checksum: path };
    return { name: "sha256", checksum: hash("sha256", readFileSync(file, "utf8").trim()) };
  } catch {
    return { name: "path", checksum: path };
  }
}
