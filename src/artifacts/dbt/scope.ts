import { basename, extname, relative } from "node:path";
import { type Dialect, duckdbDialect, mysqlDialect } from "../../adapters/index.js";
import type { Manifest, ModelNode, ProcedureNode, Relation, TestNode } from "../../manifest/index.js";
import type { Project } from "../../project/index.js";
import { DbtIds } from "./dbt-ids.js";

/** What has a template, and so compiled SQL. */
export type CompiledOf = ModelNode | ProcedureNode | TestNode;

/** What dbt's form of a project is made from. */
export interface ArtifactScope {
  project: Project;
  manifest: Manifest;
  ids: DbtIds;
  /** DuckDB's catalog; MySQL has none. */
  database: string | null;
  dialect: Dialect;
  /** Seconds since 1970. */
  createdAt: number;
  /** The target folder as seen from the project. */
  targetFolder: string;
  /** A node's SQL; null for what has none, or has not been compiled. */
  compiled(node: CompiledOf): string | null;
}

/** A scope for one project and target. */
export function artifactScope(
  project: Project,
  manifest: Manifest,
  createdAt: Date,
  compiled: ArtifactScope["compiled"],
): ArtifactScope {
  const below = relative(project.dir, project.targetPath);
  return {
    project,
    manifest,
    ids: new DbtIds(manifest),
    database: databaseOf(project),
    dialect: project.target.type === "duckdb" ? duckdbDialect : mysqlDialect,
    createdAt: createdAt.getTime() / 1000,
    targetFolder: below.startsWith("..") ? basename(project.targetPath) : below.replaceAll("\\", "/"),
    compiled,
  };
}

/** DuckDB calls the catalog of a file by its name without the ending. */
export function databaseOf({ target }: Project): string | null {
  if (target.type !== "duckdb") return null;
  if (target.path === ":memory:") return "memory";
  const name = basename(target.path);
  return name.slice(0, name.length - extname(name).length);
}

/** A relation's full name, quoted as its engine quotes. */
export function relationName({ database, dialect }: ArtifactScope, relation: Relation): string {
  const name = dialect.relation(relation);
  return database === null ? name : `${dialect.identifier(database)}.${name}`;
}
