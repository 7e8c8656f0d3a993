import { type Dialect, mysqlDialect } from "../adapters/index.js";
import {
  type CompiledNode,
  type Compiler,
  findGenericTest,
  parseRelationArgument,
} from "../compile/index.js";
import {
  type Manifest,
  type ModelNode,
  type Relation,
  type RelationalNode,
  readables,
  type TestNode,
} from "../manifest/index.js";
import { isName } from "./argument-text.js";
import type { GenericTest, GenericTestInput } from "./generic-test.js";
import { GENERIC_TESTS } from "./generic-tests.js";
import { decision, needsTotal } from "./test-decision.js";

/** What is needed to write the SQL of tests. */
export interface TestScope {
  manifest: Manifest;
  compiler: Compiler;
}

/** The engine that a test is written for. */
export interface TestEngine {
  dialect: Dialect;
  translate(sql: string): Promise<string>;
}

/** The SELECT of a test: its rows are failures. */
export interface TestSelect {
  /** In MySQL's SQL, as users read it below `target/compiled`. */
  select: string;
  /** The template it comes from, where it is one. */
  compiled: CompiledNode | null;
}

/** The SELECT of a test in MySQL's SQL. */
export function testSelect(node: TestNode, scope: TestScope): TestSelect {
  // Its SQL depends on what stands in the warehouse; what it is made of does not.
  if (node.unit !== undefined) return { select: JSON.stringify(node.unit), compiled: null };
  if (node.test_type === "singular") {
    const compiled = scope.compiler.compile(node);
    return { select: compiled.code, compiled };
  }
  const test = builtIn(node, scope.manifest);
  if (test !== null) return { select: test.sql(testInput(node, scope, mysqlDialect)), compiled: null };
  const compiled = scope.compiler.compileTest(node, templateArguments(node, scope));
  return { select: compiled.code, compiled };
}

/**
 * The SELECT of a test in the engine's SQL. One of ours without SQL of the user's in it is written for the engine at once; all
 * others go through its translation.
 */
export async function engineSelect(
  node: TestNode,
  written: TestSelect,
  scope: TestScope,
  engine: TestEngine,
): Promise<string> {
  const test = builtIn(node, scope.manifest);
  if (test !== null && isPlain(node, scope.manifest, test))
    return test.sql(testInput(node, scope, engine.dialect));
  return engine.translate(written.select);
}

/** The query that decides a test, as one row: failures, should_warn, should_error (dbt's form). */
export async function testQuery(
  node: TestNode,
  select: string,
  scope: TestScope,
  engine: TestEngine,
): Promise<string> {
  const { limit } = node.config;
  const rows = limit === null ? select : `SELECT * FROM (\n${select}\n) AS sla_limited LIMIT ${limit}`;
  const { failures, warn, error } = decision(
    node.config,
    node.config.fail_calc,
    needsTotal(node.config) ? `(${await engineTotal(node, scope, engine)})` : "",
  );
  return `SELECT ${failures} AS failures, ${warn} AS should_warn, ${error} AS should_error\nFROM (\n${rows}\n) AS sla_failures`;
}

/** The built-in test of a node; null for a template: the project's own, or a singular one. */
export function builtIn(node: TestNode, manifest: Manifest): GenericTest | null {
  if (node.test_metadata === null) return null;
  const { name, namespace } = node.test_metadata;
  const own = node.depends_on.macros.some((id) => manifest.macros[id]?.name === `test_${name}`);
  const found = own ? undefined : findGenericTest(namespace === null ? name : `${namespace}.${name}`);
  return found === undefined ? null : GENERIC_TESTS[found.test];
}

/** Whether a test may end otherwise on the same rows; then no earlier result of it stands for a new one. */
export function variesByItself(node: TestNode, manifest: Manifest): boolean {
  return builtIn(node, manifest)?.varies === true;
}

