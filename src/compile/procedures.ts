import { didYouMean, SlaError } from "../errors/index.js";
import { type ProcedureNode, type ProcedureTable, parseColumnType, procedureId } from "../manifest/index.js";
import type { FileText, ProcedureProperties } from "../project/index.js";
import { type Assembly, collect, filesOf, identify } from "./assembly.js";
import { declaredTable } from "./declared-table.js";
import { entryLayer, readColumns, resolveConfig, schemaName, templateLayer } from "./node-parts.js";
import { bindArguments, checkNames } from "./procedure-arguments.js";
import { type ProcedureHeader, readHeader, withoutTags } from "./procedure-header.js";
import { locate, type Placed, type PropertiesIndex } from "./properties-index.js";
import { unrenderedConfig } from "./static-value.js";
import { readSqlFile, type SqlFile } from "./template-facts.js";

/** A file of the procedure folders: its template, and what its header declares. */
interface ProcedureFile extends SqlFile {
  header: ProcedureHeader;
}

/** Reads all procedures, with the tables that properties say they write. */
export function readProcedures(assembly: Assembly, properties: PropertiesIndex): void {
  const { project, errors } = assembly;
  for (const file of filesOf(assembly, project.paths.procedures, /\.sql$/)) {
    const sql = collect(errors, () => project.cache.derive(file.path, readProcedureFile));
    if (sql === undefined) continue;
    const { name, path, fqn } = identify(file, project.name);
    if (sql.header.name.toLowerCase() !== name.toLowerCase()) {
      errors.push(
        new SlaError({
          code: "SLA211",
          message: `${file.path} creates the procedure "${sql.header.name}"`,
          hint: `Call the file ${sql.header.name}.sql, or the procedure ${name}.`,
          location: { path: file.path },
        }),
      );
      continue;
    }
    const placed = properties.procedures.get(name);
    const layer =
      sql.config.length === 0 ? undefined : templateLayer(assembly, "procedure", file.path, sql.config);
    const config = resolveConfig(assembly, "procedure", fqn, placed && entryLayer(placed.entry), layer);
    const node: ProcedureNode = {
      unique_id: procedureId(project.name, name),
      resource_type: "procedure",
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
      columns: {},
      depends_on: { nodes: [], macros: [] },
      schema: schemaName(assembly, config.schema),
      alias: config.alias ?? name,
      language: "sql",
      raw_code: sql.text,
      checksum: sql.checksum,
      refs: sql.refs,
      sources: sql.sources,
      parameters: parameters(assembly, file.path, sql, placed),
      tables: [],
    };
    node.tables = (placed?.entry.tables ?? []).map((_table, at) => table(assembly, node, placed!, at));
    if (node.tables.length === 0 && config.enabled) errors.push(withoutTables(node));
    const unrendered = unrenderedConfig(sql.config);
    if (unrendered !== null) node.unrendered_config = unrendered;
    collect(errors, () => checkArguments(node));
    assembly.uses.set(node.unique_id, sql);
    assembly.procedures.push(node);
  }
}

function readProcedureFile(file: FileText): ProcedureFile {
  return { ...readSqlFile(file), header: readHeader(withoutTags(file.text), file.path) };
}

function parameters(
  assembly: Assembly,
  path: string,
  { header, text }: ProcedureFile,
  placed: Placed<ProcedureProperties> | undefined,
): ProcedureNode["parameters"] {
  const described = placed?.entry.parameters ?? [];
  for (const [at, { name }] of described.entries()) {
    if (header.parameters.some((parameter) => parameter.name === name)) continue;
    assembly.errors.push(
      new SlaError({
        code: "SLA104",
        message: `procedure "${header.name}" has no parameter "${name}"`,
        hint: didYouMean(
          name,
          header.parameters.map((parameter) => parameter.name),
        ),
        location: locate(assembly, placed!, ["parameters", at, "name"]),
      }),
    );
  }
  return header.parameters.map(({ name, type, start }) => {
    if (parseColumnType(type) === undefined) {
      const line = text.slice(0, start).split("\n").length;
      assembly.errors.push(
        new SlaError({
          code: "SLA211",
          message: `parameter "${name}" has the type "${type}", which is none of MySQL's`,
          location: { path, line },
        }),
      );
    }
    return { name, type, description: described.find((entry) => entry.name === name)?.description ?? "" };
  });
}

function table(
  assembly: Assembly,
  node: ProcedureNode,
  placed: Placed<ProcedureProperties>,
  at: number,
): ProcedureTable {
  const entry = placed.entry.tables[at]!;
  for (const [position, column] of entry.columns.entries()) {
    if (column.data_type !== undefined) continue;
    assembly.errors.push(
      new SlaError({
        code: "SLA104",
        message: `column "${column.name}" of table "${entry.name}", which procedure "${node.name}" writes, has no type`,
        hint: "Give it a data_type: the table is created before the procedure is called.",
        location: locate(assembly, placed, ["tables", at, "columns", position, "name"]),
      }),
    );
  }
  if (entry.columns.length === 0) {
    assembly.errors.push(
      new SlaError({
        code: "SLA104",
        message: `table "${entry.name}", which procedure "${node.name}" writes, has no columns`,
        hint: "List its columns with their types: it is created before the procedure is called.",
        location: locate(assembly, placed, ["tables", at, "name"]),
      }),
    );
  }
  const declared = declaredTable(assembly, `procedure "${node.name}"`, placed.path, entry.name, node.schema, {
    columns: entry.columns.map(({ name, data_type, description }) => ({
      name,
      type: data_type,
      nullable: true,
      description,
    })),
    primaryKey: entry.primary_key ?? [],
    indexes: entry.indexes ?? [],
  });
  return { ...declared, description: entry.description, documented: readColumns(entry.columns) };
}

/** A parameter without a value is no mistake yet: `sla call` may give it. */
function checkArguments(node: ProcedureNode): void {
  const given = node.config.arguments ?? {};
  checkNames(node, Object.keys(given));
  const names = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  const parameters = node.parameters.filter(
    ({ name, type }) => names.has(name.toLowerCase()) && parseColumnType(type) !== undefined,
  );
  bindArguments({ ...node, parameters }, given);
}

function withoutTables(node: ProcedureNode): SlaError {
  return new SlaError({
    code: "SLA211",
    message: `procedure "${node.name}" declares no table that it writes`,
    hint: `Declare it in a properties file: procedures: [{name: ${node.name}, tables: [{name: …, columns: [{name: …, data_type: …}]}]}].`,
    location: { path: node.original_file_path },
    node: node.unique_id,
  });
}
