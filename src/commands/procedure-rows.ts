import type { ProcedureNode, Relation } from "../manifest/index.js";
import { type CommandOptions, type Effects, invoke } from "./invocation.js";
import { type ShownRows, show } from "./show.js";

/** The rows of one of a procedure's tables. */
export interface ProcedureRows extends ShownRows {
  relation: Relation;
}

/** The first rows of each table that a procedure writes. */
export async function procedureRows(
  procedure: string,
  limit: number,
  options: CommandOptions,
  effects: Effects,
): Promise<ProcedureRows[]> {
  const { manifest } = await invoke(options, effects, { target: true });
  const node = Object.values(manifest.nodes).find(
    (other): other is ProcedureNode => other.resource_type === "procedure" && other.name === procedure,
  );
  const shown: ProcedureRows[] = [];
  for (const { name, schema, alias } of node?.tables ?? []) {
    const rows = await show({ ...options, node: name, limit }, effects);
    shown.push({ ...rows, relation: { schema, identifier: alias } });
  }
  return shown;
}
