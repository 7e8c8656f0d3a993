import type { ColumnTable } from "arquero";
import type { Compilable, SelectQueryBuilder } from "kysely";
import type { Chart, ChartSize, IndexConfig, Row, TestEntry, Value } from "../manifest/index.js";
import type { ArqueroTable } from "./arquero-table.js";
import type {
  ReadOnly,
  RefName,
  RefNameWith,
  RowsOfRef,
  RowsOfSource,
  SourceName,
  TableName,
  TableNameWith,
} from "./relation-types.js";

const KIND = Symbol.for("sla.definition");

/** A row as models and seeders may give it: plain values, and dates, which are written in UTC. */
export type GivenRow = Readonly<Record<string, Value | Date | undefined>>;

/** A column declared in code: its type in MySQL's spelling, or more. */
export type ColumnDeclaration =
  | string
  | {
      type: string;
      nullable?: boolean;
      description?: string;
      tests?: TestEntry[];
      /** Models: the columns of inputs that it is made of, `orders.id`, `source.table.column` or `orders.*`; `[]` for none. */
      from?: readonly string[];
    };

/** What to read of a relation: some of its columns, or what a Kysely query selects. */
export type Part<R extends object> = readonly (keyof R & string)[] | Compilable<unknown>;

/** The rows of a part; those of the relation itself where no part is named. */
export type RowOf<R extends object, P> =
  P extends Compilable<infer Selected>
    ? Selected
    : P extends readonly (infer C extends keyof R)[]
      ? Pick<R, C>
      : R;

/** A relation that a TypeScript model reads. Rows come in no order, unless a query orders them. */
export interface RelationHandle<out R extends object = Row> {
  readonly name: string;
  /** Rows one by one, with bounded memory. */
  rows<const P extends Part<R> | undefined = undefined>(part?: P): AsyncIterable<RowOf<R, P>>;
  /** Rows in batches of a few thousand, with bounded memory. */
  batches<const P extends Part<R> | undefined = undefined>(part?: P): AsyncIterable<RowOf<R, P>[]>;
  /** All rows at once. */
  all<const P extends Part<R> | undefined = undefined>(part?: P): Promise<RowOf<R, P>[]>;
  /** All rows as an Arquero table: a column at a time, which takes a fraction of the memory of `all`. */
  table<const P extends Part<R> | undefined = undefined>(
    part?: P,
  ): Promise<ArqueroTable<RowOf<R, P> & object>>;
  /** A Kysely query that starts at this relation, which stands in it under the name `relation`. */
  query(): SelectQueryBuilder<{ relation: ReadOnly<R> }, "relation", object>;
}

/** What the code of a model is given. */
export interface ModelContext {
  /** A model or seed, which must be among `refs`: with the types of the project, once they are generated. */
  ref<Name extends RefName>(name: Name): RelationHandle<RowsOfRef<Name>>;
  /** The same with a claim about its rows, which is checked once types are generated. */
  ref<R extends object = never>(name: RefNameWith<R>): RelationHandle<R>;
  /** A source, which must be among `sources`: with the types of the project, once they are generated. */
  source<Source extends SourceName, Table extends TableName<Source>>(
    source: Source,
    table: Table,
  ): RelationHandle<RowsOfSource<Source, Table>>;
  /** The same with a claim about its rows. */
  source<R extends object = never, Source extends SourceName = SourceName>(
    source: Source,
    table: TableNameWith<R, Source>,
  ): RelationHandle<R>;
  /** The node's config after inheritance. */
  config: Readonly<Record<string, unknown>>;
  vars: Readonly<Record<string, unknown>>;
  target: { name: string; type: "duckdb" | "mysql"; schema: string };
  /** Writes a file below `target/exports`. */
  exportFile(path: string, content: string | Uint8Array): Promise<void>;
  /** Draws a chart to NAME.svg and NAME.png below `target/exports`: 960 × 540 unless a size is given. */
  exportChart(name: string, chart: Chart, size?: Partial<ChartSize>): Promise<void>;
  /** Writes rows to NAME.csv below `target/exports`. */
  exportCsv(name: string, rows: ModelRows): Promise<void>;
  /** A line for whoever runs the command. */
  log(text: string): void;
  /** Aborted when the run is. */
  signal: AbortSignal;
}

/** What a model may return: rows as they come, all at once, or as an Arquero table, whose order and filter count. */
export type ModelRows = AsyncIterable<GivenRow> | Iterable<GivenRow> | ColumnTable;

