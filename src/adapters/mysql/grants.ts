import { type Relation, relationKey } from "../../manifest/index.js";
import type { Connection, Value } from "../adapter.js";
import type { Grants } from "../grants.js";

/**
 * What makes the privileges on a relation those of its config: only kinds that the config names are touched, so what an
 * administrator has granted otherwise stays.
 */
export async function grantStatements(
  connection: Connection,
  wishes: readonly Grants[],
  literal: (value: Value) => string,
  qualified: (relation: Relation) => string,
): Promise<string[]> {
  if (wishes.length === 0) return [];
  const schemas = [...new Set(wishes.map(({ relation }) => relation.schema))];
  const rows = await connection.query(
    `SELECT GRANTEE AS g, TABLE_SCHEMA AS s, TABLE_NAME AS t, PRIVILEGE_TYPE AS p FROM information_schema.TABLE_PRIVILEGES WHERE TABLE_SCHEMA IN (${schemas.map(() => "?").join(", ")}) ORDER BY 1, 4`,
    schemas,
  );
  return wishes.flatMap(({ privileges, relation }) =>
    Object.entries(privileges).flatMap(([privilege, grantees]) => {
      const kind = privilege.toUpperCase();
      const has = rows
        .filter(
          (row) =>
            row.p === kind &&
            relationKey({ schema: String(row.s), identifier: String(row.t) }) === relationKey(relation),
        )
        .map((row) => account(String(row.g)));
      const wants = grantees.map(account);
      const name = ({ host, user }: Account) =>
        host === null ? literal(user) : `${literal(user)}@${literal(host)}`;
      return [
        ...wants
          .filter((wanted) => !has.some((other) => same(wanted, other)))
          .map((wanted) => `GRANT ${kind} ON ${qualified(relation)} TO ${name(wanted)}`),
        ...has
          .filter((other) => !wants.some((wanted) => same(wanted, other)))
          .map((other) => `REVOKE ${kind} ON ${qualified(relation)} FROM ${name(other)}`),
      ];
    }),
  );
}

interface Account {
  user: string;
  /** Null for a role, or a user of any host. */
  host: string | null;
}

/** `user@host`, `'user'@'host'`, or a name without a host. */
function account(text: string): Account {
  const bare = (part: string) => /^(['"`])(.*)\1$/s.exec(part)?.[2] ?? part;
  const at = text.lastIndexOf("@");
  if (at === -1) return { user: bare(text), host: null };
  const host = bare(text.slice(at + 1));
  return { user: bare(text.slice(0, at)), host: host === "" ? null : host };
}

/** A name without a host is MySQL's `name@%`. */
function same(one: Account, other: Account): boolean {
  return one.user === other.user && (one.host ?? "%").toLowerCase() === (other.host ?? "%").toLowerCase();
}
