import type { ModelNode, ProcedureNode, ProcedureTable } from "../../manifest/index.js";
import { dbtColumns } from "./columns.js";
import { modelConfig, snapshotConfig } from "./node-config.js";
import { codeChecksum, commonParts, type DbtNode, sqlParts } from "./node-parts.js";
import { type ArtifactScope, relationName } from "./scope.js";

/** A model or snapshot; one in TypeScript is SQL to dbt's readers, and says in `meta` what it is. */
export function modelNode(node: ModelNode, scope: ArtifactScope): DbtNode {
  const meta = node.language === "typescript" ? { ...node.meta, sla_language: "typescript" } : node.meta;
  const isSnapshot = node.resource_type === "snapshot";
  const config = { ...(isSnapshot ? snapshotConfig : modelConfig)(node.config), meta };
  const relation = { schema: node.schema, identifier: node.alias };
  return {
    ...commonParts(node, scope),
    resource_type: node.resource_type,
    fqn: isSnapshot ? snapshotFqn(node) : node.fqn,
    schema: node.schema,
    alias: node.alias,
    checksum: codeChecksum(node.raw_code),
    config,
    meta,
    columns: dbtColumns(node.columns),
    relation_name: node.config.materialized === "ephemeral" ? null : relationName(scope, relation),
    raw_code: node.raw_code,
    ...sqlParts(node, scope),
    ...(!isSnapshot && modelParts(node.config.primary_key)),
  };
}

/** A table that a procedure fills: a model whose SQL is the call. */
export function procedureTables(node: ProcedureNode, scope: ArtifactScope): DbtNode[] {
  return node.tables.map((table) => procedureTable(node, table, scope));
}

function procedureTable(node: ProcedureNode, table: ProcedureTable, scope: ArtifactScope): DbtNode {
  const { primary_key, indexes } = table;
  const sql = sqlParts(node, scope, [scope.ids.routine(node)]);
  return {
    ...commonParts(node, scope),
    resource_type: "model",
    unique_id: scope.ids.of(node.unique_id)[node.tables.indexOf(table)]!,
    name: table.name,
    fqn: [...node.fqn.slice(0, -1), table.name],
    description: table.description || node.description,
    schema: table.schema,
    alias: table.alias,
    checksum: codeChecksum(node.raw_code),
    config: modelConfig({ ...node.config, alias: null, primary_key, indexes }),
    columns: dbtColumns(table.documented),
    relation_name: relationName(scope, { schema: table.schema, identifier: table.alias }),
    raw_code: node.raw_code,
    ...sql,
    compiled_code: sql.compiled ? callOf(node, scope) : null,
    ...modelParts(primary_key),
  };
}

/** What a run does to fill the tables. */
function callOf(node: ProcedureNode, { dialect }: ArtifactScope): string {
  const given = node.config.arguments ?? {};
  const byName = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const values = node.parameters.map(({ name }) => dialect.literal(byName.get(name.toLowerCase()) ?? null));
  return `CALL ${dialect.relation({ schema: node.schema, identifier: node.alias })}(${values.join(", ")})`;
}

function modelParts(primaryKey: readonly string[]) {
  return {
    access: "protected",
    constraints: primaryKey.length === 0 ? [] : [primaryKeyConstraint(primaryKey)],
    version: null,
    latest_version: null,
    deprecation_date: null,
    primary_key: primaryKey,
    time_spine: null,
  };
}

function primaryKeyConstraint(columns: readonly string[]) {
  return {
    type: "primary_key",
    name: null,
    expression: null,
    warn_unenforced: false,
    warn_unsupported: false,
    to: null,
    to_columns: [],
    columns,
  };
}

/** A snapshot in a SQL file could be one of several there. */
function snapshotFqn(node: ModelNode): string[] {
  if (!node.original_file_path.endsWith(".sql")) return node.fqn;
  const file = node.path.slice(node.path.lastIndexOf("/") + 1).replace(/\.sql$/, "");
  return [...node.fqn.slice(0, -1), file, node.name];
}
