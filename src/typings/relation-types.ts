import type { CatalogRelation } from "../adapters/index.js";
import type { Graph } from "../graph/index.js";
import {
  type Column,
  type ColumnLineage,
  type ColumnType,
  getNode,
  type Manifest,
  type ModelNode,
  type ProcedureNode,
  parseColumnType,
  type Relation,
  type RelationalNode,
  relationKey,
  type SeedNode,
  type SourceNode,
  type TypedColumn,
} from "../manifest/index.js";
import { hardDeletes, MATERIALIZATIONS, metaNames } from "../materializations/index.js";
import { type ColumnDeclaration, modelDefinition, type Project, readCsv } from "../project/index.js";
import { testedNotNull } from "./promised-values.js";
import { queryTypes, WHOLE } from "./query-types.js";
import { Scratch } from "./scratch.js";
import { calledBy, type RowColumn, type TypedRelation } from "./typed-relation.js";

/** What row types are made of. */
export interface TypesInput {
  project: Project;
  manifest: Manifest;
  graph: Graph;
  lineage: ColumnLineage;
  /** What the warehouse has; asked only where the project does not say, and empty if it cannot be asked. */
  catalog(): Promise<ReadonlyMap<string, CatalogRelation>>;
  /** Told of a node whose types cannot be read from its query. */
  untyped(node: RelationalNode, why: unknown): void;
  runStartedAt: Date;
}

type Columns = { columns: RowColumn[]; complete: boolean };

/** The columns and types of all that TypeScript models may read, in the order of a build. */
export async function typedRelations(input: TypesInput): Promise<TypedRelation[]> {
  const { project, manifest, graph, lineage } = input;
  const notNull = testedNotNull(manifest);
  const types = new Map<string, ColumnType | null>();
  const relations: TypedRelation[] = [];
  const scratch = await Scratch.open(project, manifest, input.runStartedAt);
  try {
    for (const id of graph.order(graph.ids())) {
      const node = getNode(manifest, id) as RelationalNode;
      switch (node.resource_type) {
        case "source":
          await add(node, await sourceColumns(node));
          break;
        case "seed":
          if (node.language === "csv") await add(node, await csvColumns(node));
          break;
        case "procedure":
          for (const table of node.tables) await addTable(node, table);
          break;
        case "model":
        case "snapshot":
          await add(node, await (node.language === "typescript" ? codeColumns(node) : sqlColumns(node)));
          break;
      }
    }
  } finally {
    await scratch.close();
  }
  return relations;

  async function add(node: RelationalNode, found: Columns): Promise<void> {
    const tested = notNull.get(node.unique_id);
    const columns = found.columns.map((column) =>
      tested?.has(column.name.toLowerCase()) ? { ...column, nullable: false } : column,
    );
    relations.push({ ...calledBy(node), description: node.description, ...found, columns });
    for (const { name, type } of columns) types.set(typeKey(node.unique_id, name), type);
    const stands = !(node.resource_type === "model" && node.config.materialized === "ephemeral");
    if (stands) await create({ schema: node.schema, identifier: node.alias }, columns);
  }

  async function addTable(node: ProcedureNode, table: ProcedureNode["tables"][number]): Promise<void> {
    const columns = table.columns.map((column) => ({ ...column, declared: true }));
    const { name, description } = table;
    relations.push({ source: null, name, description, columns, complete: true });
    for (const column of columns) types.set(typeKey(node.unique_id, `${name}.${column.name}`), column.type);
    await create({ schema: table.schema, identifier: table.alias }, columns);
  }

  /** What cannot stand here for want of a type is missed by the queries that read it, which is told then. */
  async function create(relation: Relation, columns: readonly RowColumn[]): Promise<void> {
    const typed = columns.map(
      ({ name, type }): TypedColumn => ({ name, type: type ?? TEXT, nullable: true, description: "" }),
    );
    await scratch.create(relation, typed);
  }

  async function sourceColumns(node: SourceNode): Promise<Columns> {
    const documented = Object.values(node.columns);
    const seeder = node.depends_on.nodes
      .map((id) => manifest.nodes[id])
      .find((parent) => parent !== undefined);
    const own =
      seeder?.resource_type === "seed" ? seeder.tables.find(({ name }) => name === node.name) : undefined;
    if (own !== undefined)
      return {
        columns: own.columns.map((column) => ({
          ...column,
          declared: true,
          description: node.columns[column.name]?.description ?? column.description,
        })),
        complete: true,
      };
    const standing = await standingColumns(node);
    return standing ?? { columns: documented.map((column) => declaredColumn(column)), complete: false };
  }

  async function csvColumns(node: SeedNode): Promise<Columns> {
    const { columns, safeIntegers } = await readCsv(project, node);
    return {
      columns: columns.map((column) => ({
        ...column,
        type: safeIntegers.has(column.name) ? WHOLE : column.type,
        declared: column.name in node.config.column_types,
        description: node.columns[column.name]?.description ?? "",
      })),
      complete: true,
    };
  }

  async function codeColumns(node: ModelNode): Promise<Columns> {
    const { columns = {} } = await modelDefinition(project, node);
    const required = new Set(node.config.primary_key);
    for (const [name, declared] of Object.entries<ColumnDeclaration>(columns))
      if (typeof declared !== "string" && declared.nullable === false) required.add(name);
    return {
      columns: Object.values(node.columns).map((column) => ({
        ...declaredColumn(column),
        nullable: !required.has(column.name),
      })),
      complete: true,
    };
  }

  async function sqlColumns(node: ModelNode): Promise<Columns> {
    let described: TypedColumn[];
    try {
      described = await scratch.describe(node);
    } catch (error) {
      const standing = await standingColumns(node);
      if (standing !== undefined) return standing;
      input.untyped(node, error);
      const { columns, complete } = lineage.nodes[node.unique_id]!;
      const documented = columns.map(
        ({ name }) => node.columns[name] ?? { name, description: "", data_type: null },
      );
      return { columns: documented.map((column) => declaredColumn(column)), complete };
    }
    const found = queryTypes(node.unique_id, described, lineage, (id, column) =>
      types.get(typeKey(id, column)),
    );
    // A view is what its query gives; a table is what is declared of it.
    const declares = MATERIALIZATIONS[node.config.materialized]?.describes === true;
    const key = new Set(declares ? node.config.primary_key.map((name) => name.toLowerCase()) : []);
    const columns = described.map(({ name }, at): RowColumn => {
      const known = byName(node).get(name.toLowerCase());
      const declared = declares ? typeOf(known) : null;
      return {
        name,
        type: declared ?? found[at]!,
        declared: declared !== null,
        nullable: !key.has(name.toLowerCase()),
        description: known?.description ?? "",
      };
    });
    const own = node.resource_type === "snapshot" ? versionColumns(node) : [];
    return { columns: [...columns, ...own], complete: true };
  }

  /** What stands in the warehouse, in the order of its columns; undefined where nothing does. */
  async function standingColumns(node: RelationalNode): Promise<Columns | undefined> {
    const relation = (await input.catalog()).get(
      relationKey({ schema: node.schema, identifier: node.alias }),
    );
    if (relation === undefined || relation.columns.length === 0) return undefined;
    const columns = relation.columns.map(({ name, type, nullable }) => {
      const known = byName(node).get(name.toLowerCase());
      const declared = typeOf(known);
      return {
        name,
        type: declared ?? type,
        declared: declared !== null,
        nullable,
        description: known?.description ?? "",
      };
    });
    return { columns, complete: true };
  }
}

