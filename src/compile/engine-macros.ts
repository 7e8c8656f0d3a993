import type { Manifest } from "../manifest/index.js";
import { loadedMacro, type Project } from "../project/index.js";
import { testMacro } from "./generic-test-files.js";
import { mysqlLiteral, quoteName } from "./mysql-text.js";
import type { EngineMacro } from "./template-engine.js";

/** The project's macros as templates call them, by name. */
export function engineMacros(project: Project, manifest: Manifest): Map<string, EngineMacro> {
  const macros = new Map<string, EngineMacro>();
  const { type, name, schema } = project.target;
  const context = {
    vars: project.vars,
    target: { type, name, schema },
    literal: mysqlLiteral,
    identifier: quoteName,
  };
  for (const node of Object.values(manifest.macros)) {
    const path = node.original_file_path;
    if (node.language === "sql") {
      const file = project.cache.read(path);
      const isTest = project.paths.tests.some((root) => path.startsWith(`${root}/generic/`));
      macros.set(node.name, {
        kind: "sql",
        file,
        keyword: isTest ? "test" : "macro",
        block: isTest ? node.name.slice(testMacro("").length) : node.name,
      });
      continue;
    }
    const definition = loadedMacro(project, node);
    const parameters = Object.entries(definition.arguments ?? {}).map(
      ([argument, { default: fallback }]) => ({
        name: argument,
        default: fallback,
      }),
    );
    macros.set(node.name, {
      kind: "typescript",
      path,
      parameters,
      run: (args) => definition.run(args, context),
    });
  }
  return macros;
}
