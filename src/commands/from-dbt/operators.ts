import { type Expression, JinjaProblem } from "./jinja-expression.js";
import { FILTERS, isTrue, operate } from "./jinja-value.js";
import { asArgument, asText, code, constant, type Rewritten, text } from "./rewritten.js";
import { pathOf } from "./scope.js";

/** What an expression inside another one becomes. */
type Inner = (of: Expression) => Rewritten;

/** Filters that leave text as it is. */
const PASSING = ["int", "float", "string", "as_number", "as_text", "as_native", "as_bool", "safe", "list"];

/** What a filter gives. */
export function filtered(expression: Expression & { kind: "filter" }, inner: Inner): Rewritten {
  const { name, at } = expression;
  const of = inner(expression.of);
  const args = expression.args.map((arg) => inner(arg));
  const keywords = expression.named.map(([key, value]) => [key, inner(value)] as const);
  const known = [...args, ...keywords.map(([, value]) => value)].every(({ kind }) => kind === "constant");
  const values = args.map((arg) => (arg.kind === "constant" ? arg.value : null));
  if (of.kind === "constant" && known && Object.hasOwn(FILTERS, name)) {
    const options = new Map(
      keywords.map(([key, value]) => [key, value.kind === "constant" ? value.value : null]),
    );
    const value = FILTERS[name]!(of.value, values, options);
    if (value !== undefined) return constant(value);
  }
  if (of.kind === "code" && name === "join" && known) {
    const separator = asText(args[0] ?? constant(""), at);
    return text(`{{#each ${of.code} as |item|}}{{item}}{{#unless @last}}${separator}{{/unless}}{{/each}}`);
  }
  if (of.kind === "code" && PASSING.includes(name)) return of;
  if (of.kind === "text" && (name === "trim" || name === "string")) return text(of.text.trim());
  throw new JinjaProblem(
    `the filter ${name} of what is only known when it runs`,
    at,
    "Do it in SQL, or in a TypeScript macro.",
  );
}

/** What a test such as "is none" gives. */
export function tested(
  { of, name, args, negated, at }: Expression & { kind: "test" },
  inner: Inner,
  isGiven: (name: string) => boolean,
): Rewritten {
  if (name === "defined" || name === "undefined") {
    const path = pathOf(of);
    const found = path !== undefined && isGiven(path);
    return constant(found === ((name === "defined") !== negated));
  }
  const value = inner(of);
  const not = (truth: boolean): Rewritten => constant(truth !== negated);
  if (name === "none") {
    if (value.kind === "constant") return not(value.value === null);
    if (value.kind === "code") return code(`(${negated ? "ne" : "eq"} ${value.code} null)`, true);
  } else if (value.kind === "constant") {
    if (name === "string") return not(typeof value.value === "string");
    if (name === "number" || name === "integer") return not(typeof value.value === "number");
    if (name === "mapping") return not(value.value instanceof Map);
    if (name === "sequence" || name === "iterable")
      return not(typeof value.value === "object" && value.value !== null);
    if (name === "boolean") return not(typeof value.value === "boolean");
    if (name === "true" || name === "false") return not(value.value === (name === "true"));
    const other = args[0] && inner(args[0]);
    if (name === "divisibleby" && other?.kind === "constant")
      return not(Number(value.value) % Number(other.value) === 0);
    if (name === "odd" || name === "even") return not((Number(value.value) % 2 === 0) === (name === "even"));
  }
  throw new JinjaProblem(`"is ${name}" is only known when it runs`, at);
}

/** What an operator between two expressions gives. */
export function operated(
  { operator, left, right, at }: Expression & { kind: "binary" },
  inner: Inner,
): Rewritten {
  const a = inner(left);
  if (operator === "and" || operator === "or") {
    if (a.kind === "constant") return isTrue(a.value) === (operator === "or") ? a : inner(right);
    const b = inner(right);
    if (b.kind === "constant" && isTrue(b.value) === (operator === "and"))
      return code(asArgument(a, at), true);
    return code(`(${operator} ${asArgument(a, at)} ${asArgument(b, at)})`, true);
  }
  const b = inner(right);
  if (a.kind === "constant" && b.kind === "constant") {
    const value = operate(operator, a.value, b.value);
    if (value !== undefined) return constant(value);
  } else if (operator === "==" || operator === "!=") {
    return code(`(${operator === "==" ? "eq" : "ne"} ${asArgument(a, at)} ${asArgument(b, at)})`, true);
  } else if (
    (operator === "in" || operator === "not in") &&
    b.kind === "constant" &&
    Array.isArray(b.value)
  ) {
    const any = b.value.map((item) => `(eq ${asArgument(a, at)} ${asArgument(constant(item), at)})`);
    if (any.length === 0) return constant(operator === "not in");
    const truth = any.length === 1 ? any[0]! : `(or ${any.join(" ")})`;
    return code(operator === "in" ? truth : `(not ${truth})`, true);
  } else if (
    operator === "~" ||
    (operator === "+" &&
      [a, b].some(
        (side) => side.kind === "text" || (side.kind === "constant" && typeof side.value === "string"),
      ))
  ) {
    return text(asText(a, at) + asText(b, at));
  }
  throw new JinjaProblem(
    `${operator} of what is only known when it runs`,
    at,
    "Do it in SQL, or in a TypeScript macro.",
  );
}
