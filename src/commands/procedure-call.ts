import { type Argument, bindArguments, checkNames } from "../compile/index.js";
import { didYouMean, SlaError } from "../errors/index.js";
import type { Manifest, Node, ProcedureNode } from "../manifest/index.js";

/** A call of a procedure by hand. */
export interface ProcedureCall {
  procedure: string;
  /** What it is called with, by parameter; what is not given is as config says. */
  arguments: Readonly<Record<string, Argument>>;
}

/** The procedure that is called, and what tests its tables. */
export function calledNodes(manifest: Manifest, { procedure }: ProcedureCall): string[] {
  const { unique_id } = findProcedure(manifest, procedure);
  const tests = (manifest.child_map[unique_id] ?? []).filter((id) => {
    const test = manifest.nodes[id];
    return test?.resource_type === "test" && test.test_type !== "unit";
  });
  return [unique_id, ...tests];
}

/** The manifest with the arguments of a call over those of the procedure's config. */
export function withArguments(manifest: Manifest, call: ProcedureCall): Manifest {
  const node = findProcedure(manifest, call.procedure);
  checkNames(node, Object.keys(call.arguments));
  const names = new Map(node.parameters.map(({ name }) => [name.toLowerCase(), name]));
  const own = Object.entries(node.config.arguments ?? {});
  const named = [...own, ...Object.entries(call.arguments)].map(
    ([name, value]) => [names.get(name.toLowerCase())!, value] as const,
  );
  const config = { ...node.config, arguments: Object.fromEntries(named) };
  bindArguments(node, config.arguments);
  return { ...manifest, nodes: { ...manifest.nodes, [node.unique_id]: { ...node, config } } };
}

function findProcedure(manifest: Manifest, name: string): ProcedureNode {
  const all = Object.values<Node>(manifest.nodes).filter((node) => node.resource_type === "procedure");
  const found = all.find((node) => node.name === name);
  if (found !== undefined) return found;
  const names = all.map((node) => node.name);
  throw new SlaError({
    code: "SLA701",
    message: `there is no procedure "${name}"`,
    hint:
      didYouMean(name, names) ??
      (names.length === 0 ? "The project has none." : `Its procedures are ${names.join(", ")}.`),
  });
}
