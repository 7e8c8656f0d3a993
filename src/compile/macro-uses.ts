import { didYouMean, SlaError } from "../errors/index.js";
import type { Uses } from "./assembly.js";
import { BUILT_INS, missingVariable } from "./built-in.js";
import type { MacroScope } from "./macro-scope.js";
import type { MacroUse } from "./template-facts.js";
import { BLOCKS, VALUES } from "./template-walk.js";

/** What a caller must know of a macro. */
export interface Callable {
  node: { name: string; package_name: string };
  parameters: readonly { name: string; required: boolean }[];
}

/** The names that a template can use. */
export interface NameScope {
  macros: MacroScope<Callable>;
  vars: Readonly<Record<string, unknown>>;
  /** The package whose templates they are. */
  caller: string;
}

/** What is wrong with a template's calls of macros, and the variables that it needs and nobody sets. */
export function checkUses(
  uses: Uses,
  path: string,
  { macros, vars, caller }: NameScope,
  parameters: readonly string[] = [],
): SlaError[] {
  const errors: SlaError[] = [];
  for (const call of uses.macros) {
    const macro = macros.find(caller, call.name);
    const error = macro === undefined ? unknownName(macros, call, parameters) : wrongCall(macro, call);
    if (error !== undefined) errors.push(error.at({ path, line: call.line, column: call.column }));
  }
  for (const { name, line, column } of uses.vars) {
    if (!Object.hasOwn(vars, name)) errors.push(missingVariable(name).at({ path, line, column }));
  }
  return errors;
}

function unknownName(
  macros: MacroScope<Callable>,
  call: MacroUse,
  parameters: readonly string[],
): SlaError | undefined {
  if (call.optional) return undefined;
  const fields = call.name.includes(".") ? ["target.type", "target.name", "target.schema"] : [];
  const others = [...Object.keys(BUILT_INS), ...VALUES, ...fields, ...BLOCKS, ...parameters];
  const quoted = call.argumentOf === null ? undefined : `If it is text, put it in quotes: "${call.name}".`;
  return new SlaError({
    code: "SLA202",
    message: `there is no "${call.name}" in templates`,
    hint:
      macros.hint(call.name, others) ??
      quoted ??
      "Names are those of built-ins and of macros in the macros folder.",
  });
}

function wrongCall({ node, parameters }: Callable, call: MacroUse): SlaError | undefined {
  const usage = `It is called as {{${[node.name, ...parameters.map(({ name, required }) => (required ? name : `${name}=…`))].join(" ")}}}.`;
  const fail = (message: string, hint = usage) => new SlaError({ code: "SLA206", message, hint });
  if (call.bare)
    return fail(
      `the macro ${node.name} is called as an argument without parentheses`,
      `Write (${node.name}).`,
    );
  if (call.positional > parameters.length) {
    return fail(
      `the macro ${node.name} takes ${parameters.length} argument${parameters.length === 1 ? "" : "s"}, found ${call.positional}`,
    );
  }
  const names = parameters.map(({ name }) => name);
  const stranger = call.named.find((name) => !names.includes(name));
  if (stranger !== undefined) {
    return fail(`the macro ${node.name} has no argument "${stranger}"`, didYouMean(stranger, names) ?? usage);
  }
  const twice = names.slice(0, call.positional).find((name) => call.named.includes(name));
  if (twice !== undefined) return fail(`the macro ${node.name} is given "${twice}" twice`);
  const missing = parameters
    .slice(call.positional)
    .find(({ name, required }) => required && !call.named.includes(name));
  return missing === undefined
    ? undefined
    : fail(`the macro ${node.name} is called without "${missing.name}"`);
}
