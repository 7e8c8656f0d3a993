import { type Location, SlaError, throwIfAny } from "../errors/index.js";
import {
  type Manifest,
  type ModelNode,
  type ProcedureNode,
  type Relation,
  type RelationalNode,
  readables,
  type TestNode,
  type UnitTest,
} from "../manifest/index.js";
import { type Project, projectOf } from "../project/index.js";
import { engineMacros, overriding } from "./engine-macros.js";
import { ephemeralName, injectCtes } from "./ephemeral.js";
import { testMacro } from "./generic-test-files.js";
import { checkInline } from "./inline.js";
import { locateIn, type PlacedText } from "./marks.js";
import { dateTimeLiteral, quoteRelation } from "./mysql-text.js";
import { ReferenceLookup } from "./reference-lookup.js";
import { filtered, named, type RowFilter, settleAliases } from "./row-filter.js";
import { type RenderContext, TemplateEngine } from "./template-engine.js";
import type { TemplateText } from "./template-parser.js";

/** What is only known in a run. */
export interface CompileContext {
  /** Where a node stands: its own relation, or that which takes its place in this run. */
  relation(node: RelationalNode): Relation;
  /** What `this` is, where that differs from how others see the node. */
  own?(node: ModelNode): Relation;
  /** Which of an input's rows are read; all of them when absent or null. */
  filter?(node: RelationalNode): RowFilter | null;
  isIncremental(node: ModelNode): boolean;
  runStartedAt: Date;
}

/** What a model is rendered with in a unit test. */
export interface UnitContext {
  /** SELECTs in MySQL's SQL that stand for nodes, by unique id; the model's own is `this`. */
  inputs: ReadonlyMap<string, string>;
  overrides: UnitTest["overrides"];
}

/** A node's SQL, rendered. */
export interface CompiledNode {
  unique_id: string;
  /** MySQL's SQL, with the ephemeral models it reads as CTEs. */
  code: string;
  /** Where in the project's files a character of `code` comes from. */
  locate(offset: number): Location;
}

/** Renders templates of one project. */
export interface Compiler {
  compile(node: ModelNode | ProcedureNode | TestNode): CompiledNode;
  /** Renders a procedure that writes other tables than the live ones, which `own` names. */
  compileProcedure(node: ProcedureNode, own: (live: Relation) => Relation): CompiledNode;
  /** Renders a generic test of the project's own with these arguments. */
  compileTest(node: TestNode, args: Record<string, unknown>): CompiledNode;
  /** Renders what a unit test tests with relations of the caller's in the place of its inputs. */
  compileUnit(test: TestNode, inputs: UnitContext["inputs"]): CompiledNode;
  readonly runStartedAt: Date;
  /** The schema of the target, without the suffix that nodes may have. */
  readonly targetSchema: string;
  /** Where a node stands in this run. */
  relation(node: RelationalNode): Relation;
  /** Renders SQL that stands in no file. */
  compileInline(sql: string): CompiledNode;
}

/** A run makes several compilers of one project: what Handlebars made of its templates serves them all. */
const ENGINES = new WeakMap<Manifest, TemplateEngine>();

