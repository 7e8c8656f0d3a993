import { type Relation, type Row, relationKey } from "../../manifest/index.js";
import type { Connection } from "../adapter.js";
import { byRelation, type CatalogRelation } from "../catalog-relation.js";
import { parseType } from "./introspector.js";

const OURS = "database_name = current_database()";

/** Reads DuckDB's catalog functions: relations, columns, constraints and indexes, one query each. */
export async function duckdbCatalog(
  connection: Connection,
  schemas: readonly string[],
): Promise<CatalogRelation[]> {
  const wanted = new Set(schemas.map((name) => name.toLowerCase()));
  const tables = await connection.query(
    `SELECT schema_name AS s, table_name AS n, 'table' AS t, estimated_size AS r, coalesce(comment, '') AS c FROM duckdb_tables() WHERE ${OURS} ` +
      `UNION ALL SELECT schema_name, view_name, 'view', NULL, coalesce(comment, '') FROM duckdb_views() WHERE ${OURS} AND NOT internal ORDER BY 1, 2`,
  );
  const columns = await connection.query(
    "SELECT schema_name AS s, table_name AS tab, column_name AS n, data_type AS t, is_nullable AS z, coalesce(comment, '') AS c " +
      `FROM duckdb_columns() WHERE ${OURS} ORDER BY 1, 2, column_index`,
  );
  const keys = await connection.query(
    "SELECT schema_name AS s, table_name AS tab, constraint_type AS t, CAST(to_json(constraint_column_names) AS VARCHAR) AS c " +
      `FROM duckdb_constraints() WHERE ${OURS} AND constraint_type IN ('PRIMARY KEY', 'UNIQUE') ORDER BY 1, 2, constraint_index`,
  );
  const columnsOf = byRelation(columns);
  const keysOf = byRelation(keys);
  return tables
    .filter((row) => wanted.has(String(row.s).toLowerCase()))
    .map((row) => {
      const relation: Relation = { schema: String(row.s), identifier: String(row.n) };
      const key = relationKey(relation);
      const own = keysOf(key);
      const primary = own.find(({ t }) => t === "PRIMARY KEY");
      return {
        ...relation,
        type: row.t === "view" ? "view" : "table",
        comment: String(row.c),
        columns: columnsOf(key).map((column) => ({
          name: String(column.n),
          type: parseType(String(column.t)),
          nullable: column.z !== 0,
          description: String(column.c),
        })),
        keys: {
          primaryKey: primary === undefined ? [] : namesIn(primary),
          indexes: own
            .filter(({ t }) => t === "UNIQUE")
            .map((index) => ({ columns: namesIn(index), unique: true })),
        },
        rows: row.r === null ? null : Number(row.r),
        bytes: null,
      };
    });
}

const namesIn = (row: Row): string[] => JSON.parse(String(row.c)) as string[];
