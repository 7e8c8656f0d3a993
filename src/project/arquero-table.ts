import type { ColumnTable } from "arquero";

/** Takes the place of a value of a column that the relation does not have: whatever is done with it is an error that names the column. */
export interface NoSuchColumn<Name extends string> {
  readonly noSuchColumn: Name;
}

type Names<R extends object> = keyof R & string;
type Unknown<Name extends string, Loose> = string extends Name ? Loose : NoSuchColumn<Name>;

/** Verbs that keep the columns. */
type Keeping =
  | "filter"
  | "slice"
  | "sample"
  | "ungroup"
  | "unorder"
  | "reify"
  | "orderby"
  | "semijoin"
  | "antijoin";

/** Verbs whose result has other columns. */
type Changing =
  | "assign"
  | "count"
  | "derive"
  | "relocate"
  | "rename"
  | "reduce"
  | "rollup"
  | "impute"
  | "fold"
  | "pivot"
  | "spread"
  | "unroll"
  | "lookup"
  | "join"
  | "join_left"
  | "join_right"
  | "join_full"
  | "cross"
  | "concat"
  | "union";

type Expression = object | ((...given: never[]) => unknown);

/** What is known of columns by name. */
interface Columns<R extends object> {
  get<C extends Names<R>>(name: C, row?: number): R[C];
  get<C extends string>(name: C, row?: number): Unknown<C, ReturnType<ColumnTable["get"]>>;
  array<C extends Names<R>>(name: C): R[C][];
  array<C extends string>(name: C): Unknown<C, ReturnType<ColumnTable["array"]>>;
  column<C extends Names<R>>(name: C): ReturnType<ColumnTable["column"]>;
  column<C extends string>(name: C): Unknown<C, ReturnType<ColumnTable["column"]>>;
  object(row?: number): R;
  objects(options?: Parameters<ColumnTable["objects"]>[0]): R[];
  [Symbol.iterator](): Iterator<R>;
  select<C extends Names<R>>(...columns: (C | C[])[]): ArqueroTable<Pick<R, C>>;
  select<C extends string>(...columns: (C | C[])[]): Unknown<C, ColumnTable>;
  select(...columns: Parameters<ColumnTable["select"]>): ColumnTable;
  groupby(...keys: (Names<R> | Names<R>[] | Expression)[]): ArqueroTable<R>;
  groupby<C extends string>(...keys: C[]): Unknown<C, ColumnTable>;
  dedupe(...keys: (Names<R> | Names<R>[] | Expression)[]): ArqueroTable<R>;
  dedupe<C extends string>(...keys: C[]): Unknown<C, ColumnTable>;
}

/** An Arquero table whose columns are known: values have their types, and a column that is not there is an error. */
export type ArqueroTable<R extends object> = Columns<R> & {
  [Verb in Keeping]: (...given: Parameters<ColumnTable[Verb]>) => ArqueroTable<R>;
} & { [Verb in Changing]: (...given: Parameters<ColumnTable[Verb]>) => ColumnTable } & ColumnTable;
