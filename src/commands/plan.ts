import type { Connection } from "../adapters/index.js";
import { createCompiler } from "../compile/index.js";
import type { ModelNode, Relation } from "../manifest/index.js";
import { planBuild, RelationCache, type RunNode, relationsOf, reusable } from "../run/index.js";
import { changedParts, Ledger } from "../state/index.js";
import { type CommandOptions, type Effects, invoke, open } from "./invocation.js";
import { type KeyChanges, keyChanges } from "./key-changes.js";
import { selectNodes } from "./node-selection.js";
import { projectFingerprints } from "./project-fingerprints.js";

/** What `plan` is told. */
export interface PlanOptions extends CommandOptions {
  fullRefresh?: boolean | undefined;
}

/** What a build would do with a node, and why. */
export interface PlannedNode {
  unique_id: string;
  name: string;
  materialized: string;
  /** `create` where nothing stands yet, `replace`, or `reuse` (with --reuse) where nothing has changed. */
  action: "create" | "replace" | "reuse";
  reasons: string[];
  /** Of the live table against what the code returns now; null where that cannot be told before the parents are built. */
  columns: { added: string[]; removed: string[] } | null;
  /** Of the live table against the config; null where nothing stands, or what stands keeps its keys. */
  keys: KeyChanges | null;
  /** Rows when it was last published. */
  rows: number | null;
  /** Tests that would run on it. */
  tests: number;
}

const REASONS = {
  code: "its code changed",
  config: "its config or columns changed",
  parents: "what it reads changed",
} as const;

/** `sla plan`: what a build of the selection would do, without doing any of it. */
export async function plan(options: PlanOptions, effects: Effects): Promise<PlannedNode[]> {
  const invocation = await invoke(options, effects, { target: true });
  const { project, manifest, graph } = invocation;
  const selected = await selectNodes(invocation, options, effects, [
    "model",
    "snapshot",
    "seed",
    "procedure",
    "test",
  ]);
  const build = planBuild(manifest, graph, selected, true);
  const { nodes, tasks, schemas } = build;
  const compiler = createCompiler(project, manifest, {
    relation: (node) => ({ schema: node.schema, identifier: node.alias }),
    isIncremental: () => false,
    runStartedAt: new Date(0),
  });
  const adapter = await open(invocation);
  try {
    const connection = await adapter.acquire();
    try {
      const relations = new RelationCache(
        await adapter.introspector.relations([...schemas, project.target.schema]),
      );
      const ledger = new Ledger(adapter, connection, project.target.schema);
      const known = await ledger.exists();
      const published = known ? await ledger.published() : new Map<string, string>();
      const rows = known ? await ledger.rowCounts() : new Map<string, number>();
      const now = await projectFingerprints(invocation, build, published, adapter);
      const after = new Map(tasks.map((task) => [task.id, task.after]));
      const existing = (relation: Relation) => relations.get(relation);
      const unchanged = reusable(nodes, after, now, published, existing);
      const planned: PlannedNode[] = [];
      for (const node of nodes) {
        if (node.resource_type === "test") continue;
        const stands = relationsOf(node).every((relation) => existing(relation) !== null);
        const reasons = why(node, stands, now.get(node.unique_id), published.get(node.unique_id), options);
        planned.push({
          unique_id: node.unique_id,
          name: node.name,
          materialized: node.resource_type === "seed" ? "seed" : node.config.materialized,
          action: !stands
            ? "create"
            : unchanged.has(node.unique_id) && !options.fullRefresh
              ? "reuse"
              : "replace",
          reasons,
          columns:
            stands && node.resource_type === "model"
              ? await columnChanges(node, connection, adapter, compiler)
              : null,
          keys: stands && node.resource_type !== "procedure" ? await keyChanges(node, adapter) : null,
          rows: rows.get(node.unique_id) ?? null,
          tests: nodes.filter(
            (test) => test.resource_type === "test" && test.depends_on.nodes.includes(node.unique_id),
          ).length,
        });
      }
      return planned;
    } finally {
      await connection.release();
    }
  } finally {
    await adapter.close();
  }
}

function why(
  node: RunNode,
  stands: boolean,
  now: string | undefined,
  before: string | undefined,
  options: PlanOptions,
): string[] {
  if (options.fullRefresh && node.config.materialized === "incremental") return ["full refresh"];
  if (!stands) return ["it is new"];
  if (before === undefined || now === undefined) return ["no earlier build of it is known"];
  const parts = changedParts(now, before);
  return parts.length === 0 ? ["nothing changed"] : parts.map((part) => REASONS[part]);
}

async function columnChanges(
  node: ModelNode,
  connection: Connection,
  adapter: Awaited<ReturnType<typeof open>>,
  compiler: ReturnType<typeof createCompiler>,
): Promise<PlannedNode["columns"]> {
  if (node.language !== "sql" || node.config.materialized === "ephemeral") return null;
  try {
    const wanted = await connection.describe(await adapter.translate(compiler.compile(node).code));
    const live = await adapter.introspector.columns({ schema: node.schema, identifier: node.alias });
    const names = (columns: readonly { name: string }[]) => columns.map(({ name }) => name.toLowerCase());
    const [next, now] = [names(wanted), names(live)];
    return {
      added: next.filter((name) => !now.includes(name)),
      removed: now.filter((name) => !next.includes(name)),
    };
  } catch {
    return null; // A parent has not the columns yet that this model reads: only building tells.
  }
}
