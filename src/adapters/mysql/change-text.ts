import type { Relation } from "../../manifest/index.js";
import type { Dialect } from "../adapter.js";

type Changes = Pick<Dialect, "same" | "deleteMatching" | "updateMatching" | "digest">;

/** Statements that change rows of a table in place, as joins: MySQL and MariaDB follow an index of the table for each row of the query. */
export function changesOf(
  identifier: (name: string) => string,
  qualified: (relation: Relation) => string,
): Changes {
  const join = ({ target, alias, source, sourceAlias, on }: Parameters<Dialect["deleteMatching"]>[0]) =>
    `${qualified(target)} AS ${identifier(alias)}\nINNER JOIN (${source}) AS ${identifier(sourceAlias)} ON ${on}`;
  return {
    same: (left, right) => `${left} <=> ${right}`,
    deleteMatching: ({ target, alias, source, sourceAlias, on }) => {
      // The alias of a table to delete from is looked up in the session's database, of which there is none.
      const table = qualified(target);
      const unaliased = on.replace(new RegExp(`(?<![\\w$])\`?${alias}\`?(?=\\s*\\.)`, "gi"), () => table);
      return `DELETE ${table} FROM ${table}\nINNER JOIN (${source}) AS ${identifier(sourceAlias)} ON ${unaliased}`;
    },
    updateMatching: (match, set) =>
      `UPDATE ${join(match)}\nSET ${set
        .map(({ column, value }) => `${identifier(match.alias)}.${identifier(column)} = ${value}`)
        .join(", ")}`,
    // SHA2, since MD5 is gone from MySQL 9.6.
    digest: (values, moment) =>
      `SHA2(CONCAT_WS('|', ${[...values, moment].map((value) => `COALESCE(CAST(${value} AS CHAR), '')`).join(", ")}), 256)`,
  };
}
