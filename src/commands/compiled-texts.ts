import type { Adapter } from "../adapters/index.js";
import { duckdbDialect, mysqlDialect } from "../adapters/index.js";
import { createCompiler } from "../compile/index.js";
import type { Manifest, Node, Relation } from "../manifest/index.js";
import { hasSecrets, masked } from "../project/index.js";
import { engineSelect, testSelect } from "../quality/index.js";
import type { Invocation } from "./invocation.js";

/** SQL of nodes as others may see it, and which nodes were asked for. */
export interface CompiledTexts {
  /** In the engine's own SQL, by unique id; what cannot be compiled is not there. */
  texts: ReadonlyMap<string, string>;
  /** `all`, `none`, or a name for what was asked for. */
  asked: ReadonlySet<string>;
  /** Whether refs lead to another environment. */
  deferred: boolean;
}

/** Nothing was compiled. */
export const NOT_COMPILED: CompiledTexts = { texts: new Map(), asked: new Set(), deferred: false };

/** What compiled SQL is written for. */
export type TextEngine = Pick<Adapter, "type" | "translate">;

/** Whether a node is a template, or makes SQL of its own. */
export function hasSql(node: Manifest["nodes"][string]): boolean {
  if (node.resource_type === "test") return node.test_type !== "unit";
  return node.resource_type !== "seed" && node.language === "sql";
}

/**
 * The SQL of nodes as it reads live relations, whatever stands beside them in a run, with stars where secrets are. A model that
 * adds to its table is shown as it is when it is built anew.
 */
export async function compiledTexts(
  { project, manifest, startedAt }: Invocation,
  ids: Iterable<string>,
  engine: TextEngine,
  elsewhere?: (live: Relation) => Relation,
): Promise<CompiledTexts> {
  const shown = hasSecrets(project) ? masked(project) : project;
  const asked = new Set([...ids].filter((id) => manifest.nodes[id] && hasSql(manifest.nodes[id])));
  // A compiler remembers macros by manifest: with other variables it needs one of its own.
  const scope = { manifest: shown === project ? manifest : { ...manifest } };
  const relation = elsewhere ?? ((live: Relation) => live);
  const compiler = createCompiler(shown, scope.manifest, {
    relation: (node) => relation({ schema: node.schema, identifier: node.alias }),
    own: (node) => ({ schema: node.schema, identifier: node.alias }),
    isIncremental: () => false,
    runStartedAt: startedAt,
  });
  const dialect = engine.type === "duckdb" ? duckdbDialect : mysqlDialect;
  const textOf = async (node: Node): Promise<string> => {
    if (node.resource_type === "test") {
      const tests = { manifest: scope.manifest, compiler };
      return engineSelect(node, testSelect(node, tests), tests, { dialect, translate: engine.translate });
    }
    const { code } = compiler.compile(node as Parameters<typeof compiler.compile>[0]);
    return node.resource_type === "procedure" ? code : engine.translate(code);
  };
  const texts = new Map<string, string>();
  for (const id of asked) {
    try {
      texts.set(id, (await textOf(manifest.nodes[id]!)).trim());
    } catch {
      // Who runs it is told why: here it has no SQL.
    }
  }
  return { texts, asked, deferred: elsewhere !== undefined };
}
