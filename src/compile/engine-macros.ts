import type { MacroNode, Manifest } from "../manifest/index.js";
import { loadedMacro, type Project, projectOf } from "../project/index.js";
import { testMacro } from "./generic-test-files.js";
import { MacroScope } from "./macro-scope.js";
import { mysqlLiteral, quoteName } from "./mysql-text.js";
import { type EngineMacro, type EngineMacros, TemplateEngine } from "./template-engine.js";

/** The macros of a project and its packages as templates call them: the project's by name, others behind their package's. */
export function engineMacros(project: Project, manifest: Manifest): EngineMacros {
  const macros = new Map<string, EngineMacro>();
  const nodes = Object.values(manifest.macros);
  const key = (node: MacroNode) =>
    node.package_name === project.name ? node.name : `${node.package_name}.${node.name}`;
  for (const node of nodes) macros.set(key(node), engineMacro(projectOf(project, node.package_name), node));
  const scope = new MacroScope(
    nodes.map((node) => ({ node })),
    project.name,
    project.dispatch,
  );
  return {
    macros,
    keyOf(caller, name) {
      const found = scope.find(caller, name);
      return found === undefined ? name : key(found.node);
    },
  };
}

/** An engine in which calls of some macros give fixed values: the given one where there are none. */
export function overriding(
  known: EngineMacros,
  values: Readonly<Record<string, string | number | boolean>>,
  caller: string,
  engine: TemplateEngine,
): TemplateEngine {
  const macros = new Map(known.macros);
  let changed = false;
  for (const [name, value] of Object.entries(values)) {
    const key = known.keyOf(caller, name);
    if (!macros.has(key)) continue;
    macros.set(key, { kind: "typescript", path: "overrides", parameters: [], run: () => String(value) });
    changed = true;
  }
  return changed ? new TemplateEngine({ ...known, macros }) : engine;
}

function engineMacro(owner: Project, node: MacroNode): EngineMacro {
  const path = node.original_file_path;
  if (node.language === "sql") {
    const isTest = owner.paths.tests.some((root) => path.startsWith(`${root}/generic/`));
    return {
      kind: "sql",
      package: owner.name,
      file: owner.cache.read(path),
      keyword: isTest ? "test" : "macro",
      block: isTest ? node.name.slice(testMacro("").length) : node.name,
    };
  }
  const { type, name, schema } = owner.target;
  const context = {
    vars: owner.vars,
    target: { type, name, schema },
    literal: mysqlLiteral,
    identifier: quoteName,
  };
  const definition = loadedMacro(owner, node);
  return {
    kind: "typescript",
    path,
    parameters: Object.entries(definition.arguments ?? {}).map(([argument, { default: fallback }]) => ({
      name: argument,
      default: fallback,
    })),
    run: (args) => definition.run(args, context),
  };
}
