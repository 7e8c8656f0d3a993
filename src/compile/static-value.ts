import { SlaError } from "../errors/index.js";
import { BUILT_INS, type BuiltInContext } from "./built-in.js";
import { locationOf, type TemplateText } from "./template-parser.js";

/** An expression that can be evaluated without rendering: a literal, a target field, or a built-in of such. */
export type StaticValue =
  | { literal: string | number | boolean | null }
  | { target: string }
  | { call: string; args: StaticValue[]; line: number; column: number };

/** One `key=value` of a `{{config …}}`. */
export interface ConfigEntry {
  key: string;
  value: StaticValue;
  line: number;
  column: number;
}

/** Built-ins that need nothing but their arguments, variables and the environment. */
const STATIC = ["var", "env_var", "list", "eq", "ne", "and", "or", "not"];

/** The static form of an expression; undefined if it has none. */
export function staticValue(node: hbs.AST.Expression, file: TemplateText): StaticValue | undefined {
  switch (node.type) {
    case "StringLiteral":
    case "NumberLiteral":
    case "BooleanLiteral":
      return {
        literal: (node as hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral).value,
      };
    case "NullLiteral":
    case "UndefinedLiteral":
      return { literal: null };
    case "PathExpression": {
      const [first, field, ...rest] = (node as hbs.AST.PathExpression).parts as string[];
      return first === "target" && field !== undefined && rest.length === 0 ? { target: field } : undefined;
    }
    case "SubExpression": {
      const call = node as hbs.AST.SubExpression;
      const name = (call.path as hbs.AST.PathExpression).original;
      const args = call.params.map((param) => staticValue(param, file));
      if (!STATIC.includes(name) || args.includes(undefined)) return undefined;
      const { line, column } = locationOf(file, node.loc);
      return { call: name, args: args as StaticValue[], line: line!, column: column! };
    }
    default:
      return undefined;
  }
}

/** The value of a static expression; an error has its place in the file. */
export function evaluate(
  value: StaticValue,
  context: BuiltInContext & { target: Readonly<Record<string, unknown>> },
  path: string,
): unknown {
  if ("literal" in value) return value.literal;
  if ("target" in value) return context.target[value.target];
  const args = value.args.map((arg) => evaluate(arg, context, path));
  try {
    return BUILT_INS[value.call]!.run(args, context);
  } catch (error) {
    throw error instanceof SlaError ? error.at({ path, line: value.line, column: value.column }) : error;
  }
}

/** The entries whose value is not written out but comes from variables, environment or target, as text; null for none. */
export function unrenderedConfig(entries: readonly ConfigEntry[]): Record<string, string> | null {
  const dynamic = entries.filter(({ value }) => !("literal" in value));
  return dynamic.length === 0
    ? null
    : Object.fromEntries(dynamic.map(({ key, value }) => [key, written(value)]));
}

function written(value: StaticValue): string {
  if ("literal" in value) return JSON.stringify(value.literal);
  if ("target" in value) return `target.${value.target}`;
  return `(${[value.call, ...value.args.map(written)].join(" ")})`;
}
