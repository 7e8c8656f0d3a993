import { type Expression, JinjaProblem } from "./jinja-expression.js";
import { method, type Value } from "./jinja-value.js";
import { filtered, operated, tested } from "./operators.js";
import { asArgument, asCondition, asText, code, constant, type Rewritten, text } from "./rewritten.js";
import { type Call, pathOf, type Scope, type Surroundings } from "./scope.js";

/** What an expression becomes; what has no counterpart is thrown. */
export function evaluate(expression: Expression, scope: Scope, around: Surroundings): Rewritten {
  const { at } = expression;
  const inner = (of: Expression): Rewritten => evaluate(of, scope, around);
  switch (expression.kind) {
    case "literal":
      return constant(expression.value);
    case "list": {
      const items = expression.items.map(inner);
      return items.every((item) => item.kind === "constant")
        ? constant(items.map(({ value }) => value))
        : code(`(list${items.map((item) => ` ${asArgument(item, at)}`).join("")})`);
    }
    case "dict":
      return constant(
        new Map(
          expression.entries.map(([key, value]) => {
            const [name, item] = [inner(key), inner(value)];
            if (name.kind !== "constant" || item.kind !== "constant")
              throw new JinjaProblem("a mapping holds what is only known when it runs", value.at);
            return [String(name.value), item.value];
          }),
        ),
      );
    case "name":
    case "attribute":
      return named(expression, scope, around);
    case "item": {
      const [of, key] = [inner(expression.of), inner(expression.key)];
      if (of.kind !== "constant" || key.kind !== "constant")
        throw new JinjaProblem("an item of what is only known when it runs", at);
      const value =
        of.value instanceof Map
          ? of.value.get(String(key.value))
          : Array.isArray(of.value)
            ? of.value.at(Number(key.value))
            : undefined;
      if (value === undefined) throw new JinjaProblem("there is no such item", at);
      return constant(value);
    }
    case "call":
      return called(expression, scope, around);
    case "filter": {
      const { name, of, args } = expression;
      const isGiven =
        of.kind !== "name" || scope.find(of.name) !== undefined || Object.hasOwn(VALUES, of.name);
      if ((name === "default" || name === "d") && !isGiven)
        return args[0] === undefined ? constant("") : inner(args[0]);
      return filtered(expression, inner);
    }
    case "test":
      return tested(expression, inner, (name) => scope.find(name) !== undefined);
    case "unary": {
      const of = inner(expression.of);
      if (expression.operator === "not") {
        const truth = asCondition(of, at);
        return typeof truth === "boolean" ? constant(!truth) : code(`(not ${truth})`, true);
      }
      if (of.kind === "constant" && typeof of.value === "number")
        return constant(expression.operator === "-" ? -of.value : of.value);
      throw new JinjaProblem("this is computed when it runs", at);
    }
    case "binary":
      return operated(expression, inner);
    case "choice": {
      const test = asCondition(inner(expression.test), expression.test.at);
      const otherwise = (): Rewritten =>
        expression.otherwise === undefined ? constant("") : inner(expression.otherwise);
      if (typeof test === "boolean") return test ? inner(expression.then) : otherwise();
      const [yes, no] = [asText(inner(expression.then), at), asText(otherwise(), at)];
      const negated = no === "" && /^\(not (.*)\)$/.exec(test)?.[1];
      if (negated) return text(`{{#unless ${negated}}}${yes}{{/unless}}`);
      return text(`{{#if ${test}}}${yes}${no === "" ? "" : `{{else}}${no}`}{{/if}}`);
    }
  }
}

const LOOP: Record<string, string> = {
  "loop.last": "@last",
  "loop.first": "@first",
  "loop.index0": "@index",
};

/** Names that templates of dbt have, without a call. */
const VALUES: Record<string, Rewritten> = {
  this: code("this"),
  execute: constant(true),
  run_started_at: { kind: "literal", text: "{{run_started_at}}" },
  "target.name": code("target.name"),
  "target.schema": code("target.schema"),
};