/** Whether a test has no SQL of the user's in it, and no words that are MySQL's alone. */
export function isPlain(node: TestNode, manifest: Manifest, test: GenericTest): boolean {
  if (node.config.where !== null || test.translated?.(node.test_metadata!.kwargs) === true) return false;
  return !node.depends_on.nodes.some((id) => {
    const parent = manifest.nodes[id];
    return parent?.resource_type === "model" && parent.config.materialized === "ephemeral";
  });
}

/** What a generic test is rendered from, for one dialect. */
export function testInput(node: TestNode, scope: TestScope, dialect: Dialect): GenericTestInput {
  const { kwargs } = node.test_metadata!;
  return {
    dialect,
    model: modelClause(node, scope, dialect),
    column: node.column_name === null ? "" : dialect.identifier(node.column_name),
    relation: (argument) =>
      fromClause(argumentNode(kwargs[argument], node, scope), scope, dialect, "sla_parent"),
    kwargs,
    tested: testedNode(node, scope.manifest),
    targetSchema: scope.compiler.targetSchema,
    now: scope.compiler.runStartedAt,
    whole: node.stored !== null,
  };
}

/** The relation that a generic test tests. */
export function testedNode(node: TestNode, manifest: Manifest): RelationalNode {
  const id = node.attached_node ?? node.depends_on.nodes[0]!;
  const parent = (manifest.nodes[id] ?? manifest.sources[id]) as RelationalNode;
  // Of a procedure's tables it is the one that the test reads first.
  const [first] = node.refs;
  return readables(parent).find(({ name }) => name === first?.name) ?? parent;
}

/** What a generic test reads its rows from: the relation, or those rows of it that `where` names. */
export function modelClause(node: TestNode, scope: TestScope, dialect: Dialect): string {
  const relation = fromClause(testedNode(node, scope.manifest), scope, dialect, "sla_model");
  const { where } = node.config;
  return where === null ? relation : `(SELECT * FROM ${relation} WHERE ${where}) AS sla_subquery`;
}

/** What the template of the project's own test gets: relations and columns ready for SQL, all else as written. */
function templateArguments(node: TestNode, scope: TestScope): Record<string, unknown> {
  const { kwargs } = node.test_metadata!;
  const args: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(kwargs)) {
    const isReference = typeof value === "string" && parseRelationArgument(value) !== undefined;
    args[key] = isReference
      ? fromClause(argumentNode(value, node, scope), scope, mysqlDialect, "sla_parent")
      : value;
  }
  args.model = modelClause(node, scope, mysqlDialect);
  const column = node.column_name;
  if (column !== null) args.column_name = isName(column) ? column : mysqlDialect.identifier(column);
  return args;
}

function argumentNode(value: unknown, node: TestNode, { manifest }: TestScope): RelationalNode {
  const argument = parseRelationArgument(String(value))!;
  const found = node.depends_on.nodes
    .flatMap((id) => readables((manifest.nodes[id] ?? manifest.sources[id]) as RelationalNode))
    .find((parent) =>
      argument.kind === "ref"
        ? parent.resource_type !== "source" &&
          parent.name === argument.name &&
          (argument.package ?? parent.package_name) === parent.package_name
        : parent.resource_type === "source" &&
          parent.source_name === argument.source &&
          parent.name === argument.table,
    );
  return found!;
}

/** The number of tested rows. */
export function totalSelect(node: TestNode, scope: TestScope, dialect: Dialect): string {
  return `SELECT COUNT(*) AS sla_tested FROM ${modelClause(node, scope, dialect)}`;
}

async function engineTotal(node: TestNode, scope: TestScope, engine: TestEngine): Promise<string> {
  return isPlain(node, scope.manifest, GENERIC_TESTS.not_null)
    ? totalSelect(node, scope, engine.dialect)
    : engine.translate(totalSelect(node, scope, mysqlDialect));
}

function fromClause(node: RelationalNode, scope: TestScope, dialect: Dialect, alias: string): string {
  if (node.resource_type === "model" && node.config.materialized === "ephemeral") {
    return `(\n${scope.compiler.compile(node as ModelNode).code}\n) AS ${alias}`;
  }
  return dialect.relation(scope.compiler.relation(node) satisfies Relation);
}
