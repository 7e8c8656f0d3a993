import { parseColumnType } from "../../manifest/index.js";
import type { Connection, Introspector } from "../adapter.js";

/** Reads information_schema; `using` lends a session for one question. */
export function mysqlIntrospector(
  using: <T>(ask: (connection: Connection) => Promise<T>) => Promise<T>,
): Introspector {
  return {
    schemas: () =>
      using(async (connection) => {
        const rows = await connection.query(
          "SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA ORDER BY 1",
        );
        return rows.map((row) => String(row.name));
      }),
    relations: (schemas) =>
      schemas.length === 0
        ? Promise.resolve([])
        : using(async (connection) => {
            const rows = await connection.query(
              `SELECT TABLE_SCHEMA AS s, TABLE_NAME AS n, TABLE_TYPE AS t FROM information_schema.TABLES WHERE TABLE_SCHEMA IN (${schemas.map(() => "?").join(", ")}) ORDER BY 1, 2`,
              schemas,
            );
            return rows.map((row) => ({
              schema: String(row.s),
              identifier: String(row.n),
              type: String(row.t).includes("VIEW") ? "view" : "table",
            }));
          }),
    columns: (relation) =>
      using(async (connection) => {
        const rows = await connection.query(
          "SELECT COLUMN_NAME AS n, COLUMN_TYPE AS t, IS_NULLABLE AS z, COLUMN_COMMENT AS c FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION",
          [relation.schema, relation.identifier],
        );
        return rows.map((row) => ({
          name: String(row.n),
          type: parseColumnType(plainType(String(row.t))) ?? { kind: "longtext" },
          nullable: row.z === "YES",
          description: String(row.c),
        }));
      }),
  };
}

/** MariaDB and old MySQL print integers with a display width, `bigint(20) unsigned`; only `tinyint(1)` means something. */
function plainType(text: string): string {
  return text === "tinyint(1)"
    ? text
    : text.replace(/^(tinyint|smallint|mediumint|int|bigint|year)\(\d+\)/i, "$1");
}
