import { didYouMean, SlaError } from "../errors/index.js";
import { type Column, type ModelNode, modelId, parseColumnType, snapshotId } from "../manifest/index.js";
import type { ColumnDeclaration, ConfigLayer, NodeProperties, SourceFile } from "../project/index.js";
import { type Assembly, collect, filesOf, foldersOf, identify } from "./assembly.js";
import {
  definitionLayer,
  entryLayer,
  readColumns,
  resolveConfig,
  schemaName,
  templateLayer,
} from "./node-parts.js";
import type { Placed, PropertiesIndex } from "./properties-index.js";
import { unrenderedConfig } from "./static-value.js";
import { readSqlFile, type SqlFile } from "./template-facts.js";
import { type Defined, readDefinitions } from "./typescript-source.js";

/** Reads all models, SQL and TypeScript alike. */
export async function readModels(assembly: Assembly, properties: PropertiesIndex): Promise<void> {
  const { project, errors } = assembly;
  for (const file of filesOf(assembly, project.paths.models, /\.sql$/)) {
    const sql = collect(errors, () => project.cache.derive(file.path, readSqlFile));
    if (sql === undefined) continue;
    const layer =
      sql.config.length === 0 ? undefined : templateLayer(assembly, "model", file.path, sql.config);
    const placed = properties.models.get(identify(file, project.name).name);
    const node = selectNode(assembly, "model", placed, file, { language: "sql", ...sql }, undefined, [layer]);
    const unrendered = unrenderedConfig(sql.config);
    if (unrendered !== null) node.unrendered_config = unrendered;
    assembly.uses.set(node.unique_id, sql);
    assembly.models.push(node);
  }
  for (const defined of await readDefinitions(assembly, project.paths.models, "model")) {
    assembly.models.push(typeScriptModel(assembly, properties, defined));
  }
}

/** What a node has of its code. */
export type ModelCode = Pick<ModelNode, "language" | "checksum" | "refs" | "sources"> & Pick<SqlFile, "text">;

/** A node from its code, its properties and its config. */
export function selectNode(
  assembly: Assembly,
  type: "model" | "snapshot",
  placed: Placed<NodeProperties> | undefined,
  file: SourceFile,
  code: ModelCode,
  given: string | undefined,
  layers: readonly (ConfigLayer | undefined)[],
): ModelNode {
  const { project } = assembly;
  const { name, path, fqn } = identify(file, project.name, given);
  const outer = code.language === "typescript" ? { materialized: "table" } : undefined;
  const config = resolveConfig(assembly, type, fqn, outer, placed && entryLayer(placed.entry), ...layers);
  return {
    unique_id: type === "model" ? modelId(project.name, name) : snapshotId(project.name, name),
    resource_type: type,
    name,
    package_name: project.name,
    path,
    original_file_path: file.path,
    patch_path: placed?.path ?? null,
    fqn,
    description: placed?.entry.description ?? "",
    tags: config.tags,
    meta: config.meta,
    config,
    columns: placed === undefined ? {} : readColumns(placed.entry.columns),
    depends_on: { nodes: [], macros: [] },
    schema: schemaName(assembly, config.schema),
    alias: config.alias ?? name,
    language: code.language,
    raw_code: code.text,
    checksum: code.checksum,
    refs: code.refs,
    sources: code.sources,
  };
}

