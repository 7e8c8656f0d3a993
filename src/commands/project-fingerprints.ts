import { randomUUID } from "node:crypto";
import type { Adapter } from "../adapters/index.js";
import { createCompiler } from "../compile/index.js";
import { testSelect, variesByItself } from "../quality/index.js";
import { type BuildPlan, fingerprints } from "../run/index.js";
import type { Invocation } from "./invocation.js";

/** Fingerprints of a plan's nodes: of the text that the project would always give, whenever it is compiled. */
export function projectFingerprints(
  { project, manifest, graph }: Invocation,
  plan: BuildPlan,
  published: ReadonlyMap<string, string>,
  adapter: Adapter,
): Promise<Map<string, string>> {
  const compiler = createCompiler(project, manifest, {
    relation: (node) => ({ schema: node.schema, identifier: node.alias }),
    isIncremental: () => false,
    runStartedAt: new Date(0),
  });
  const ids = plan.nodes.map(({ unique_id }) => unique_id);
  return fingerprints(
    {
      project,
      manifest,
      compiler,
      testSql: (node) =>
        variesByItself(node, manifest) ? randomUUID() : testSelect(node, { manifest, compiler }).select,
      sourceState: ({ schema, alias }) => adapter.introspector.state({ schema, identifier: alias }),
      planned: new Set(ids),
      published,
    },
    graph.order([...ids, ...graph.ancestors(ids)]),
  );
}
