import type { Adapter, Connection, RoutineDefinition } from "../adapters/index.js";
import { type BoundArgument, bindArguments, type CompiledNode, readHeader } from "../compile/index.js";
import { SlaError } from "../errors/index.js";
import { type ProcedureNode, parseColumnType, type Relation, relationKey } from "../manifest/index.js";
import { procedure, shadowOf } from "../materializations/index.js";
import type { NodeRunner, RunContext } from "./node-runner.js";
import { callStaged } from "./procedure-call.js";
import { runStatements } from "./procedure-statements.js";
import { type RenderedProcedure, renderedProcedure, withSecurity } from "./procedure-text.js";
import { runSteps } from "./step-runner.js";

/**
 * Fills a procedure's tables: on servers by a call of a routine that writes the shadows, elsewhere statement by statement. The routine
 * that others call is deployed when all is published.
 */
export const runProcedure: NodeRunner = async (node, context, connection) => {
  const own = node as ProcedureNode;
  const { adapter } = context;
  const shadow = (live: Relation) => shadowOf(live);
  const compiled = context.compiler.compileProcedure(own, shadow);
  const rendered = renderedProcedure(own, compiled, shadow);
  const literals = bindArguments(own, own.config.arguments ?? {});
  await checkWrites(rendered);
  const relation = { schema: own.schema, identifier: own.alias };
  const { routines } = adapter.dialect;
  const build = procedure({
    dialect: adapter.dialect,
    relation,
    config: own.config,
    description: own.description,
    existing: (other) => context.relations.get(other),
    tables: own.tables.map((table) => ({
      relation: { schema: table.schema, identifier: table.alias },
      columns: table.columns,
      primaryKey: table.primary_key,
      indexes: table.indexes,
      description: table.description,
    })),
    deployed: routines === null ? null : await deployedRoutine(relation, context),
    routine: routines === null ? null : liveRoutine(own, relation, context),
  });
  const rows = await runSteps(build, own, context, connection, undefined, (session) =>
    run(rendered, literals, context, session),
  );
  const call = `CALL ${own.alias}(${literals.map(({ literal }) => literal).join(", ")})`;
  return {
    status: "success",
    message: `${call}: ${rows} rows${build.publication.routines.length > 0 ? ", deploys the routine" : ""}`,
    failures: null,
    rowsAffected: rows,
    compiledCode: compiled.code,
    publication: build.publication,
  };
};

/** The statements that the engine would run of a procedure on live relations; null where it runs the routine itself. */
export async function checkProcedure(
  node: ProcedureNode,
  compiled: CompiledNode,
  adapter: Adapter,
): Promise<string | null> {
  const rendered = renderedProcedure(node, compiled, (live) => live);
  await checkWrites(rendered);
  if (adapter.dialect.routines !== null) return null;
  const given = new Set(Object.keys(node.config.arguments ?? {}).map((name) => name.toLowerCase()));
  const parameters = node.parameters.filter(({ name }) => given.has(name.toLowerCase()));
  const known = bindArguments({ ...node, parameters }, node.config.arguments ?? {});
  const missing = node.parameters
    .filter((parameter) => !parameters.includes(parameter))
    .map(({ name, type }) => ({ name, type: parseColumnType(type)!, literal: "NULL" }));
  return (await runStatements(rendered, [...known, ...missing], adapter, null)).join(";\n");
}

async function run(
  rendered: RenderedProcedure,
  literals: readonly BoundArgument[],
  context: RunContext,
  connection: Connection,
): Promise<void> {
  const { node, code } = rendered;
  if (context.adapter.dialect.routines === null) {
    const executed = await runStatements(rendered, literals, context.adapter, connection, context.signal);
    context.keep(node, code, executed.join(";\n"));
  } else {
    context.keep(node, code, null);
    await callStaged(rendered, literals, context, connection);
  }
}

/** What others call: on live relations, with the caller's own rights unless the author says otherwise. */
function liveRoutine(node: ProcedureNode, relation: Relation, context: RunContext): RoutineDefinition {
  const code = context.liveSelect(node);
  const header = readHeader(code, node.original_file_path);
  return {
    relation,
    parameters: header.parameterList,
    characteristics: withSecurity(header.characteristics),
    comment: "",
    body: code.slice(header.body),
  };
}

async function deployedRoutine(relation: Relation, { adapter }: RunContext) {
  const found = await adapter.introspector.routines([relation.schema]);
  return found.find((routine) => relationKey(routine) === relationKey(relation)) ?? null;
}

/** A body may write the tables that it declares, and temporary ones of its own: all else would be changed before it is tested. */
async function checkWrites({ node, body, writes }: RenderedProcedure): Promise<void> {
  const { writtenNames } = await import("../sql/procedure-marks.js");
  const own = new Set(
    node.tables.map(({ schema, alias }) => relationKey(writes({ schema, identifier: alias }))),
  );
  for (const { parts: names, start, end } of writtenNames(body.code)) {
    const [schema, identifier] = names.length > 1 ? [names[0]!, names[1]!] : [undefined, names[0]!];
    if (schema !== undefined && own.has(relationKey({ schema, identifier }))) continue;
    if (schema === undefined && isTemporary(identifier, body.code)) continue;
    const declared = node.tables.map(({ name }) => `{{ref "${name}"}}`).join(", ");
    throw new SlaError({
      code: "SLA211",
      message: `procedure "${node.name}" writes ${names.join(".")}, which is no table that it declares`,
      hint: `Write to ${declared}, or declare the table under tables of the procedure.`,
      location: { ...body.locate(start), length: end - start },
      node: node.unique_id,
    });
  }
}

function isTemporary(name: string, body: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`CREATE\\s+TEMPORARY\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?\`?${escaped}\\b`, "i").test(
    body,
  );
}
