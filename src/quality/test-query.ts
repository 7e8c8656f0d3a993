import { type Dialect, mysqlDialect } from "../adapters/index.js";
import type { Compiler } from "../compile/index.js";
import type { Manifest, ModelNode, Relation, RelationalNode, TestNode } from "../manifest/index.js";
import { GENERIC_TESTS } from "./generic-test.js";

/** What the SQL of a test is made from. */
export interface TestedProject {
  manifest: Manifest;
  compiler: Compiler;
  /** Where a live relation is read: in a run, what it has built of it. */
  relation(live: Relation): Relation;
}

/** The SELECT of a test in MySQL's SQL, as users read it below `target/compiled`. */
export function testSelect(node: TestNode, tested: TestedProject): string {
  const { compiler } = tested;
  return node.test_type === "singular"
    ? compiler.compile(node).code
    : genericSelect(node, tested, mysqlDialect);
}

/**
 * The query that decides a test, as one row: failures, should_warn, should_error (dbt's form). A generic test without
 * SQL of the user's in it is written in the engine's own SQL at once; all others go through its translation.
 */
export async function testQuery(
  node: TestNode,
  tested: TestedProject,
  engine: { dialect: Dialect; translate(sql: string): Promise<string> },
): Promise<{ select: string; query: string }> {
  const select = testSelect(node, tested);
  if (node.test_type === "generic" && !hasUserSql(node, tested.manifest)) {
    const own = genericSelect(node, tested, engine.dialect);
    return { select, query: decide(node, own) };
  }
  return { select, query: decide(node, await engine.translate(select)) };
}

function decide({ config }: TestNode, select: string): string {
  const { fail_calc, warn_if, error_if, limit } = config;
  const rows = limit === null ? select : `SELECT * FROM (\n${select}\n) AS sla_limited LIMIT ${limit}`;
  return (
    `SELECT ${fail_calc} AS failures, ${fail_calc} ${warn_if} AS should_warn, ${fail_calc} ${error_if} AS should_error\n` +
    `FROM (\n${rows}\n) AS sla_failures`
  );
}

function hasUserSql(node: TestNode, manifest: Manifest): boolean {
  if (node.config.where !== null) return true;
  return node.depends_on.nodes.some((id) => {
    const parent = manifest.nodes[id];
    return parent?.resource_type === "model" && parent.config.materialized === "ephemeral";
  });
}

function genericSelect(node: TestNode, project: TestedProject, dialect: Dialect): string {
  const { name, kwargs } = node.test_metadata!;
  const [tested, other] = parents(node, project.manifest);
  const { where } = node.config;
  const relation = fromClause(tested, project, dialect, "sla_model");
  return GENERIC_TESTS[name as keyof typeof GENERIC_TESTS].sql({
    dialect,
    model: where === null ? relation : `(SELECT * FROM ${relation} WHERE ${where}) AS sla_subquery`,
    column: node.column_name === null ? "" : dialect.identifier(node.column_name),
    to: fromClause(other, project, dialect, "sla_parent"),
    kwargs,
  });
}

/** The tested node, and the other one that the arguments name (the tested one again when it refers to itself). */
function parents(node: TestNode, manifest: Manifest): [RelationalNode, RelationalNode] {
  const all = node.depends_on.nodes.map(
    (id) => (manifest.nodes[id] ?? manifest.sources[id]) as RelationalNode,
  );
  const tested = all.find((parent) => parent.unique_id === node.attached_node) ?? all[0]!;
  return [tested, all.find((parent) => parent !== tested) ?? tested];
}

function fromClause(
  node: RelationalNode,
  { compiler, relation }: TestedProject,
  dialect: Dialect,
  alias: string,
): string {
  if (node.resource_type === "model" && node.config.materialized === "ephemeral") {
    return `(\n${compiler.compile(node as ModelNode).code}\n) AS ${alias}`;
  }
  return dialect.relation(relation({ schema: node.schema, identifier: node.alias }));
}
