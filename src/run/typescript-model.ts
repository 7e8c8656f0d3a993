import { SlaError } from "../errors/index.js";
import type { ModelNode, RelationalNode, TypedColumn } from "../manifest/index.js";
import { type ModelDefinition, modelDefinition } from "../project/index.js";
import { exportFile } from "./export-file.js";
import type { RunContext } from "./node-runner.js";
import type { RowSource } from "./row-source.js";
import { type GivenRow, toValues } from "./row-values.js";
import { userCodeError } from "./user-code.js";

const BATCH = 2_000;

/** The rows that a TypeScript model returns, in batches. Its code runs when the first batch is asked for. */
export async function* runTypeScriptModel(
  node: ModelNode,
  columns: readonly TypedColumn[],
  context: RunContext,
): RowSource {
  const owner = { name: node.name, path: node.original_file_path, node: node.unique_id };
  try {
    const definition: ModelDefinition = await modelDefinition(context.project, node);
    const { relationHandle } = await import("./relation-handle.js");
    const returned = await definition.run({
      ref: <R extends object>(name: string) => relationHandle<R>(parent(node, name, "ref", context), context),
      source: <R extends object>(source: string, table: string) =>
        relationHandle<R>(parent(node, `${source}.${table}`, "source", context), context),
      config: { ...node.config },
      vars: context.project.vars,
      target: {
        name: context.project.target.name,
        type: context.project.target.type,
        schema: context.project.target.schema,
      },
      exportFile: (path: string, content: string | Uint8Array) =>
        exportFile(context.project.targetPath, path, content, node),
      log: (text: string) => context.message(node.unique_id, text),
      signal: context.signal,
    });
    let batch: GivenRow[] = [];
    for await (const row of returned as AsyncIterable<GivenRow>) {
      batch.push(row);
      if (batch.length === BATCH) {
        yield { table: node.name, rows: toValues(batch, columns, owner) };
        batch = [];
      }
    }
    if (batch.length > 0) yield { table: node.name, rows: toValues(batch, columns, owner) };
  } catch (error) {
    throw userCodeError(error, node, context.project.dir);
  }
}

/** A declared parent as the model reads it; one that is not declared would be missing from the DAG. */
function parent(node: ModelNode, name: string, kind: "ref" | "source", context: RunContext): RelationalNode {
  const { manifest } = context;
  const found = node.depends_on.nodes
    .map((id) => (manifest.nodes[id] ?? manifest.sources[id]) as RelationalNode | undefined)
    .find((candidate) =>
      candidate?.resource_type === "source"
        ? kind === "source" && `${candidate.source_name}.${candidate.name}` === name
        : kind === "ref" && candidate?.name === name,
    );
  if (found === undefined) {
    throw new SlaError({
      code: "SLA203",
      message: `"${node.name}" reads ${kind} "${name}", which it does not declare`,
      hint: `Add it to \`${kind}s\` in defineModel, so that it is built first.`,
      location: { path: node.original_file_path },
      node: node.unique_id,
    });
  }
  return found;
}
