import { evaluate } from "./evaluate.js";
import { type Expression, JinjaProblem } from "./jinja-expression.js";
import { rewrite } from "./rewriter.js";
import { asArgument, code, constant, type Rewritten, TRIM_AFTER, TRIM_BEFORE, text } from "./rewritten.js";
import { type Call, type Definition, free, pathOf, Scope } from "./scope.js";

const DEEPEST = 20;

/** A call of a macro of the project: a call of ours where there is one, else what it gives, written out. */
export function callMacro(macro: Definition, call: Call): Rewritten {
  const extra = call.args.length > macro.parameters.length ? call.args[macro.parameters.length] : undefined;
  if (extra !== undefined)
    throw new JinjaProblem(`${macro.name} takes ${macro.parameters.length} arguments`, extra.at);
  if (macro.text !== null) {
    try {
      const args = call.args.map((arg) => ` ${asArgument(evaluate(arg, call.scope, call.around), arg.at)}`);
      const named = [...call.named].map(
        ([name, arg]) => ` ${free(name)}=${asArgument(evaluate(arg, call.scope, call.around), arg.at)}`,
      );
      const tag = [free(macro.name), ...args, ...named].join("");
      return code(args.length + named.length === 0 ? free(macro.name) : `(${tag})`);
    } catch (error) {
      if (!(error instanceof JinjaProblem)) throw error;
    }
  }
  return writtenOut(macro, call);
}

function writtenOut(macro: Definition, { args, named, scope, around, at }: Call): Rewritten {
  if (around.depth >= DEEPEST) throw new JinjaProblem(`${macro.name} calls itself`, at);
  const inside = new Scope();
  const deeper = { ...around, depth: around.depth + 1 };
  for (const [position, parameter] of macro.parameters.entries()) {
    const given: Expression | undefined = args[position] ?? named.get(parameter.name);
    if (given !== undefined) inside.give(parameter.name, evaluate(given, scope, around));
    else if (parameter.default !== undefined)
      inside.give(parameter.name, evaluate(parameter.default, inside, deeper));
    else inside.give(parameter.name, constant(""));
  }
  try {
    return bodyOf(macro, inside, deeper);
  } catch (error) {
    if (!(error instanceof JinjaProblem)) throw error;
    // The place of the call is what the user of this file can find; what is wrong stands in the macro.
    throw new JinjaProblem(
      error.message === "" ? "" : `the macro ${macro.name} cannot be written out: ${error.message}`,
      at,
      error.advice,
    );
  }
}

/** What a macro gives: the value of its return(…), else its text. */
function bodyOf(macro: Definition, scope: Scope, around: Call["around"]): Rewritten {
  let returned: Rewritten | undefined;
  const body = macro.body.filter(({ kind }) => kind !== "comment");
  for (const [position, part] of body.entries()) {
    const call = part.kind === "output" || part.kind === "do" ? part.expression : undefined;
    if (call?.kind === "call" && pathOf(call.of) === "return") {
      rewrite(body.slice(0, position), scope, around);
      const [value] = call.args;
      returned = value === undefined ? constant("") : evaluate(value, scope, around);
      break;
    }
  }
  if (returned !== undefined) return returned;
  const inner = rewrite(body, scope, around);
  return text(`${macro.trim.after ? TRIM_AFTER : ""}${inner}${macro.end.before ? TRIM_BEFORE : ""}`);
}

/** A macro as one of ours. */
export function asMacro(macro: Definition, around: Call["around"], keyword: "macro" | "test"): string {
  const scope = new Scope(undefined, true);
  const parameters = macro.parameters.map((parameter) => {
    const name = keyword === "test" && parameter.name === "model" ? "model" : free(parameter.name);
    scope.give(parameter.name, code(name));
    if (parameter.default === undefined) return name;
    return `${name}=${asArgument(evaluate(parameter.default, new Scope(), around), parameter.default.at)}`;
  });
  // Parameters with a default stand behind the others.
  const ordered = [
    ...parameters.filter((one) => !one.includes("=")),
    ...parameters.filter((one) => one.includes("=")),
  ];
  if (ordered.join() !== parameters.join())
    throw new JinjaProblem("a parameter without default follows one with it", macro.body[0]?.at ?? 0);
  const head = [`#${keyword}`, free(macro.name), ...ordered].join(" ");
  const body = rewrite(macro.body, scope, around);
  return `{{${head}${macro.trim.after ? "~" : ""}}}${body}{{${macro.end.before ? "~" : ""}/${keyword}}}`;
}