const TEXT: ColumnType = { kind: "longtext" };

type Documented = Pick<Column, "name" | "data_type" | "description">;

function declaredColumn(column: Documented): RowColumn {
  const type = typeOf(column);
  return {
    name: column.name,
    type,
    declared: type !== null,
    nullable: true,
    description: column.description,
  };
}

function typeOf(column: Documented | undefined): ColumnType | null {
  return (column?.data_type ? parseColumnType(column.data_type) : undefined) ?? null;
}

function byName(node: RelationalNode): Map<string, Column> {
  return new Map(Object.values(node.columns).map((column) => [column.name.toLowerCase(), column]));
}

function typeKey(node: string, column: string): string {
  return `${node} ${column.toLowerCase()}`;
}

/** What a snapshot adds to the columns of its query. */
function versionColumns({ config }: ModelNode): RowColumn[] {
  const meta = metaNames(config);
  const column = (name: string, type: ColumnType, nullable: boolean): RowColumn => ({
    name,
    type,
    declared: true,
    nullable,
    description: "",
  });
  const moment: ColumnType = { kind: "datetime", precision: 6 };
  return [
    column(meta.dbt_scd_id, { kind: "varchar", length: 64 }, false),
    column(meta.dbt_updated_at, moment, true),
    column(meta.dbt_valid_from, moment, true),
    column(meta.dbt_valid_to, moment, true),
    ...(hardDeletes(config) === "new_record"
      ? [column(meta.dbt_is_deleted, { kind: "varchar", length: 5 }, true)]
      : []),
  ];
}
