import type { Relation } from "../../manifest/index.js";
import type { RoutineDefinition, RoutineDialect } from "../routine.js";

/** The statements about stored procedures. MariaDB can replace one, MySQL can only drop and create it. */
export function routinesOf(
  qualified: (relation: Relation) => string,
  quote: (text: string) => string,
  replaces: boolean,
): RoutineDialect {
  const definition = (
    verb: string,
    { relation, parameters, characteristics, comment, body }: RoutineDefinition,
  ) => {
    const lines = [...characteristics, ...(comment === "" ? [] : [`COMMENT ${quote(comment)}`])];
    return `${verb} PROCEDURE ${qualified(relation)}(${parameters})\n${lines.map((line) => `${line}\n`).join("")}${body}`;
  };
  return {
    create: (routine) => definition("CREATE", routine),
    replace: replaces ? (routine) => definition("CREATE OR REPLACE", routine) : null,
    drop: (routine) => `DROP PROCEDURE IF EXISTS ${qualified(routine)}`,
    find: ({ schema, identifier }) =>
      `SELECT 1 AS found FROM information_schema.ROUTINES WHERE ROUTINE_TYPE = 'PROCEDURE' AND ROUTINE_SCHEMA = ${quote(schema)} AND ROUTINE_NAME = ${quote(identifier)}`,
    call: (routine, literals) => `CALL ${qualified(routine)}(${literals.join(", ")})`,
  };
}
