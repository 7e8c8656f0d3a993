import type { ColumnType } from "kysely";
import type { Row } from "../manifest/index.js";

/**
 * The rows of models, seeds, snapshots and tables of procedures, by name. `sla generate types` fills it for a project; as long as it is
 * empty, any name is taken and rows are of any columns.
 */
// biome-ignore lint/suspicious/noEmptyInterface: declarations of projects are merged into it
export interface Relations {}

/** The rows of sources, by source and table. `sla generate types` fills it for a project. */
// biome-ignore lint/suspicious/noEmptyInterface: declarations of projects are merged into it
export interface Sources {}

/** Whether types have been generated. */
type Generated = [keyof Relations, keyof Sources] extends [never, never] ? false : true;

/** What `ref` takes: the names of the project, once types are generated. */
export type RefName = Generated extends true ? keyof Relations & string : string;

/** What `source` takes first. */
export type SourceName = Generated extends true ? keyof Sources & string : string;

/** What `source` takes second. */
export type TableName<Source extends string> = Source extends keyof Sources
  ? keyof Sources[Source] & string
  : Generated extends true
    ? never
    : string;

/** A row of what `ref` names; some of its columns, where they are named: `RefRow<"orders", "id" | "amount">`. */
export type RefRow<Name extends RefName, Column extends keyof RowsOfRef<Name> = keyof RowsOfRef<Name>> = Pick<
  RowsOfRef<Name>,
  Column
>;

/** A row of a source's table; some of its columns, where they are named. */
export type SourceRow<
  Source extends SourceName,
  Table extends TableName<Source>,
  Column extends keyof RowsOfSource<Source, Table> = keyof RowsOfSource<Source, Table>,
> = Pick<RowsOfSource<Source, Table>, Column>;

/** The row type behind a name. */
export type RowsOfRef<Name> = Name extends keyof Relations ? Rows<Relations[Name]> : Row;

/** The row type behind a source's table. */
export type RowsOfSource<Source, Table> = Source extends keyof Sources
  ? Table extends keyof Sources[Source]
    ? Rows<Sources[Source][Table]>
    : Row
  : Row;

type Rows<R> = R extends object ? R : Row;

/** Takes the place of names where a model claims rows that nothing has. */
export interface NoRelationHasTheseColumns {
  readonly noRelationHasTheseColumns: true;
}

/** The names whose rows have what a model claims of them: `ref<{ id: number }>("orders")`. */
export type RefNameWith<R extends object> = Generated extends true ? NameWith<R, Relations> : string;

/** The tables of a source whose rows have what a model claims of them. */
export type TableNameWith<R extends object, Source> = Source extends keyof Sources
  ? NameWith<R, Sources[Source]>
  : TableName<Source & string>;

/** No claim is fulfilled by all. */
type NameWith<R extends object, All> = [R] extends [never]
  ? keyof All & string
  : OrNone<{ [Name in keyof All]: All[Name] extends R ? Name : never }[keyof All] & string>;

type OrNone<Name> = [Name] extends [never] ? NoRelationHasTheseColumns : Name;

/** A relation as Kysely's queries see it, by its conventions: what is read has its type, and nothing is inserted or updated. */
export type ReadOnly<R extends object> = { [C in keyof R]: ColumnType<R[C], never, never> };

/** All relations of the project for a Kysely of one's own: `new Kysely<Database>(…)`; a source's table is called `source.table`. */
export type Database = { [Name in keyof Relations]: ReadOnly<Rows<Relations[Name]>> } & {
  [Name in SourceTable]: Name extends `${infer Source}.${infer Table}`
    ? ReadOnly<RowsOfSource<Source, Table>>
    : never;
};

type SourceTable = {
  [Source in keyof Sources]: `${Source & string}.${keyof Sources[Source] & string}`;
}[keyof Sources];
