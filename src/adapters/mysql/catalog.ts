import { type Relation, type Row, relationKey } from "../../manifest/index.js";
import type { Connection, TableKeys } from "../adapter.js";
import { byRelation, type CatalogRelation } from "../catalog-relation.js";
import { readColumn } from "./introspector.js";

/** Reads information_schema: relations, columns and indexes, one query each. */
export async function mysqlCatalog(
  connection: Connection,
  schemas: readonly string[],
): Promise<CatalogRelation[]> {
  const within = `TABLE_SCHEMA IN (${schemas.map(() => "?").join(", ")})`;
  const tables = await connection.query(
    "SELECT TABLE_SCHEMA AS s, TABLE_NAME AS n, TABLE_TYPE AS t, TABLE_ROWS AS r, DATA_LENGTH + INDEX_LENGTH AS b, " +
      `TABLE_COMMENT AS c FROM information_schema.TABLES WHERE ${within} ORDER BY 1, 2`,
    schemas,
  );
  const columns = await connection.query(
    "SELECT TABLE_SCHEMA AS s, TABLE_NAME AS tab, COLUMN_NAME AS n, COLUMN_TYPE AS t, IS_NULLABLE AS z, COLUMN_COMMENT AS c " +
      `FROM information_schema.COLUMNS WHERE ${within} ORDER BY 1, 2, ORDINAL_POSITION`,
    schemas,
  );
  const indexes = await connection.query(
    "SELECT TABLE_SCHEMA AS s, TABLE_NAME AS tab, INDEX_NAME AS n, NON_UNIQUE AS u, COLUMN_NAME AS c " +
      `FROM information_schema.STATISTICS WHERE ${within} ORDER BY 1, 2, 3, SEQ_IN_INDEX`,
    schemas,
  );
  const columnsOf = byRelation(columns);
  const indexesOf = byRelation(indexes);
  return tables.map((row) => {
    const relation: Relation = { schema: String(row.s), identifier: String(row.n) };
    const key = relationKey(relation);
    const isView = String(row.t).includes("VIEW");
    return {
      ...relation,
      type: isView ? "view" : "table",
      // A view's comment is the word VIEW.
      comment: isView ? "" : String(row.c ?? ""),
      columns: columnsOf(key).map(readColumn),
      keys: readKeys(indexesOf(key)),
      rows: isView || row.r === null ? null : Number(row.r),
      bytes: isView || row.b === null ? null : Number(row.b),
    };
  });
}

/** The primary key and the indexes of a table, from rows that name an index, a column and whether it is unique. */
function readKeys(rows: readonly Row[]): TableKeys {
  const found = new Map<string, { columns: string[]; unique: boolean }>();
  for (const row of rows) {
    const index = found.get(String(row.n)) ?? { columns: [], unique: Number(row.u) === 0 };
    index.columns.push(String(row.c));
    found.set(String(row.n), index);
  }
  const primaryKey = found.get("PRIMARY")?.columns ?? [];
  found.delete("PRIMARY");
  return { primaryKey, indexes: [...found.values()] };
}
