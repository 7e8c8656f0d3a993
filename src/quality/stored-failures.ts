import type { Connection, Value } from "../adapters/index.js";
import {
  type Relation,
  type RelationalNode,
  readables,
  relationKey,
  type TestNode,
  type TypedColumn,
} from "../manifest/index.js";
import { RelationCache, type RunContext } from "../run/index.js";
import { dateTime } from "./moment.js";

/** How many failing rows of one test and run are remembered. */
const REMEMBERED = 500;

/** The table that remembers the failing rows of all runs, in the schema of the tests that store theirs. */
const HISTORY = "_sla_test_history";

/**
 * Keeps the failing rows of a test: in a relation that is rebuilt each run, and, for later, in the history of its schema.
 * Returns the SELECT of what is kept.
 */
export async function storeFailures(
  test: TestNode,
  select: string,
  context: RunContext,
  connection: Connection,
): Promise<string> {
  const { adapter } = context;
  const relations = await auditRelations(context, connection);
  const { dialect } = adapter;
  const stored = test.stored!;
  const { limit } = test.config;
  const rows = limit === null ? select : `SELECT * FROM (\n${select}\n) AS sla_limited LIMIT ${limit}`;
  const existing = relations.get(stored);
  // A view on what this run has built and not yet published would be a view on nothing afterwards.
  const as = stored.as === "view" && !readsUnpublished(test, context) ? "view" : "table";
  if (as === "view") {
    if (existing?.type === "table") await connection.execute(dialect.drop(existing));
    await connection.execute(dialect.createOrReplaceView(stored, rows));
  } else {
    if (existing !== null) await connection.execute(dialect.drop(existing));
    const columns = (await connection.describe(rows)).map((column) => ({ ...column, nullable: true }));
    const table = { relation: stored, columns, primaryKey: [], indexes: [], description: "" };
    for (const sql of dialect.createTable(table)) await connection.execute(sql);
    const names = columns.map((column) => column.name);
    await connection.execute(dialect.insertSelect(stored, names, rows));
  }
  relations.add({ schema: stored.schema, identifier: stored.identifier, type: as });
  const kept = `SELECT * FROM ${dialect.relation(stored)}`;
  await remember(test, kept, context, connection);
  return kept;
}

function readsUnpublished(test: TestNode, { compiler, manifest }: RunContext): boolean {
  return test.depends_on.nodes.some((id) => {
    const parent = (manifest.nodes[id] ?? manifest.sources[id]) as RelationalNode;
    return readables(parent).some((node) => {
      const live = { schema: node.schema, identifier: node.alias };
      return relationKey(compiler.relation(node)) !== relationKey(live);
    });
  });
}

/** The columns of the history: what failed in which run. */
const HISTORY_COLUMNS: readonly TypedColumn[] = [
  column("run_id", { kind: "varchar", length: 36 }, "The run, as in run_results.json"),
  column("started_at", { kind: "datetime", precision: 0 }, "When the run began, UTC"),
  column("test_id", { kind: "varchar", length: 255 }, "Unique id of the test"),
  column("test_name", { kind: "varchar", length: 255 }, "Name of the test"),
  column(
    "failure_number",
    { kind: "int", unsigned: false },
    "Of the failing row among those of this test and run",
  ),
  column("failing_row", { kind: "longtext" }, "The row as JSON"),
];

function column(name: string, type: TypedColumn["type"], description: string): TypedColumn {
  return { name, type, nullable: true, description };
}

/** What stands where failures are kept: asked once a run, by the first test that keeps some. */
const audits = new WeakMap<RunContext, Promise<RelationCache>>();

function auditRelations(context: RunContext, connection: Connection): Promise<RelationCache> {
  const known = audits.get(context) ?? openAudit(context, connection);
  audits.set(context, known);
  return known;
}

/** Creates the schemas and the histories in them. */
async function openAudit({ adapter, manifest }: RunContext, connection: Connection): Promise<RelationCache> {
  const schemas = new Set<string>();
  for (const node of Object.values(manifest.nodes))
    if (node.resource_type === "test" && node.stored !== null) schemas.add(node.stored.schema);
  const relations = await RelationCache.open(adapter, connection, [...schemas]);
  for (const schema of schemas) {
    const relation: Relation = { schema, identifier: HISTORY };
    if (relations.get(relation) !== null) continue;
    const description = "Failing rows of the data tests that store theirs, of all runs";
    const table = { relation, columns: HISTORY_COLUMNS, primaryKey: [], indexes: [], description };
    for (const sql of adapter.dialect.createTable(table)) await connection.execute(sql);
  }
  return relations;
}

async function remember(
  test: TestNode,
  kept: string,
  context: RunContext,
  connection: Connection,
): Promise<void> {
  const { dialect } = context.adapter;
  const history: Relation = { schema: test.stored!.schema, identifier: HISTORY };
  const rows = await connection.query(`${kept} LIMIT ${REMEMBERED}`);
  if (rows.length === 0) return;
  const started = dateTime(context.compiler.runStartedAt);
  const tuples = rows.map((row, at) => {
    const values: Value[] = [
      context.runId,
      started,
      test.unique_id.slice(0, 255),
      test.name.slice(0, 255),
      at + 1,
      json(row),
    ];
    return `(${values.map((value) => dialect.literal(value)).join(", ")})`;
  });
  const names = HISTORY_COLUMNS.map(({ name }) => dialect.identifier(name)).join(", ");
  await connection.execute(
    `INSERT INTO ${dialect.relation(history)} (${names}) VALUES\n${tuples.join(",\n")}`,
  );
}

function json(row: Readonly<Record<string, Value>>): string {
  return JSON.stringify(row, (_, value: unknown) => {
    if (typeof value === "bigint") return String(value);
    return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
  });
}
