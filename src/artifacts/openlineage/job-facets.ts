import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ModelNode, ProcedureNode, SeedNode, TestNode } from "../../manifest/index.js";
import type { Project } from "../../project/index.js";
import { ownershipOf, tagsOf } from "./dataset-facets.js";
import { type Facet, type Facets, facet, present } from "./facet.js";
import { databaseOf } from "./names.js";

/** A node that a run executes. */
export type JobNode = ModelNode | SeedNode | ProcedureNode | TestNode;

/** What kind of job it is. */
export function jobType(type: string): Facet {
  return facet("jobType", { processingType: "BATCH", integration: "SLA", jobType: type });
}

/** What a node's job is and does; `sql` is its SQL on the relations that readers see. */
export function jobFacets(node: JobNode, sql: string | null, project: Project): Facets {
  const type = node.resource_type === "test" && node.test_type === "unit" ? "UNIT_TEST" : node.resource_type;
  const code = sourceCodeOf(node, project.dir);
  return present({
    jobType: jobType(type.toUpperCase()),
    sql: sql === null ? null : facet("sql", { query: sql, dialect: "mysql" }),
    sourceCode: code === null ? null : facet("sourceCode", { language: "typescript", sourceCode: code }),
    documentation:
      node.description === ""
        ? null
        : facet("jobDocumentation", { description: node.description, contentType: "text/markdown" }),
    ownership: ownershipOf(node, "jobOwnership"),
    tags: tagsOf(node.tags, [], "jobTags"),
    dbt_node: facet("dbt_node", dbtNode(node, project)),
  });
}

/** What readers of dbt's events go by. Without a database, it is left out: null is not allowed there. */
function dbtNode(node: JobNode, { target }: Project): object {
  const database = databaseOf(target);
  return {
    unique_id: node.unique_id,
    original_file_path: node.original_file_path,
    ...(node.resource_type === "test"
      ? { test_type: node.test_type }
      : { ...(database !== null && { database }), schema: node.schema, alias: node.alias }),
  };
}

/** The code of what is written in TypeScript. */
function sourceCodeOf(node: JobNode, projectDir: string): string | null {
  if (node.resource_type === "test" || node.language !== "typescript") return null;
  if ("raw_code" in node) return node.raw_code;
  try {
    return readFileSync(join(projectDir, node.original_file_path), "utf8");
  } catch {
    return null; // it was there when the project was read
  }
}