/** Makes a compiler; the manifest must have been parsed from the same project. */
export function createCompiler(project: Project, manifest: Manifest, context: CompileContext): Compiler {
  const macros = engineMacros(project, manifest);
  const engine = ENGINES.get(manifest) ?? new TemplateEngine(macros);
  ENGINES.set(manifest, engine);
  const lookup = lookupOf(project, manifest);

  function render(
    file: TemplateText,
    node: ModelNode | ProcedureNode | TestNode | undefined,
    ephemerals: Map<string, PlacedText | null>,
    own?: (live: Relation) => Relation,
  ): PlacedText {
    const placed = engine.render(file, renderContext(node, ephemerals, undefined, own));
    return { ...placed, text: settleAliases(placed.text) };
  }

  function renderContext(
    node: ModelNode | ProcedureNode | TestNode | undefined,
    ephemerals: Map<string, PlacedText | null>,
    unit?: UnitContext,
    own: (live: Relation) => Relation = (live) => live,
  ): RenderContext {
    if (unit !== undefined) return unitContext(node as ModelNode | TestNode | undefined, unit);
    const relation = (found: RelationalNode): string => {
      if (found.unique_id === node?.unique_id && found.resource_type === "procedure")
        return named(quoteRelation(own({ schema: found.schema, identifier: found.alias })), found.alias);
      if (found.config.materialized !== "ephemeral") {
        const relation = context.relation(found);
        const filter = context.filter?.(found) ?? null;
        if (filter !== null) return filtered(quoteRelation(relation), found.alias, filter);
        // What stands in for a relation still goes by its name: `orders.id` means what it always does.
        return relation.identifier === found.alias
          ? quoteRelation(relation)
          : named(quoteRelation(relation), found.alias);
      }
      addEphemeral(found as ModelNode, ephemerals);
      return ephemeralName(found);
    };
    const { type, name, schema } = project.target;
    const owner = projectOf(project, node?.package_name ?? project.name);
    return {
      package: owner.name,
      vars: owner.vars,
      env: project.env,
      target: { type, name, schema },
      this: ownName(node, context),
      isIncremental: () => node?.resource_type === "model" && context.isIncremental(node),
      runStartedAt: dateTimeLiteral(context.runStartedAt),
      ...references(owner.name, relation),
    };
  }

  /** What `ref` and `source` give in the templates of a package. */
  function references(caller: string, relation: (found: RelationalNode) => string) {
    return {
      ref: (name: string, owner: string | null) =>
        relation(found(lookup.ref(caller, { package: owner, name }), `ref "${name}"`)),
      source: (source: string, table: string) =>
        relation(found(lookup.source(caller, source, table), `source "${source}.${table}"`)),
    };
  }

  /** The context of a unit test: its rows under the names of the inputs, its values over those of the project. */
  function unitContext(
    node: ModelNode | TestNode | undefined,
    { inputs, overrides }: UnitContext,
  ): RenderContext {
    const { type, name, schema } = project.target;
    const relation = (input: RelationalNode) => named(`(\n${inputs.get(input.unique_id)!}\n)`, input.alias);
    const owner = projectOf(project, node?.package_name ?? project.name);
    return {
      package: owner.name,
      vars: { ...owner.vars, ...overrides.vars },
      env: { ...project.env, ...overrides.env_vars },
      target: { type, name, schema },
      this:
        node?.resource_type === "model" && inputs.has(node.unique_id)
          ? relation(node)
          : ownName(node, context),
      isIncremental: () => overrides.macros.is_incremental === true,
      runStartedAt: dateTimeLiteral(
        overrides.run_started_at === null ? context.runStartedAt : new Date(overrides.run_started_at),
      ),
      ...references(owner.name, relation),
    };
  }

  /** Renders an ephemeral model behind those that it reads itself. */
  function addEphemeral(node: ModelNode, ephemerals: Map<string, PlacedText | null>): void {
    if (ephemerals.has(node.unique_id)) return;
    ephemerals.set(node.unique_id, null);
    const text = withoutTerminator(
      render({ path: node.original_file_path, text: node.raw_code }, node, ephemerals),
    );
    ephemerals.delete(node.unique_id);
    ephemerals.set(node.unique_id, text);
  }

  function compileFile(
    id: string,
    file: TemplateText,
    node: ModelNode | ProcedureNode | TestNode | undefined,
    own?: (live: Relation) => Relation,
  ): CompiledNode {
    const ephemerals = new Map<string, PlacedText | null>();
    if (node?.resource_type === "procedure") {
      const routine = withoutTerminator(render(file, node, ephemerals, own));
      const [ephemeral] = ephemerals.keys();
      if (ephemeral !== undefined) throw readsEphemeral(node, manifest.nodes[ephemeral]!.name);
      return behindEphemerals(id, file, routine, ephemerals);
    }
    return behindEphemerals(id, file, withoutTerminator(render(file, node, ephemerals)), ephemerals);
  }

  function behindEphemerals(
    id: string,
    file: TemplateText,
    query: PlacedText,
    ephemerals: Map<string, PlacedText | null>,
  ): CompiledNode {
    const ctes = [...ephemerals].map(([ephemeral, body]) => ({
      name: ephemeralName(manifest.nodes[ephemeral]!),
      body: body!,
    }));
    const whole = injectCtes(query, ctes);
    return {
      unique_id: id,
      code: whole.text,
      locate: (offset) =>
        locateIn(whole, offset) ?? {
          path: file.path,
          line: 1,
          column: 1,
          ...(file.isInline && { text: file.text }),
        },
    };
  }

  return {
    runStartedAt: context.runStartedAt,
    targetSchema: project.target.schema,
    relation: (node) => context.relation(node),
    compile(node) {
      if (node.resource_type === "test" && node.test_type === "generic") {
        throw new Error(`the SQL of generic test ${node.name} is not a template of the project`);
      }
      try {
        return compileFile(node.unique_id, { path: node.original_file_path, text: node.raw_code }, node);
      } catch (error) {
        throw error instanceof SlaError ? error.at({ path: node.original_file_path }, node.unique_id) : error;
      }
    },
    compileProcedure: (node, own) =>
      compileFile(node.unique_id, { path: node.original_file_path, text: node.raw_code }, node, own),
    compileTest(node, args) {
      const { name, namespace } = node.test_metadata!;
      const written = namespace === null ? testMacro(name) : `${namespace}.${testMacro(name)}`;
      const macro = macros.keyOf(node.package_name, written);
      const own = node.depends_on.macros.find((id) => id.endsWith(`.${testMacro(name)}`));
      const path = manifest.macros[own!]!.original_file_path;
      const ephemerals = new Map<string, PlacedText | null>();
      try {
        const query = withoutTerminator(engine.renderCall(macro, args, renderContext(node, ephemerals)));
        return behindEphemerals(node.unique_id, { path, text: "" }, query, ephemerals);
      } catch (error) {
        throw error instanceof SlaError ? error.at({ path }, node.unique_id) : error;
      }
    },
    compileUnit(test, inputs) {
      const { model, overrides } = test.unit!;
      const node = model === null ? test : (manifest.nodes[model] as ModelNode);
      const file: TemplateText = {
        path: node.original_file_path,
        text: node.raw_code,
        ...(model === null && { isInline: true }),
      };
      const context = renderContext(node, new Map(), { inputs, overrides });
      const placed = overriding(macros, overrides.macros, node.package_name, engine).render(file, context);
      const query = withoutTerminator({ ...placed, text: settleAliases(placed.text) });
      return behindEphemerals(node.unique_id, file, query, new Map());
    },
    compileInline(sql) {
      const file = { path: "--inline", text: sql, isInline: true };
      throwIfAny(checkInline(file, manifest, project));
      return compileFile("inline", file, undefined);
    },
  };
}

