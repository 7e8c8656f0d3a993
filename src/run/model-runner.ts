import type { Connection } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import {
  type ColumnType,
  formatColumnType,
  type ModelNode,
  parseColumnType,
  type TypedColumn,
} from "../manifest/index.js";
import { MATERIALIZATIONS, rows } from "../materializations/index.js";
import { type ColumnDeclaration, modelDefinition } from "../project/index.js";
import { inSource } from "./error-location.js";
import { microbatch } from "./microbatch.js";
import type { NodeOutcome, NodeRunner, RunContext } from "./node-runner.js";
import { hasConfiguredKeys } from "./standing-table.js";
import { runSteps } from "./step-runner.js";
import { runTypeScriptModel } from "./typescript-model.js";
import { writtenSql } from "./written-sql.js";

/** Builds a model: SQL through its materialization, TypeScript through its rows. */
export const runModel: NodeRunner = async (node, context, connection) => {
  const model = node as ModelNode;
  return model.language === "sql"
    ? runSqlModel(model, context, connection)
    : runTypeScript(model, context, connection);
};

async function runSqlModel(
  node: ModelNode,
  context: RunContext,
  connection: Connection,
): Promise<NodeOutcome> {
  const { adapter } = context;
  const batched =
    node.config.materialized === "incremental" && node.config.incremental_strategy === "microbatch"
      ? await microbatch(node, context, connection)
      : null;
  const compiled = batched?.compiled ?? context.compiler.compile(node);
  let executed: string | null = null;
  try {
    const select = await adapter.translate(compiled.code);
    executed = select;
    context.keep(node, compiled.code, select === compiled.code ? null : select);
    const materialization = MATERIALIZATIONS[node.config.materialized]!;
    const columns = materialization.describes ? declared(node, await connection.describe(select)) : [];
    const relation = { schema: node.schema, identifier: node.alias };
    const build = materialization.build!({
      dialect: adapter.dialect,
      relation,
      config: node.config,
      description: node.description,
      existing: (other) => context.relations.get(other),
      select,
      liveSelect: materialization.keepsSelect ? await adapter.translate(context.liveSelect(node)) : "",
      columns,
      standing: context.keepsRows(node) ? { columns: await adapter.introspector.columns(relation) } : null,
      batches: batched?.batches ?? null,
      written: await writtenSql(node.config, adapter),
      now: context.startedAt.toISOString().replace("T", " ").replace("Z", ""),
    });
    const rowsAffected = await runSteps(build, node, context, connection);
    const enforced =
      node.config.materialized === "incremental" &&
      (build.publication.swaps.length > 0 ||
        (await hasConfiguredKeys(relation, node.config, adapter, connection)));
    if (enforced) context.enforced.add(node.unique_id);
    return {
      status: "success",
      message: rowsAffected === null ? "CREATE VIEW" : `INSERT ${rowsAffected}`,
      failures: null,
      rowsAffected,
      compiledCode: compiled.code,
      publication: {
        ...build.publication,
        apply: [...build.publication.apply, ...(batched?.recorded ?? [])],
      },
    };
  } catch (error) {
    throw inSource(error, compiled, executed, node.original_file_path);
  }
}

async function runTypeScript(
  node: ModelNode,
  context: RunContext,
  connection: Connection,
): Promise<NodeOutcome> {
  const code = await modelDefinition(context.project, node);
  const required = new Set(node.config.primary_key);
  for (const [name, declared] of Object.entries<ColumnDeclaration>(code.columns ?? {}))
    if (typeof declared !== "string" && declared.nullable === false) required.add(name);
  const columns = Object.values(node.columns).map((column) => ({
    name: column.name,
    type: declaredType(node, column.name, column.data_type),
    nullable: !required.has(column.name),
    description: column.description,
  }));
  const build = rows({
    dialect: context.adapter.dialect,
    relation: { schema: node.schema, identifier: node.alias },
    config: node.config,
    description: node.description,
    existing: (relation) => context.relations.get(relation),
    tables: [
      {
        name: node.name,
        relation: { schema: node.schema, identifier: node.alias },
        columns,
        primaryKey: node.config.primary_key,
        indexes: node.config.indexes,
        description: node.description,
      },
    ],
  });
  const source = runTypeScriptModel(node, columns, context);
  const rowsAffected = await runSteps(build, node, context, connection, source);
  return {
    status: "success",
    message: `INSERT ${rowsAffected ?? 0}`,
    failures: null,
    rowsAffected,
    compiledCode: null,
    publication: build.publication,
  };
}

/** The columns of the query with the types and descriptions that the project declares for them. */
function declared(node: ModelNode, described: readonly TypedColumn[]): TypedColumn[] {
  const byName = new Map(Object.values(node.columns).map((column) => [column.name.toLowerCase(), column]));
  const key = new Set(node.config.primary_key.map((name) => name.toLowerCase()));
  return described.map((column) => {
    const known = byName.get(column.name.toLowerCase());
    return {
      name: column.name,
      type: known?.data_type ? declaredType(node, known.name, known.data_type) : column.type,
      nullable: !key.has(column.name.toLowerCase()),
      description: known?.description ?? "",
    };
  });
}

function declaredType(node: ModelNode, name: string, text: string | null): ColumnType {
  const type = text === null ? undefined : parseColumnType(text);
  if (type !== undefined) return type;
  throw new SlaError({
    code: "SLA104",
    message: `column "${name}" of "${node.name}" has ${text === null ? "no type" : `the unknown type "${text}"`}`,
    hint: `Give it a type of MySQL's, for example ${formatColumnType({ kind: "varchar", length: 100 })} or bigint.`,
    location: { path: node.patch_path ?? node.original_file_path },
    node: node.unique_id,
  });
}
