import { type Compiler, createCompiler } from "../compile/index.js";
import { type SlaError, throwIfAny, toSlaErrors } from "../errors/index.js";
import type { ModelNode, ProcedureNode, Relation, TestNode } from "../manifest/index.js";
import { projectRedaction } from "../project/index.js";
import { testSelect } from "../quality/index.js";
import { checkProcedure, inSource, keepSql } from "../run/index.js";
import { compiledTexts } from "./compiled-texts.js";
import { type DeferralOptions, openDeferral } from "./deferral.js";
import { type CommandOptions, type Effects, invoke, open } from "./invocation.js";
import { writeDbtManifest, writeOwnManifest } from "./manifest-files.js";
import { previousState, selectNodes } from "./node-selection.js";

/** What `compile` is told. */
export interface CompileOptions extends CommandOptions, DeferralOptions {
  /** SQL to compile instead of nodes. */
  inline?: string | undefined;
}

/** A compiled node, or compiled inline SQL. */
export interface CompiledText {
  /** Null for inline SQL. */
  unique_id: string | null;
  /** MySQL's SQL with all templates filled in. */
  compiled: string;
  /** What the target's engine runs, where that differs. */
  executed: string | null;
}

/** `sla compile`: fills in the templates of the selected nodes, checks their SQL, and keeps both below `target/`. */
export async function compile(options: CompileOptions, effects: Effects): Promise<CompiledText[]> {
  const invocation = await invoke(options, effects, { target: true });
  const { project, manifest } = invocation;
  const redact = projectRedaction(project);
  const adapter = await open(invocation);
  try {
    const selected = selectNodes(invocation, options, effects, ["model", "snapshot", "procedure", "test"]);
    const previous = previousState(invocation, options);
    const elsewhere = await openDeferral(manifest, previous, options, selected, adapter);
    const relation = elsewhere ?? ((live: Relation) => live);
    const compiler = createCompiler(project, manifest, {
      relation: (node) => relation({ schema: node.schema, identifier: node.alias }),
      own: (node) => ({ schema: node.schema, identifier: node.alias }),
      isIncremental: () => false,
      runStartedAt: invocation.startedAt,
    });
    if (options.inline !== undefined) {
      const inline = compiler.compileInline(options.inline);
      const executed = await adapter.translate(inline.code).catch((error: unknown) => {
        throw inSource(error, inline, null, "--inline");
      });
      return [
        { unique_id: null, compiled: inline.code, executed: executed === inline.code ? null : executed },
      ];
    }
    const errors: SlaError[] = [];
    const texts: CompiledText[] = [];
    for (const id of selected) {
      const node = manifest.nodes[id] as ModelNode | ProcedureNode | TestNode;
      if (node.resource_type !== "test" && "language" in node && node.language !== "sql") continue;
      if (node.resource_type === "test" && node.test_type === "unit") continue;
      try {
        texts.push(await compileOne(node, compiler));
      } catch (error) {
        errors.push(...toSlaErrors(error));
      }
    }
    throwIfAny(errors);
    writeOwnManifest(invocation);
    await writeDbtManifest(
      invocation,
      effects,
      await compiledTexts(invocation, selected, adapter, elsewhere),
    );
    return texts;
  } finally {
    await adapter.close();
  }

  async function compileOne(
    node: ModelNode | ProcedureNode | TestNode,
    compiler: Compiler,
  ): Promise<CompiledText> {
    if (node.resource_type === "test" && node.test_type === "generic") {
      const compiled = testSelect(node, { manifest, compiler }).select;
      keepSql(project.targetPath, node, redact(compiled), null);
      return { unique_id: node.unique_id, compiled, executed: null };
    }
    const compiled = compiler.compile(node);
    try {
      const executed =
        node.resource_type === "procedure"
          ? ((await checkProcedure(node, compiled, adapter)) ?? compiled.code)
          : await adapter.translate(compiled.code);
      keepSql(project.targetPath, node, redact(compiled.code), redact(executed));
      return {
        unique_id: node.unique_id,
        compiled: compiled.code,
        executed: executed === compiled.code ? null : executed,
      };
    } catch (error) {
      throw inSource(error, compiled, null, node.original_file_path);
    }
  }
}
