import type { Adapter } from "../adapters/index.js";
import { filterCondition } from "../compile/index.js";
import { type ModelNode, type RelationalNode, readables } from "../manifest/index.js";
import type { RunContext } from "./node-runner.js";

/** A declared parent, as the code of a model names it and as SQL reads it. */
export interface ModelInput {
  kind: "ref" | "source";
  /** A source's is `source.table`. */
  name: string;
  /** What stands after FROM, in the engine's own SQL: the relation, or a SELECT in parentheses. */
  from: string;
}

/** What the code of a model is told: plain values, which may cross to another thread. */
export interface ModelFacts {
  node: { name: string; unique_id: string; original_file_path: string; package_path?: string };
  projectDir: string;
  inputs: readonly ModelInput[];
  config: Readonly<Record<string, unknown>>;
  vars: Readonly<Record<string, unknown>>;
  target: { name: string; type: Adapter["type"]; schema: string };
}

/** The declared parents of a model; what is not among them would be missing from the DAG. */
export async function modelInputs(node: ModelNode, context: RunContext): Promise<ModelInput[]> {
  const { manifest } = context;
  const inputs: ModelInput[] = [];
  const parents = node.depends_on.nodes.flatMap((id) => {
    const parent = (manifest.nodes[id] ?? manifest.sources[id]) as RelationalNode | undefined;
    return parent === undefined ? [] : readables(parent);
  });
  for (const parent of parents) {
    const source = parent.resource_type === "source";
    const from = await fromText(parent, context);
    inputs.push({
      kind: source ? "source" : "ref",
      name: source ? `${parent.source_name}.${parent.name}` : parent.name,
      from,
    });
    const isNamedInFull = node.refs.some(
      (call) => call.package === parent.package_name && call.name === parent.name,
    );
    if (isNamedInFull) inputs.push({ kind: "ref", name: `${parent.package_name}.${parent.name}`, from });
  }
  return inputs;
}

/** The relation, those of its rows that this run reads, or the SELECT itself where the model is ephemeral and has none. */
async function fromText(node: RelationalNode, context: RunContext): Promise<string> {
  const { adapter, compiler, filter, relation } = context;
  if (node.resource_type === "model" && node.config.materialized === "ephemeral") {
    return `(${await adapter.translate(compiler.compile(node as ModelNode).code)})`;
  }
  const table = adapter.dialect.relation(relation({ schema: node.schema, identifier: node.alias }));
  const rows = filter?.(node) ?? null;
  if (rows === null) return table;
  return `(SELECT * FROM ${table} WHERE ${filterCondition(rows, (name) => adapter.dialect.identifier(name))})`;
}
