/** Names that routines have only while they are called by a run. */
const PASSING = /__sla_new$/;

/** What to grant, or set, so that stored procedures can be created and called; undefined where it is not about them. */
export function routineRight(errno: number, message: string, sql: string, user: string): string | undefined {
  if (errno === 1418 || errno === 1419)
    return "Binary logging is on and the server trusts no routines: ask an administrator for SET PERSIST log_bin_trust_function_creators = 1; (MariaDB: in the server's configuration). SUPER is not needed then.";
  const [, verb, routine] =
    /^(alter routine|execute|create routine) command denied .* for routine '([^']+)'/i.exec(message) ?? [];
  if (verb !== undefined && routine !== undefined) {
    const [schema, name] = routine.split(".") as [string, string];
    const right = verb.toUpperCase();
    // Nothing can be granted on a routine that is gone again when the message is read.
    if (PASSING.test(name)) return `Ask an administrator for: GRANT ${right} ON \`${schema}\`.* TO ${user};`;
    const other =
      right === "ALTER ROUTINE"
        ? " The procedure that stands there is another account's: that right lets sla replace it. Or drop it."
        : "";
    return `Ask an administrator for: GRANT ${right} ON PROCEDURE \`${schema}\`.\`${name}\` TO ${user};${other}`;
  }
  const [, schema] = /^CREATE PROCEDURE `([^`]+)`\./.exec(sql) ?? [];
  if (errno === 1044 && schema !== undefined)
    return `Ask an administrator for: GRANT CREATE ROUTINE ON \`${schema}\`.* TO ${user}; It comes with the rights to call, alter and drop what one has created.`;
  return undefined;
}
