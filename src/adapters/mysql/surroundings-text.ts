import { fitIdentifier, type Relation, relationKey } from "../../manifest/index.js";
import type { Swap, Value } from "../adapter.js";
import { retiredRelation } from "../retired.js";
import type { ForeignKey, Preservation, Repair, Surroundings, Trigger, Under } from "../surroundings.js";

/** How names and values are written. */
interface Text {
  identifier(name: string): string;
  literal(value: Value): string;
  qualified(relation: Relation): string;
}

/** Rows were compared by the rehearsal: the server need not, and adds the key without copying the table. */
const UNCHECKED: Under = {
  set: "SET SESSION foreign_key_checks = 0",
  reset: "SET SESSION foreign_key_checks = 1",
};

/**
 * Triggers and foreign keys go with the old table when it is renamed. Triggers are made anew on the new one; foreign keys on
 * either side are taken from the old table and put on the new one.
 */
export function preservation(
  { identifier, literal, qualified }: Text,
  swaps: readonly Swap[],
  { triggers, foreignKeys }: Surroundings,
  read: (live: Relation) => Relation,
): Preservation {
  const swapped = new Map(swaps.map((swap) => [relationKey(swap.live), swap]));
  const list = (columns: readonly string[]) => columns.map(identifier).join(", ");

  const createTrigger = (trigger: Trigger, name: string, table: Relation) =>
    `CREATE DEFINER=${definer(trigger.definer, identifier)} TRIGGER ${qualified({ schema: table.schema, identifier: name })} ` +
    `${trigger.timing} ${trigger.event} ON ${qualified(table)} FOR EACH ROW ${trigger.body}`;
  const dropTrigger = (trigger: Trigger, name: string) =>
    `DROP TRIGGER IF EXISTS ${qualified({ schema: trigger.table.schema, identifier: name })}`;
  const meaning = (trigger: Trigger): Under => ({
    set:
      "SET @sla_sql_mode = @@sql_mode, @sla_collation = @@collation_connection, " +
      `sql_mode = ${literal(trigger.sqlMode)}, collation_connection = ${literal(trigger.collation)}`,
    reset: "SET sql_mode = @sla_sql_mode, collation_connection = @sla_collation",
  });

  const constraint = (table: Relation, { name }: ForeignKey) =>
    `SELECT 1 AS found FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ${literal(table.schema)} ` +
    `AND TABLE_NAME = ${literal(table.identifier)} AND CONSTRAINT_NAME = ${literal(name)}`;
  const rule = (event: string, said: string | null) => (said === null ? "" : ` ON ${event} ${said}`);
  const dropKey = (key: ForeignKey): Repair => {
    const moved = swapped.has(relationKey(key.child));
    const table = moved ? retiredRelation(key.child) : key.child;
    // Another's table still points to where the old one went; once it does no more, this is done.
    const stale = moved ? "" : ` AND REFERENCED_TABLE_NAME <> ${literal(key.parent.identifier)}`;
    return {
      statement: `ALTER TABLE ${qualified(table)} DROP FOREIGN KEY ${identifier(key.name)}`,
      when: { query: constraint(table, key) + stale, found: true },
      under: UNCHECKED,
    };
  };
  const addKey = (key: ForeignKey): Repair => ({
    statement:
      `ALTER TABLE ${qualified(key.child)} ADD CONSTRAINT ${identifier(key.name)} FOREIGN KEY (${list(key.columns)}) ` +
      `REFERENCES ${qualified(key.parent)} (${list(key.parentColumns)})${rule("DELETE", key.onDelete)}${rule("UPDATE", key.onUpdate)}`,
    when: { query: constraint(key.child, key), found: false },
    under: UNCHECKED,
  });
  const orphans = (key: ForeignKey) => {
    const column = (side: string, name: string) => `${side}.${identifier(name)}`;
    const on = key.columns.map((name, at) => `${column("p", key.parentColumns[at]!)} = ${column("c", name)}`);
    const given = key.columns.map((name) => `${column("c", name)} IS NOT NULL`);
    return (
      `SELECT ${key.columns.map((name) => column("c", name)).join(", ")} FROM ${qualified(read(key.child))} AS c ` +
      `LEFT JOIN ${qualified(read(key.parent))} AS p ON ${on.join(" AND ")} ` +
      `WHERE ${given.join(" AND ")} AND ${column("p", key.parentColumns[0]!)} IS NULL LIMIT 1`
    );
  };

  return {
    before: [
      ...foreignKeys.map((key) => ({
        what: `foreign key ${key.name} of ${key.child.schema}.${key.child.identifier}`,
        attempt: { query: orphans(key) },
      })),
      ...triggers.map((trigger) => {
        const name = fitIdentifier(trigger.name, "__sla_new");
        return {
          what: `trigger ${trigger.name} of ${trigger.table.schema}.${trigger.table.identifier}`,
          attempt: {
            statement: createTrigger(trigger, name, swapped.get(relationKey(trigger.table))!.shadow),
            undo: dropTrigger(trigger, name),
            under: meaning(trigger),
          },
        };
      }),
    ],
    after: [
      ...foreignKeys.map(dropKey),
      ...foreignKeys.map(addKey),
      ...triggers.flatMap((trigger): Repair[] => [
        { statement: dropTrigger(trigger, trigger.name) },
        {
          statement: createTrigger(trigger, trigger.name, trigger.table),
          under: meaning(trigger),
        },
      ]),
    ],
    ...(foreignKeys.length > 0 && { cleanup: UNCHECKED }),
  };
}

/** `user@host`, or a role without one. */
function definer(text: string, identifier: (name: string) => string): string {
  const at = text.lastIndexOf("@");
  return at === -1
    ? identifier(text)
    : `${identifier(text.slice(0, at))}@${text.slice(at + 1) === "" ? "``" : identifier(text.slice(at + 1))}`;
}
