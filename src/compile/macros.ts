import { SlaError } from "../errors/index.js";
import { type MacroNode, macroId } from "../manifest/index.js";
import { definitionName, type MacroDefinition } from "../project/index.js";
import { type Assembly, collect, collectAsync, filesOf, identify, type Macro } from "./assembly.js";
import { BUILT_INS } from "./built-in.js";
import { readMacroFile } from "./macro-file.js";
import type { PropertiesIndex } from "./properties-index.js";
import { definesSomething } from "./typescript-source.js";

/** Reads the macros of a project, SQL and TypeScript alike. */
export async function readMacros(assembly: Assembly, properties: PropertiesIndex): Promise<void> {
  const { project } = assembly;
  for (const file of filesOf(assembly, project.paths.macros, /\.sql$/)) {
    for (const sql of collect(assembly.errors, () => project.cache.derive(file.path, readMacroFile)) ?? []) {
      const parameters = sql.parameters.map((parameter) => ({ ...parameter, type: null, description: "" }));
      const node = macroNode(assembly, properties, file, sql.name, "sql", sql.text, parameters);
      add(assembly, { node, sql, parameters: sql.parameters }, { line: sql.line, column: sql.column });
    }
  }
  for (const file of filesOf(assembly, project.paths.macros, /\.[cm]?[tj]s$/)) {
    const source = project.cache.derive(file.path, definesSomething);
    if (!source.defines) continue;
    const exported = await collectAsync(assembly.errors, () => project.typescript.load(file.path));
    for (const { kind, exportName, definition } of exported ?? []) {
      if (kind !== "macro") continue;
      const { arguments: declared = {}, description } = definition as MacroDefinition;
      const name = definitionName(file.path, exportName, definition);
      const parameters = Object.entries(declared).map(
        ([argument, { type, description, default: fallback }]) => ({
          name: argument,
          required: fallback === undefined,
          default: fallback,
          type: type ?? null,
          description: description ?? "",
        }),
      );
      const node = macroNode(assembly, properties, file, name, "typescript", source.text, parameters);
      node.description ||= description ?? "";
      add(assembly, { node, sql: null, parameters });
    }
  }
}

interface Parameter {
  name: string;
  required: boolean;
  default: unknown;
  type: string | null;
  description: string;
}

function macroNode(
  { project }: Assembly,
  properties: PropertiesIndex,
  file: { path: string; root: string },
  name: string,
  language: "sql" | "typescript",
  text: string,
  parameters: readonly Parameter[],
): MacroNode {
  const entry = properties.macros.get(name)?.entry;
  return {
    unique_id: macroId(project.name, name),
    resource_type: "macro",
    name,
    package_name: project.name,
    path: identify(file, project.name).path,
    original_file_path: file.path,
    language,
    macro_sql: text,
    description: entry?.description ?? "",
    arguments: parameters.map((parameter) => {
      const documented = entry?.arguments.find((argument) => argument.name === parameter.name);
      return {
        name: parameter.name,
        type: documented?.type ?? parameter.type,
        description: documented?.description || parameter.description,
        default: parameter.required ? null : String(parameter.default),
      };
    }),
    depends_on: { macros: [] },
  };
}

function add({ macros, errors }: Assembly, macro: Macro, at: { line?: number; column?: number } = {}): void {
  const { name, original_file_path: path } = macro.node;
  const other = macros.get(name);
  if (other === undefined && !Object.hasOwn(BUILT_INS, name)) {
    macros.set(name, macro);
    return;
  }
  errors.push(
    new SlaError({
      code: "SLA105",
      message:
        other === undefined
          ? `a macro cannot be called "${name}": it is the name of a built-in`
          : `macro "${name}" is defined in ${other.node.original_file_path} and in ${path}`,
      hint: "Rename one of the two.",
      location: { path, ...at },
    }),
  );
}
