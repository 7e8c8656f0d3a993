import type { Relation } from "../../manifest/index.js";
import type { Dialect } from "../adapter.js";

type Changes = Pick<Dialect, "same" | "deleteMatching" | "updateMatching" | "digest">;

/** Statements that change rows of a table in place, in DuckDB's SQL. */
export function changesOf(
  identifier: (name: string) => string,
  qualified: (relation: Relation) => string,
): Changes {
  return {
    same: (left, right) => `${left} IS NOT DISTINCT FROM ${right}`,
    deleteMatching: ({ target, alias, source, sourceAlias, on }) =>
      `DELETE FROM ${qualified(target)} AS ${identifier(alias)}\nUSING (${source}) AS ${identifier(sourceAlias)}\nWHERE ${on}`,
    updateMatching: ({ target, alias, source, sourceAlias, on }, set) =>
      `UPDATE ${qualified(target)} AS ${identifier(alias)}\nSET ${set
        .map(({ column, value }) => `${identifier(column)} = ${value}`)
        .join(", ")}\nFROM (${source}) AS ${identifier(sourceAlias)}\nWHERE ${on}`,
    digest: (values, moment) => {
      const texts = [
        ...values.map((value) => `CAST(${value} AS VARCHAR)`),
        `strftime(CAST(${moment} AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%f')`,
      ];
      return `sha256(concat_ws('|', ${texts.map((text) => `coalesce(${text}, '')`).join(", ")}))`;
    },
  };
}
