import { z } from "zod";
import { SlaError } from "../errors/index.js";
import { macroId } from "../manifest/index.js";
import { type Assembly, collect, filesOf, identify } from "./assembly.js";
import type { GenericTestShape } from "./generic-tests.js";
import { readTestFile, type SqlMacro } from "./macro-file.js";
import type { PropertiesIndex } from "./properties-index.js";

/** The macro that a generic test of the project is, by dbt's convention. */
export function testMacro(test: string): string {
  return `test_${test}`;
}

/** Reads the project's own generic tests, `tests/generic/*.sql`: each is a macro, too, and applied by its name. */
export function readGenericTests(assembly: Assembly, properties: PropertiesIndex): void {
  const { project, errors, macros, genericTests } = assembly;
  for (const file of filesOf(assembly, project.paths.tests, /\.sql$/)) {
    if (!file.path.startsWith(`${file.root}/generic/`)) continue;
    for (const sql of collect(errors, () => project.cache.derive(file.path, readTestFile)) ?? []) {
      const name = testMacro(sql.name);
      const other = macros.get(name);
      const location = { path: file.path, line: sql.line, column: sql.column };
      if (other !== undefined) {
        errors.push(
          new SlaError({
            code: "SLA105",
            message: `test "${sql.name}" is defined in ${other.node.original_file_path} and in ${file.path}`,
            hint: "Rename one of the two.",
            location,
          }),
        );
        continue;
      }
      if (sql.parameters[0]?.name !== "model") {
        errors.push(
          new SlaError({
            code: "SLA602",
            message: `the first parameter of test "${sql.name}" must be model`,
            hint: `Write {{#test ${sql.name} model …}}: it stands for what is tested.`,
            location,
          }),
        );
        continue;
      }
      const entry = properties.macros.get(name)?.entry;
      macros.set(name, {
        sql,
        parameters: sql.parameters,
        node: {
          unique_id: macroId(project.name, name),
          resource_type: "macro",
          name,
          package_name: project.name,
          path: identify(file, project.name).path,
          original_file_path: file.path,
          language: "sql",
          macro_sql: sql.text,
          description: entry?.description ?? "",
          arguments: sql.parameters.map((parameter) => {
            const documented = entry?.arguments.find((argument) => argument.name === parameter.name);
            return {
              name: parameter.name,
              type: documented?.type ?? null,
              description: documented?.description ?? "",
              default: parameter.required ? null : String(parameter.default),
            };
          }),
          depends_on: { macros: [] },
        },
      });
      genericTests.set(sql.name, { shape: shapeOf(sql), use: callOf(name, sql) });
    }
  }
}

function shapeOf({ parameters }: SqlMacro): GenericTestShape {
  const given = parameters.filter(({ name }) => name !== "model" && name !== "column_name");
  const column = parameters.find(({ name }) => name === "column_name");
  const present = z.unknown().refine((value) => value !== undefined, { error: "expected a value" });
  return {
    column: column === undefined ? "none" : column.required ? "required" : "optional",
    arguments: Object.fromEntries(
      given.map(({ name, required }) => [name, required ? present : z.unknown().optional()]),
    ),
  };
}

/** Its arguments are checked where it is applied; here it only counts that all macros behind it are found. */
function callOf(name: string, { parameters, line, column }: SqlMacro) {
  const named = parameters.map((parameter) => parameter.name);
  return { name, positional: 0, named, line, column, bare: false, optional: false, argumentOf: null };
}
