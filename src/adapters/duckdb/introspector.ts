import type { ColumnType } from "../../manifest/index.js";
import { parseColumnType } from "../../manifest/index.js";
import type { Connection, Introspector } from "../adapter.js";
import { NO_SURROUNDINGS } from "../surroundings.js";
import { duckdbDialect } from "./dialect.js";

/** Reads DuckDB's catalog functions; `using` lends a session for one question. */
export function duckdbIntrospector(
  using: <T>(ask: (connection: Connection) => Promise<T>) => Promise<T>,
): Introspector {
  return {
    schemas: () =>
      using(async (connection) => {
        const rows = await connection.query(
          "SELECT schema_name AS n FROM duckdb_schemas() WHERE database_name = current_database() AND NOT internal ORDER BY 1",
        );
        return rows.map((row) => String(row.n));
      }),
    relations: (schemas) =>
      using(async (connection) => {
        const wanted = new Set(schemas.map((name) => name.toLowerCase()));
        const rows = await connection.query(
          "SELECT schema_name AS s, table_name AS n, 'table' AS t FROM duckdb_tables() WHERE database_name = current_database() " +
            "UNION ALL SELECT schema_name, view_name, 'view' FROM duckdb_views() WHERE database_name = current_database() AND NOT internal ORDER BY 1, 2",
        );
        return rows
          .filter((row) => wanted.has(String(row.s).toLowerCase()))
          .map((row) => ({
            schema: String(row.s),
            identifier: String(row.n),
            type: row.t === "view" ? "view" : "table",
          }));
      }),
    routines: () => Promise.resolve([]),
    columns: (relation) =>
      using(async (connection) => {
        const rows = await connection.query(
          "SELECT column_name AS n, data_type AS t, is_nullable AS z, coalesce(comment, '') AS c FROM duckdb_columns() " +
            "WHERE database_name = current_database() AND lower(schema_name) = lower($1) AND lower(table_name) = lower($2) ORDER BY column_index",
          [relation.schema, relation.identifier],
        );
        return rows.map((row) => ({
          name: String(row.n),
          type: parseType(String(row.t)),
          nullable: row.z !== 0,
          description: String(row.c),
        }));
      }),
    keys: (relation) =>
      using(async (connection) => {
        const rows = await connection.query(
          "SELECT constraint_type AS t, CAST(to_json(constraint_column_names) AS VARCHAR) AS c FROM duckdb_constraints() " +
            "WHERE database_name = current_database() AND lower(schema_name) = lower($1) AND lower(table_name) = lower($2) " +
            "AND constraint_type IN ('PRIMARY KEY', 'UNIQUE') ORDER BY constraint_index",
          [relation.schema, relation.identifier],
        );
        const columns = (row: (typeof rows)[number]) => JSON.parse(String(row.c)) as string[];
        const primary = rows.find((row) => row.t === "PRIMARY KEY");
        return {
          primaryKey: primary === undefined ? [] : columns(primary),
          indexes: rows
            .filter((row) => row.t === "UNIQUE")
            .map((row) => ({ columns: columns(row), unique: true })),
        };
      }),
    surroundings: async () => NO_SURROUNDINGS,
    lockHolders: async () => [],
    grantStatements: async () => [],
    state: (relation) =>
      using(async (connection) => {
        const [found] = await connection.query(
          "SELECT 1 AS one FROM duckdb_tables() WHERE database_name = current_database() AND lower(schema_name) = lower($1) AND lower(table_name) = lower($2)",
          [relation.schema, relation.identifier],
        );
        if (found === undefined) return undefined;
        const [row] = await connection.query(
          `SELECT count(*) AS n, CAST(bit_xor(hash(t)) AS VARCHAR) AS h FROM ${duckdbDialect.relation(relation)} AS t`,
        );
        return `checksum ${row?.n}:${row?.h}`;
      }),
  };
}

const NAMES: Record<string, ColumnType> = {
  UTINYINT: { kind: "tinyint", unsigned: true },
  USMALLINT: { kind: "smallint", unsigned: true },
  UINTEGER: { kind: "int", unsigned: true },
  UBIGINT: { kind: "bigint", unsigned: true },
  HUGEINT: { kind: "decimal", precision: 38, scale: 0, unsigned: false },
  UHUGEINT: { kind: "decimal", precision: 38, scale: 0, unsigned: false },
  VARCHAR: { kind: "text" },
  BLOB: { kind: "longblob" },
  TIMESTAMP: { kind: "datetime", precision: 6 },
  "TIMESTAMP WITH TIME ZONE": { kind: "datetime", precision: 6 },
  TIME: { kind: "time", precision: 6 },
  UUID: { kind: "char", length: 36 },
};

/** DuckDB's spelling of a type in our vocabulary; text for what we do not know. */
export function parseType(text: string): ColumnType {
  return NAMES[text] ?? parseColumnType(text) ?? { kind: "text" };
}
