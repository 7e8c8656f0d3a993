import { parseColumnType, type Row, type TypedColumn } from "../../manifest/index.js";
import type { Connection, Introspector } from "../adapter.js";
import { literal, qualified } from "./dialect.js";
import { grantStatements } from "./grants.js";
import { readLockHolders } from "./lock-holders.js";
import { readSurroundings } from "./surroundings.js";

/** Reads information_schema; `using` lends a session for one question. */
export function mysqlIntrospector(
  flavour: "mariadb" | "mysql",
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
    routines: (schemas) =>
      schemas.length === 0
        ? Promise.resolve([])
        : using(async (connection) => {
            const rows = await connection.query(
              `SELECT ROUTINE_SCHEMA AS s, ROUTINE_NAME AS n, ROUTINE_COMMENT AS c, ROUTINE_DEFINITION AS d FROM information_schema.ROUTINES WHERE ROUTINE_TYPE = 'PROCEDURE' AND ROUTINE_SCHEMA IN (${schemas.map(() => "?").join(", ")}) ORDER BY 1, 2`,
              schemas,
            );
            return rows.map((row) => ({
              schema: String(row.s),
              identifier: String(row.n),
              comment: String(row.c ?? ""),
              body: row.d === null ? null : String(row.d),
            }));
          }),
    columns: (relation) =>
      using(async (connection) => {
        const rows = await connection.query(
          "SELECT COLUMN_NAME AS n, COLUMN_TYPE AS t, IS_NULLABLE AS z, COLUMN_COMMENT AS c FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION",
          [relation.schema, relation.identifier],
        );
        return rows.map(readColumn);
      }),
    keys: (relation) =>
      using(async (connection) => {
        const rows = await connection.query(
          "SELECT INDEX_NAME AS n, NON_UNIQUE AS u, COLUMN_NAME AS c FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY INDEX_NAME, SEQ_IN_INDEX",
          [relation.schema, relation.identifier],
        );
        const found = new Map<string, { columns: string[]; unique: boolean }>();
        for (const row of rows) {
          const index = found.get(String(row.n)) ?? { columns: [], unique: Number(row.u) === 0 };
          index.columns.push(String(row.c));
          found.set(String(row.n), index);
        }
        const primaryKey = found.get("PRIMARY")?.columns ?? [];
        found.delete("PRIMARY");
        return { primaryKey, indexes: [...found.values()] };
      }),
    surroundings: (tables) => using((connection) => readSurroundings(connection, tables, flavour)),
    grantStatements: (grants) =>
      using((connection) => grantStatements(connection, grants, literal, qualified)),
    lockHolders: (relations) => using((connection) => readLockHolders(connection, relations, flavour)),
    state: (relation) =>
      using(async (connection) => {
        // The time of the last change has whole seconds: a young one may hide a later change, so the rows themselves decide.
        const [table] = await connection.query(
          "SELECT TABLE_TYPE AS t, UPDATE_TIME AS changed, UPDATE_TIME < NOW() - INTERVAL 5 SECOND AS settled FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?",
          [relation.schema, relation.identifier],
        );
        if (table === undefined || String(table.t).includes("VIEW")) return undefined;
        if (table.changed !== null && Number(table.settled) === 1) return `changed ${table.changed}`;
        const [sum] = await connection.query(`CHECKSUM TABLE ${qualified(relation)}`);
        return sum?.Checksum === null || sum === undefined ? undefined : `checksum ${sum.Checksum}`;
      }),
  };
}

/** A column from a row of information_schema.COLUMNS: name `n`, type `t`, nullable `z`, comment `c`. */
export function readColumn(row: Row): TypedColumn {
  return {
    name: String(row.n),
    type: parseColumnType(plainType(String(row.t))) ?? { kind: "longtext" },
    nullable: row.z === "YES",
    description: String(row.c),
  };
}

/** MariaDB and old MySQL print integers with a display width, `bigint(20) unsigned`; only `tinyint(1)` means something. */
function plainType(text: string): string {
  return text === "tinyint(1)"
    ? text
    : text.replace(/^(tinyint|smallint|mediumint|int|bigint|year)\(\d+\)/i, "$1");
}
