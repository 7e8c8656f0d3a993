import type { ColumnTable } from "arquero";

/** Whether a value is an Arquero table: of whichever copy of the library, so it is known by what it can do. */
export function isColumnTable(value: unknown): value is ColumnTable {
  const table = value as Partial<Record<"columnNames" | "numRows" | "indices" | "column", unknown>> | null;
  return (
    typeof table === "object" &&
    table !== null &&
    typeof table.columnNames === "function" &&
    typeof table.numRows === "function" &&
    typeof table.indices === "function" &&
    typeof table.column === "function"
  );
}

/** The rows of a table in batches, in its order and as its filter lets through, as arrays by the named columns. */
export function* tableRows(
  table: ColumnTable,
  names: readonly string[],
  size: number,
): Generator<unknown[][]> {
  const columns = names.map((name) => table.column(name) as { at(row: number): unknown });
  const chosen = table.isFiltered() || table.isOrdered() ? table.indices() : undefined;
  const total = table.numRows();
  for (let start = 0; start < total; start += size) {
    yield Array.from({ length: Math.min(size, total - start) }, (_, offset) => {
      const row = chosen === undefined ? start + offset : chosen[start + offset]!;
      return columns.map((column) => column.at(row));
    });
  }
}