/** A model written in TypeScript. */
export interface ModelDefinition {
  /** The file's name without its ending, when absent. */
  name?: string;
  materialized?: string;
  description?: string;
  /** The models and seeds it reads; `package.model` where several packages have one of that name. */
  refs?: readonly RefName[];
  /** The sources it reads, as `source.table`. */
  sources?: readonly string[];
  columns?: Readonly<Record<string, ColumnDeclaration>>;
  /**
   * Of which columns of inputs each column is made, for lineage: `{ id: ["orders.id"], score: ["orders.*"] }`; `[]` for none, and the column
   * `"*"` for all that are not named. May stand at each column as well.
   */
  from?: Readonly<Record<string, readonly string[]>>;
  /** Any other config key. */
  config?: Readonly<Record<string, unknown>>;
  /** True: the code runs on a thread of its own, so that what it computes holds up nothing else. */
  worker?: boolean;
  run(context: ModelContext): ModelRows | Promise<ModelRows>;
}

/** A table that a seeder fills. */
export interface SeederTableDefinition {
  description?: string;
  columns: Readonly<Record<string, ColumnDeclaration>>;
  primary_key?: string | readonly string[];
  indexes?: readonly IndexConfig[];
}

/** What the code of a seeder is given. */
export interface SeederContext {
  vars: Readonly<Record<string, unknown>>;
  /** The project's folder, absolute: relative paths in variables start there. */
  projectDir: string;
  /** The folder of the package that the seeder belongs to, absolute: the project's own, unless it came with a package. */
  packageDir: string;
  /** A line for whoever runs the command. */
  log(text: string): void;
  /** Aborted when the run is. */
  signal: AbortSignal;
}

/** Some rows of one table: objects, or arrays in the order of the declared columns. */
export interface SeederBatch<Table extends string = string> {
  table: Table;
  rows: readonly GivenRow[] | readonly (readonly (Value | Date | undefined)[])[];
}

/** Rows made by code: each of its tables is also a source of the seeder's name. */
export interface SeederDefinition<Table extends string = string> {
  /** The file's name without its ending, when absent. */
  name?: string;
  description?: string;
  tables: Readonly<Record<Table, SeederTableDefinition>>;
  config?: Readonly<Record<string, unknown>>;
  /** Files that its rows come from, relative to the project or absolute: a reused build looks whether they changed. */
  inputs?(context: Pick<SeederContext, "vars" | "projectDir" | "packageDir">): readonly string[];
  run(context: SeederContext): AsyncIterable<SeederBatch<Table>> | Iterable<SeederBatch<Table>>;
}

/** What a macro is given besides its arguments. */
export interface MacroContext {
  vars: Readonly<Record<string, unknown>>;
  target: { name: string; type: "duckdb" | "mysql"; schema: string };
  /** A value as a literal of MySQL's SQL. */
  literal(value: Value): string;
  /** A quoted identifier. */
  identifier(name: string): string;
}

/** An argument of a macro; one with a default may be left out. */
export interface MacroArgument {
  type?: "string" | "number" | "boolean" | "list" | "any";
  description?: string;
  default?: unknown;
}

/** A macro written in TypeScript: named arguments in, MySQL's SQL out. */
export interface MacroDefinition<Name extends string = string> {
  /** The name of the export, when absent. */
  name?: string;
  description?: string;
  /** In the order in which templates may give them without names. */
  arguments?: Readonly<Record<Name, MacroArgument>>;
  // biome-ignore lint/suspicious/noExplicitAny: what templates pass is checked against `arguments` when they call
  run(args: Readonly<Record<Name, any>>, context: MacroContext): string;
}

/** The three kinds of definitions, by the word that marks them. */
export interface Definitions {
  model: ModelDefinition;
  seeder: SeederDefinition;
  macro: MacroDefinition;
}

/** Declares a model whose rows are made by TypeScript. */
export function defineModel<const Definition extends ModelDefinition>(definition: Definition): Definition {
  return mark("model", definition);
}

/** Declares a seeder: tables, and the code that yields their rows. */
export function defineSeeder<Table extends string>(
  definition: SeederDefinition<Table>,
): SeederDefinition<Table> {
  return mark("seeder", definition);
}

/** Declares a macro that is called in templates like one of `macros/*.sql`. */
export function defineMacro<Name extends string>(definition: MacroDefinition<Name>): MacroDefinition<Name> {
  return mark("macro", definition);
}

/** What kind of definition a value is, if it is one. */
export function definitionKind(value: unknown): keyof Definitions | undefined {
  return value !== null && typeof value === "object"
    ? (value as { [KIND]?: keyof Definitions })[KIND]
    : undefined;
}

function mark<T extends object>(kind: keyof Definitions, definition: T): T {
  Object.defineProperty(definition, KIND, { value: kind });
  return definition;
}