function lookupOf(project: Project, manifest: Manifest): ReferenceLookup {
  const nodes: RelationalNode[] = [];
  for (const node of Object.values(manifest.nodes))
    if (node.resource_type !== "test") nodes.push(...readables(node));
  return new ReferenceLookup(project.name, nodes, Object.values(manifest.sources));
}

function found(node: RelationalNode | undefined, what: string): RelationalNode {
  if (node !== undefined) return node;
  throw new SlaError({ code: "SLA203", message: `${what} does not exist or is disabled` });
}

function readsEphemeral(node: ProcedureNode, name: string): SlaError {
  return new SlaError({
    code: "SLA211",
    message: `procedure "${node.name}" reads "${name}", which is ephemeral`,
    hint: `An ephemeral model stands nowhere that a stored procedure could read it: make "${name}" a view.`,
    location: { path: node.original_file_path },
    node: node.unique_id,
  });
}

function ownName(node: ModelNode | ProcedureNode | TestNode | undefined, context: CompileContext): string {
  if (node === undefined || node.resource_type === "test" || node.resource_type === "procedure") return "";
  return quoteRelation(context.own?.(node) ?? context.relation(node));
}

/** The text without the semicolon that some end their files with: it is going to stand inside other statements. */
function withoutTerminator(query: PlacedText): PlacedText {
  const end = /;\s*$/.exec(query.text);
  return end === null ? query : { ...query, text: query.text.slice(0, end.index) };
}
