import type { Row } from "../adapters/index.js";
import { filterCondition } from "../compile/index.js";
import type { ModelNode, RelationalNode } from "../manifest/index.js";
import type { RelationHandle } from "../project/index.js";
import type { RunContext } from "./node-runner.js";

// Kysely is for TypeScript models only: the index of adapters must not bring it along.
const { relationQuery } = await import("../adapters/kysely.js");

/** A relation as TypeScript models read it: as a stream, as rows, or as the start of a Kysely query. */
export function relationHandle<R extends object = Row>(
  node: RelationalNode,
  context: RunContext,
): RelationHandle<R> {
  const { adapter } = context;
  const relation = context.relation({ schema: node.schema, identifier: node.alias });

  async function* batches(): AsyncGenerator<R[]> {
    const select = await selectText(node, context);
    const connection = await adapter.acquire();
    try {
      // The row type is the caller's claim; `sla generate types` will make it the warehouse's.
      for await (const batch of connection.stream(select)) yield batch as R[];
    } finally {
      await connection.release();
    }
  }
  async function* rows(): AsyncGenerator<R> {
    for await (const batch of batches()) yield* batch;
  }
  return {
    name: node.name,
    batches,
    rows,
    async all() {
      const all: R[] = [];
      for await (const batch of batches()) for (const row of batch) all.push(row);
      return all;
    },
    query: () =>
      relationQuery(adapter, relation, condition(node, context)) as ReturnType<RelationHandle<R>["query"]>,
  };
}

/** What to read: the relation, or the SELECT itself where the model is ephemeral and has none. */
async function selectText(node: RelationalNode, context: RunContext): Promise<string> {
  const { adapter, compiler, relation } = context;
  if (node.resource_type === "model" && node.config.materialized === "ephemeral") {
    return adapter.translate(compiler.compile(node as ModelNode).code);
  }
  const from = adapter.dialect.relation(relation({ schema: node.schema, identifier: node.alias }));
  const where = condition(node, context);
  return `SELECT * FROM ${from}${where === undefined ? "" : ` WHERE ${where}`}`;
}

/** Which of its rows this run reads; undefined for all. */
function condition(node: RelationalNode, { adapter, filter }: RunContext): string | undefined {
  const rows = filter?.(node) ?? null;
  return rows === null ? undefined : filterCondition(rows, (name) => adapter.dialect.identifier(name));
}
