import type { Relation } from "../../manifest/index.js";
import type { RoutineDialect } from "../routine.js";

/** The statements about stored procedures. Neither MySQL nor all versions of MariaDB can replace one. */
export function routinesOf(
  qualified: (relation: Relation) => string,
  quote: (text: string) => string,
): RoutineDialect {
  return {
    create({ relation, parameters, characteristics, comment, body }) {
      const lines = [...characteristics, ...(comment === "" ? [] : [`COMMENT ${quote(comment)}`])];
      return `CREATE PROCEDURE ${qualified(relation)}(${parameters})\n${lines.map((line) => `${line}\n`).join("")}${body}`;
    },
    drop: (routine) => `DROP PROCEDURE IF EXISTS ${qualified(routine)}`,
    find: ({ schema, identifier }) =>
      `SELECT 1 AS found FROM information_schema.ROUTINES WHERE ROUTINE_TYPE = 'PROCEDURE' AND ROUTINE_SCHEMA = ${quote(schema)} AND ROUTINE_NAME = ${quote(identifier)}`,
    call: (routine, literals) => `CALL ${qualified(routine)}(${literals.join(", ")})`,
  };
}
