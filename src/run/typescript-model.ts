import type { ModelNode, TypedColumn } from "../manifest/index.js";
import { type ModelDefinition, modelDefinition, projectOf } from "../project/index.js";
import { exportChart } from "./export-chart.js";
import { exportFile } from "./export-file.js";
import type { ModelEffects } from "./model-context.js";
import { type ModelFacts, modelInputs } from "./model-inputs.js";
import type { RunContext } from "./node-runner.js";
import { returnedRows } from "./returned-rows.js";
import { sessionReader } from "./row-reader.js";
import type { RowSource } from "./row-source.js";
import { userCodeError } from "./user-code.js";

/** The rows that a TypeScript model returns, in batches. Its code runs when the first batch is asked for. */
export async function* runTypeScriptModel(
  node: ModelNode,
  columns: readonly TypedColumn[],
  context: RunContext,
): RowSource {
  const owner = { name: node.name, path: node.original_file_path, node: node.unique_id };
  try {
    const definition: ModelDefinition = await modelDefinition(context.project, node);
    const facts = await modelFacts(node, context);
    const reader = sessionReader(context.adapter);
    const effects = modelEffects(node, context);
    if (definition.worker === true) {
      const { threadRows } = await import("./model-thread.js");
      for await (const rows of threadRows({ facts, columns, owner, reader, effects }))
        yield { table: node.name, rows };
      return;
    }
    const { modelContext } = await import("./model-context.js");
    const given = modelContext(facts, reader, effects);
    for await (const rows of returnedRows(await definition.run(given), columns, owner))
      yield { table: node.name, rows };
  } catch (error) {
    throw userCodeError(error, node, context.project.dir);
  }
}

/** What the code of a model is told, whichever thread it runs on. */
async function modelFacts(node: ModelNode, context: RunContext): Promise<ModelFacts> {
  const { name, type, schema } = context.project.target;
  return {
    node: {
      name: node.name,
      unique_id: node.unique_id,
      original_file_path: node.original_file_path,
      ...(node.package_path !== undefined && { package_path: node.package_path }),
    },
    projectDir: context.project.dir,
    inputs: await modelInputs(node, context),
    config: { ...node.config },
    vars: projectOf(context.project, node.package_name).vars,
    target: { name, type, schema },
  };
}

/** What the code of a model can do besides reading. */
function modelEffects(node: ModelNode, context: RunContext): ModelEffects {
  return {
    exportFile: (path: string, content: string | Uint8Array) =>
      exportFile(context.project.targetPath, path, content, node),
    exportChart: (name, chart, size) => exportChart(name, chart, size, node, context),
    log: (text: string) => context.message(node.unique_id, text),
    signal: context.signal,
  };
}
