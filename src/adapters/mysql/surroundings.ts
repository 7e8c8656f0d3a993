import { type Relation, relationKey } from "../../manifest/index.js";
import type { Connection } from "../adapter.js";
import { type ForeignKey, NO_SURROUNDINGS, type Surroundings, type Trigger } from "../surroundings.js";

/** Triggers of tables, and foreign keys that begin or end at them. */
export async function readSurroundings(
  connection: Connection,
  tables: readonly Relation[],
  flavour: "mariadb" | "mysql",
): Promise<Surroundings> {
  if (tables.length === 0) return NO_SURROUNDINGS;
  const schemas = [...new Set(tables.map(({ schema }) => schema))];
  const ours = new Set(tables.map(relationKey));
  return {
    triggers: await readTriggers(connection, schemas, ours),
    foreignKeys: await readForeignKeys(connection, schemas, ours, flavour),
  };
}

async function readTriggers(
  connection: Connection,
  schemas: readonly string[],
  ours: ReadonlySet<string>,
): Promise<Trigger[]> {
  const rows = await connection.query(
    "SELECT EVENT_OBJECT_SCHEMA AS s, EVENT_OBJECT_TABLE AS t, TRIGGER_NAME AS n, ACTION_TIMING AS timing, EVENT_MANIPULATION AS event, " +
      "ACTION_STATEMENT AS body, DEFINER AS definer, SQL_MODE AS mode, COLLATION_CONNECTION AS collation FROM information_schema.TRIGGERS " +
      `WHERE EVENT_OBJECT_SCHEMA IN (${marks(schemas)}) ORDER BY 1, 2, 4, 5, ACTION_ORDER`,
    schemas,
  );
  return rows
    .map((row) => ({
      table: { schema: String(row.s), identifier: String(row.t) },
      name: String(row.n),
      timing: String(row.timing),
      event: String(row.event),
      body: String(row.body),
      definer: String(row.definer),
      sqlMode: String(row.mode),
      collation: String(row.collation),
    }))
    .filter(({ table }) => ours.has(relationKey(table)));
}

async function readForeignKeys(
  connection: Connection,
  schemas: readonly string[],
  ours: ReadonlySet<string>,
  flavour: "mariadb" | "mysql",
): Promise<ForeignKey[]> {
  if (flavour === "mariadb" && !(await anyForeignKey(connection))) return [];
  const found = await connection.query(
    "SELECT CONSTRAINT_SCHEMA AS s, TABLE_NAME AS t, CONSTRAINT_NAME AS n, UNIQUE_CONSTRAINT_SCHEMA AS ps, REFERENCED_TABLE_NAME AS pt, " +
      "DELETE_RULE AS on_delete, UPDATE_RULE AS on_update FROM information_schema.REFERENTIAL_CONSTRAINTS " +
      `WHERE CONSTRAINT_SCHEMA IN (${marks(schemas)}) OR UNIQUE_CONSTRAINT_SCHEMA IN (${marks(schemas)}) ORDER BY 1, 2, 3`,
    [...schemas, ...schemas],
  );
  const unsaid = flavour === "mariadb" ? "RESTRICT" : "NO ACTION";
  const rule = (said: unknown) => (said === unsaid ? null : String(said));
  const keys = found
    .map((row) => ({
      name: String(row.n),
      child: { schema: String(row.s), identifier: String(row.t) },
      parent: { schema: String(row.ps), identifier: String(row.pt) },
      onDelete: rule(row.on_delete),
      onUpdate: rule(row.on_update),
    }))
    .filter(({ child, parent }) => ours.has(relationKey(child)) || ours.has(relationKey(parent)));
  if (keys.length === 0) return [];
  const children = [...new Set(keys.map(({ child }) => child.schema))];
  const columns = await connection.query(
    "SELECT TABLE_SCHEMA AS s, TABLE_NAME AS t, CONSTRAINT_NAME AS n, COLUMN_NAME AS c, REFERENCED_COLUMN_NAME AS pc " +
      `FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA IN (${marks(children)}) AND REFERENCED_TABLE_NAME IS NOT NULL ` +
      "ORDER BY 1, 2, 3, ORDINAL_POSITION",
    children,
  );
  return keys.map((key) => {
    const own = columns.filter(
      (row) => row.s === key.child.schema && row.t === key.child.identifier && String(row.n) === key.name,
    );
    return {
      ...key,
      columns: own.map((row) => String(row.c)),
      parentColumns: own.map((row) => String(row.pc)),
    };
  });
}

/** MariaDB opens every table of the server to list its foreign keys: InnoDB knows at once that there are none. */
async function anyForeignKey(connection: Connection): Promise<boolean> {
  try {
    return (
      (await connection.query("SELECT 1 AS one FROM information_schema.INNODB_SYS_FOREIGN LIMIT 1")).length >
      0
    );
  } catch {
    // It takes the PROCESS privilege to ask.
    return true;
  }
}

function marks(values: readonly unknown[]): string {
  return values.map(() => "?").join(", ");
}
