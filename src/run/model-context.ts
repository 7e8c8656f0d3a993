import { SlaError } from "../errors/index.js";
import type { ModelContext } from "../project/index.js";
import { csvText } from "./csv-export.js";
import { exportName } from "./export-file.js";
import type { ModelFacts, ModelInput } from "./model-inputs.js";
import { relationHandle } from "./relation-handle.js";
import type { RowReader } from "./row-reader.js";

/** What the code of a model can do besides reading. */
export type ModelEffects = Omit<ModelContext, "ref" | "source" | "config" | "vars" | "target" | "exportCsv">;

/** What the code of a model is given, on whichever thread it runs. */
export function modelContext(facts: ModelFacts, reader: RowReader, effects: ModelEffects): ModelContext {
  const { node, config, vars, target } = facts;
  const handle = (kind: ModelInput["kind"], name: string) =>
    relationHandle(inputNamed(facts, kind, name), facts, reader);
  return {
    ...effects,
    // Rows are made into text where they are, so that no row has to cross to another thread.
    exportCsv: async (name, rows) => effects.exportFile(`${exportName(name, node)}.csv`, await csvText(rows)),
    // Names and rows have types in the model's own code alone, where its project's declarations are.
    ref: ((name: string) => handle("ref", name)) as ModelContext["ref"],
    source: ((source: string, table: string) =>
      handle("source", `${source}.${table}`)) as ModelContext["source"],
    config: { ...config },
    vars,
    target: { ...target },
  };

  function inputNamed({ inputs }: ModelFacts, kind: ModelInput["kind"], name: string): ModelInput {
    const found = inputs.find((input) => input.kind === kind && input.name === name);
    if (found !== undefined) return found;
    throw new SlaError({
      code: "SLA203",
      message: `"${node.name}" reads ${kind} "${name}", which it does not declare`,
      hint: `Add it to \`${kind}s\` in defineModel, so that it is built first.`,
      location: { path: node.original_file_path },
      node: node.unique_id,
    });
  }
}