function named(
  expression: Expression & { kind: "name" | "attribute" },
  scope: Scope,
  around: Surroundings,
): Rewritten {
  const { at } = expression;
  const path = pathOf(expression);
  if (
    expression.kind === "attribute" &&
    (path === undefined || scope.find(path.split(".")[0]!) !== undefined)
  ) {
    const of = evaluate(expression.of, scope, around);
    const value =
      of.kind === "constant" && of.value instanceof Map ? of.value.get(expression.name) : undefined;
    if (value !== undefined) return constant(value);
    throw new JinjaProblem(`.${expression.name} is only known when it runs`, at);
  }
  const given = scope.find(path!);
  if (given === null) throw new JinjaProblem("", at);
  if (given !== undefined) return given;
  if (scope.loop === "each" && Object.hasOwn(LOOP, path!)) return code(LOOP[path!]!);
  if (typeof scope.loop === "object" && path!.startsWith("loop.")) {
    const { index, length } = scope.loop;
    const values: Record<string, Value> = {
      index: index + 1,
      index0: index,
      first: index === 0,
      last: index === length - 1,
      length,
      revindex: length - index,
      revindex0: length - index - 1,
    };
    const value = values[path!.slice("loop.".length)];
    if (value !== undefined) return constant(value);
  }
  if (path === "target.type") {
    around.check("target.type is duckdb or mysql here", at);
    return code("target.type");
  }
  if (Object.hasOwn(VALUES, path!)) return VALUES[path!]!;
  throw new JinjaProblem(`${path} has no counterpart`, at, ADVICE[path!.split(".")[0]!]);
}

/** What to do about names of dbt that templates here do not have. */
const ADVICE: Record<string, string> = {
  this: "Write {{this}}: it is the relation, quoted.",
  target: "A target has a name, a type and a schema here.",
  run_query: "Templates ask no database here. Write the values as a list under vars, or a TypeScript model.",
  load_result:
    "Templates ask no database here. Write the values as a list under vars, or a TypeScript model.",
  adapter: "Templates ask no database here.",
  dbt_utils: "Write out the SQL that it makes: target/compiled of the dbt project has it.",
  dbt: "Write it in MySQL's SQL: see docs/portable-sql.md.",
  graph: "Templates do not see the graph here.",
  flags: "Templates do not see options here.",
  modules: "Write it in SQL, or as a TypeScript macro.",
  exceptions: "Write a test.",
};

function called(expression: Expression & { kind: "call" }, scope: Scope, around: Surroundings): Rewritten {
  const { at, of } = expression;
  const path = pathOf(of);
  const call: Call = {
    name: path ?? "",
    at,
    args: expression.args,
    named: new Map(expression.named),
    scope,
    around,
  };
  const first = path?.split(".")[0];
  if (of.kind === "call" && pathOf(of.of) === "adapter.dispatch") return dispatched(of, call);
  if (path !== undefined && scope.find(first!) === undefined) {
    if (scope.find(path) === null) throw new JinjaProblem("", at);
    const own = first === around.packageName ? path.slice(first.length + 1) : path;
    const macro = around.macros.get(own);
    if (macro !== undefined) return around.callMacro(macro, call);
    const known = Object.hasOwn(around.known, path) ? around.known[path] : undefined;
    if (known !== undefined) return known(call);
    if (of.kind === "name" || first !== "run_started_at")
      throw new JinjaProblem(
        `${path}() has no counterpart`,
        at,
        ADVICE[first!] ??
          (of.kind === "name" ? "Is the macro one of a package, or not taken over itself?" : undefined),
      );
  }
  if (of.kind === "attribute") {
    const target = evaluate(of.of, scope, around);
    const args = expression.args.map((arg) => evaluate(arg, scope, around));
    if (target.kind === "constant" && args.every((arg) => arg.kind === "constant")) {
      if (scope.isConditional && ["append", "extend", "update"].includes(of.name))
        throw new JinjaProblem(`.${of.name}() in what is only known when it runs`, at);
      const value = method(
        target.value,
        of.name,
        args.map(({ value }) => value),
      );
      if (value !== undefined) return constant(value);
    }
    const [format] = args;
    if (
      target.kind === "literal" &&
      of.name === "strftime" &&
      format?.kind === "constant" &&
      /^(?:%[YmdHMS]|[-: /T])+$/.test(String(format.value))
    )
      return {
        kind: "literal",
        text: `DATE_FORMAT(${target.text}, '${String(format.value).replaceAll("%M", "%i").replaceAll("%S", "%s")}')`,
      };
    throw new JinjaProblem(`.${of.name}() has no counterpart`, at);
  }
  throw new JinjaProblem("this call has no counterpart", at);
}

/** The macro that dbt would take: that of the database, else the default. */
function dispatched(dispatch: Expression & { kind: "call" }, call: Call): Rewritten {
  const name = dispatch.args[0] ?? new Map(dispatch.named).get("macro_name");
  const value = name && evaluate(name, call.scope, call.around);
  if (value?.kind !== "constant")
    throw new JinjaProblem("adapter.dispatch() of what is not known", dispatch.at);
  const { macros, dialect } = call.around;
  const found = macros.get(`${dialect}__${value.value}`) ?? macros.get(`default__${value.value}`);
  if (found === undefined)
    throw new JinjaProblem(`adapter.dispatch() finds no default__${value.value}`, dispatch.at);
  return call.around.callMacro(found, call);
}