function typeScriptModel(
  assembly: Assembly,
  properties: PropertiesIndex,
  { file, name, source, definition }: Defined<"model">,
): ModelNode {
  const refs = (definition.refs ?? []).map((ref) => {
    const dot = ref.lastIndexOf(".");
    const owner = dot === -1 ? null : ref.slice(0, dot);
    return { package: owner, name: ref.slice(dot + 1), line: 0, column: 0 };
  });
  const sources = (definition.sources ?? []).map((text) => {
    const [sourceName = "", table = ""] = text.split(".");
    return { source: sourceName, table, line: 0, column: 0 };
  });
  const { materialized } = definition;
  const layer = definitionLayer(assembly, "model", file.path, {
    ...(materialized !== undefined && { materialized }),
    ...definition.config,
  });
  const code: ModelCode = {
    language: "typescript",
    text: source.text,
    checksum: source.checksum,
    refs,
    sources,
  };
  const node = selectNode(assembly, "model", properties.models.get(name), file, code, name, [layer]);
  node.description ||= definition.description ?? "";
  node.columns = declaredColumns(assembly, file.path, name, definition.columns ?? {}, node.columns);
  addOrigins(assembly, node, definition.from ?? {});
  checkOrigins(assembly, node, [...(definition.refs ?? []), ...(definition.sources ?? [])]);
  for (const [column, declaration] of Object.entries(definition.columns ?? {})) {
    const entries = typeof declaration === "string" ? [] : (declaration.tests ?? []);
    const { path } = file;
    assembly.declaredTests.push({
      target: node,
      column,
      columnTags: [],
      entries,
      path,
      folders: foldersOf(file),
      locate: () => ({ path }),
    });
  }
  return node;
}

/** What the model declares of its columns' origins beside the columns; what stands at a column goes before `*`. */
function addOrigins(
  { errors }: Assembly,
  node: ModelNode,
  from: Readonly<Record<string, readonly string[]>>,
): void {
  for (const [name, column] of Object.entries(node.columns)) {
    const declared = from[name] ?? column.from ?? from["*"];
    if (declared !== undefined) column.from = [...declared];
  }
  for (const name of Object.keys(from)) {
    if (name === "*" || Object.hasOwn(node.columns, name)) continue;
    errors.push(
      new SlaError({
        code: "SLA104",
        message: `"${node.name}" says where its column "${name}" comes from, and has no such column`,
        hint: didYouMean(name, Object.keys(node.columns)),
        location: { path: node.original_file_path },
      }),
    );
  }
}

/** A column can only be made of columns of what the model reads. */
function checkOrigins({ errors }: Assembly, node: ModelNode, inputs: readonly string[]): void {
  for (const { name, from } of Object.values(node.columns)) {
    for (const text of from ?? []) {
      if (typeof text === "string" && inputs.includes(text.slice(0, text.lastIndexOf(".")))) continue;
      errors.push(
        new SlaError({
          code: "SLA104",
          message: `column "${name}" of "${node.name}" comes from ${JSON.stringify(text)}, which is no column of what the model reads`,
          hint: `Write input.column; the model reads ${inputs.join(", ") || "nothing: name its inputs in refs"}.`,
          location: { path: node.original_file_path },
        }),
      );
    }
  }
}

/** Columns declared in code, with what properties add to them. */
export function declaredColumns(
  assembly: Assembly,
  path: string,
  owner: string,
  declared: Readonly<Record<string, ColumnDeclaration>>,
  documented: Readonly<Record<string, Column>>,
): Record<string, Column> {
  const columns: Record<string, Column> = {};
  for (const [name, declaration] of Object.entries(declared)) {
    const { type, description, from } =
      typeof declaration === "string" ? { type: declaration, description: "", from: undefined } : declaration;
    if (typeof type !== "string" || parseColumnType(type) === undefined) {
      assembly.errors.push(
        new SlaError({
          code: "SLA104",
          message: `column "${name}" of "${owner}": expected a type of MySQL, such as bigint or varchar(100), found ${JSON.stringify(type)}`,
          location: { path },
        }),
      );
    }
    const known = documented[name];
    columns[name] = {
      name,
      description: known?.description || description || "",
      data_type: known?.data_type ?? type,
      tags: known?.tags ?? [],
      meta: known?.meta ?? {},
      ...(from !== undefined && { from: [...from] }),
    };
  }
  for (const [name, column] of Object.entries(documented)) columns[name] ??= column;
  return columns;
}
