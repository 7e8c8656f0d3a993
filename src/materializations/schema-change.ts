import type { Dialect } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import { type ColumnType, formatColumnType, type TypedColumn } from "../manifest/index.js";
import type { SchemaChange } from "./incremental-config.js";

/** The columns of a table that keeps its rows, after it has taken in what a query returns. */
export interface ColumnsAfter {
  table: TypedColumn[];
  /** Those that the query fills, as the batch holds them. */
  batch: TypedColumn[];
  /** Columns of the table that a copy of its rows can be made from. */
  kept: string[];
  /** Whether the table itself must change. */
  changed: boolean;
}

/** Decides by dbt's rules which columns a table has after a batch; throws SLA508 where they must not differ. */
export function columnsAfter(
  live: readonly TypedColumn[],
  query: readonly TypedColumn[],
  policy: SchemaChange,
  dialect: Dialect,
): ColumnsAfter {
  const key = (column: TypedColumn) => column.name.toLowerCase();
  const inLive = new Map(live.map((column) => [key(column), column]));
  const inQuery = new Map(query.map((column) => [key(column), column]));
  const added = query.filter((column) => !inLive.has(key(column)));
  const removed = live.filter((column) => !inQuery.has(key(column)));
  const retyped = live.filter((column) => {
    const now = inQuery.get(key(column));
    return now !== undefined && changesType(now.type, column.type, dialect);
  });
  const asLive = (column: TypedColumn) => ({ ...column, ...typing(inLive.get(key(column)) ?? column) });
  const names = (columns: readonly TypedColumn[]) => columns.map((column) => column.name);

  switch (policy) {
    case "ignore":
      if (removed.length > 0) {
        throw different([`the query does not return ${list(names(removed))}, which the table has`]);
      }
      return { table: [...live], batch: [...live], kept: names(live), changed: false };
    case "fail": {
      const found = [
        ...(added.length > 0
          ? [`the query returns ${list(names(added))}, which the table does not have`]
          : []),
        ...(removed.length > 0
          ? [`the query does not return ${list(names(removed))}, which the table has`]
          : []),
        ...retyped.map(
          (column) =>
            `"${column.name}" is ${formatColumnType(column.type)} in the table and ${formatColumnType(inQuery.get(key(column))!.type)} in the query`,
        ),
      ];
      if (found.length > 0) throw different(found);
      return { table: [...live], batch: query.map(asLive), kept: names(live), changed: false };
    }
    case "append_new_columns":
      return {
        table: [...live, ...added.map(asNew)],
        batch: query.map((column) => (inLive.has(key(column)) ? asLive(column) : asNew(column))),
        kept: names(live),
        changed: added.length > 0,
      };
    case "sync_all_columns": {
      const kept = live.filter((column) => inQuery.has(key(column)));
      const typed = new Map(
        kept.map((column) => [
          key(column),
          retyped.includes(column) ? { ...column, type: inQuery.get(key(column))!.type } : column,
        ]),
      );
      return {
        table: [...typed.values(), ...added.map(asNew)],
        batch: query.map((column) => typed.get(key(column)) ?? asNew(column)),
        kept: names(kept),
        changed: added.length + removed.length + retyped.length > 0,
      };
    }
  }
}

/** Rows that were there before have nothing in a new column. */
function asNew(column: TypedColumn): TypedColumn {
  return { ...column, nullable: true };
}

function typing({ name, type, nullable }: TypedColumn): Pick<TypedColumn, "name" | "type" | "nullable"> {
  return { name, type, nullable };
}

/** Types are compared as the engine holds them; text that is shorter than the column can hold is no change. */
function changesType(query: ColumnType, live: ColumnType, dialect: Dialect): boolean {
  const [now, before] = [length(query), length(live)];
  if (now !== undefined && before !== undefined) return now > before;
  const held = (type: ColumnType) => dialect.columnType(type).toLowerCase();
  // MariaDB's JSON is text with a check.
  const same = (a: string, b: string) => a === b || (a === "json" && b === "longtext");
  return !same(held(query), held(live));
}

function length(type: ColumnType): number | undefined {
  return type.kind === "char" || type.kind === "varchar" ? type.length : undefined;
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

function different(found: readonly string[]): SlaError {
  return new SlaError({
    code: "SLA508",
    message: `columns have changed: ${found.join("; ")}`,
    hint: "Build it anew with --full-refresh, or let the table follow: on_schema_change: append_new_columns or sync_all_columns.",
  });
}
