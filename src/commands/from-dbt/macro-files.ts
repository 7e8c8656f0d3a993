import { JinjaProblem } from "./jinja-expression.js";
import { type Part, parseJinja } from "./jinja-template.js";
import { asMacro } from "./macro-call.js";
import { finished } from "./rewritten.js";
import { type DbtFile, type Shared, surroundings } from "./template-file.js";

/** Macros that dbt calls itself; what they decide is decided in another way here. */
const CALLED_BY_DBT: Record<string, string> = {
  generate_schema_name: "A schema is the target's with the suffix schema: see docs/project-file.md.",
  generate_alias_name: "A relation has its node's name or its alias.",
  generate_database_name: "There are no databases above schemas here.",
};

type MacroPart = Part & { kind: "macro" };

/** Reads all macros and generic tests, so that templates can call them, and gives the files that they become. */
export function convertMacros(shared: Shared, files: readonly DbtFile[]): Map<string, string> {
  const found: { file: DbtFile; part: MacroPart; why?: JinjaProblem }[] = [];
  for (const file of files) {
    try {
      for (const part of parseJinja(file.text)) {
        if (part.kind === "macro") found.push({ file, part });
        else if (part.kind === "block" || part.kind === "output")
          shared.findings.at(
            "todo",
            file,
            part.at,
            part.kind === "block"
              ? `{% ${part.keyword} ${part.name} %} is not taken over`
              : "this stands outside of a macro",
            part.kind === "block" ? "Materializations are built in: see docs/models.md." : undefined,
          );
      }
    } catch (error) {
      if (!(error instanceof JinjaProblem)) throw error;
      shared.findings.at("todo", file, error.at, error.message, error.advice);
    }
  }
  const macros = found.filter(
    ({ part }) => part.keyword === "macro" && !Object.hasOwn(CALLED_BY_DBT, part.name),
  );
  for (const { part } of macros) shared.macros.set(part.name, { ...part, text: "" });
  // Who calls a macro that is none of ours has to write it out, which may be more than it can: again, until nothing changes.
  for (let changed = true; changed; ) {
    changed = false;
    for (const macro of macros) {
      const definition = shared.macros.get(macro.part.name)!;
      if (definition.text === null) continue;
      try {
        definition.text = finished(asMacro(definition, surroundings(shared, macro.file, "model"), "macro"));
      } catch (error) {
        if (!(error instanceof JinjaProblem)) throw error;
        macro.why = error;
        definition.text = null;
        changed = true;
      }
    }
  }
  const texts = new Map<string, string[]>();
  const add = (path: string, text: string) => texts.set(path, [...(texts.get(path) ?? []), text.trim()]);
  for (const { file, part, why } of found) {
    const { at, name } = part;
    if (Object.hasOwn(CALLED_BY_DBT, name))
      shared.findings.at("todo", file, at, `the macro ${name} is not taken over`, CALLED_BY_DBT[name]);
    else if (part.keyword === "test") addTest(shared, file, part, add);
    else if (why === undefined) add(file.path, shared.macros.get(name)!.text!);
    else
      shared.findings.at(
        "check",
        file,
        at,
        `the macro ${name} is written out where it is called`,
        why.message === "" ? undefined : `Line ${lineOf(file, why.at)}: ${why.message}.`,
      );
  }
  return new Map([...texts].map(([path, blocks]) => [path, `${blocks.join("\n\n")}\n`]));
}

function addTest(
  shared: Shared,
  file: DbtFile,
  part: MacroPart,
  add: (path: string, text: string) => void,
): void {
  try {
    const text = asMacro({ ...part, text: null }, surroundings(shared, file, "test"), "test");
    add(`tests/generic/${part.name}.sql`, finished(text));
  } catch (error) {
    if (!(error instanceof JinjaProblem)) throw error;
    shared.findings.at(
      "todo",
      file,
      error.at,
      `the generic test ${part.name} is not taken over: ${error.message}`,
      error.advice,
    );
  }
}

const lineOf = ({ text }: DbtFile, at: number): number => text.slice(0, at).split("\n").length;
