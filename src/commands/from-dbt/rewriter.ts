import { evaluate } from "./evaluate.js";
import { type Expression, JinjaProblem } from "./jinja-expression.js";
import type { Branch, Part, Trim } from "./jinja-template.js";
import type { Value } from "./jinja-value.js";
import {
  asArgument,
  asCondition,
  asText,
  code,
  constant,
  GONE,
  plainText,
  type Rewritten,
  TRIM_AFTER,
  TRIM_BEFORE,
  text,
} from "./rewritten.js";
import { type Definition, free, Scope, type Surroundings } from "./scope.js";

/** Rewrites the parts of a template; what cannot be is thrown, or where `report` is given said and left out. */
export function rewrite(
  parts: readonly Part[],
  scope: Scope,
  around: Surroundings,
  report?: (problem: JinjaProblem) => void,
): string {
  return parts
    .map((part, at) => {
      try {
        return one(part, scope, around, report);
      } catch (error) {
        if (!(error instanceof JinjaProblem) || report === undefined) throw error;
        report(error);
        if (part.kind === "set") for (const name of part.names) scope.give(name, null);
        if (part.kind === "capture") scope.give(part.name, null);
        return at === 0 ? "" : GONE;
      }
    })
    .join("");
}

function one(
  part: Part,
  scope: Scope,
  around: Surroundings,
  report?: (problem: JinjaProblem) => void,
): string {
  switch (part.kind) {
    case "text":
      return plainText(part.text);
    case "comment":
      return part.text.includes("--}}") || part.text === ""
        ? gone(part.trim)
        : `${before(part.trim)}{{!-- ${part.text} --}}${after(part.trim)}`;
    case "output": {
      const written = asText(evaluate(part.expression, scope, around), part.at);
      return `${before(part.trim)}${written === "" ? GONE : written}${after(part.trim)}`;
    }
    case "do":
      evaluate(part.expression, scope, around);
      return gone(part.trim);
    case "set":
      set(part.names, evaluate(part.value, scope, around), scope, part.at);
      return gone(part.trim);
    case "capture":
      set(
        [part.name],
        text(`${after(part.trim)}${rewrite(part.body, new Scope(scope), around)}${before(part.end)}`),
        scope,
        part.at,
      );
      return `${before(part.trim)}${GONE}${after(part.end)}`;
    case "if":
      return branches(part.branches, part.end, scope, around, report);
    case "for":
      return loop(part, scope, around);
    case "macro": {
      if (part.keyword === "test")
        throw new JinjaProblem("a test is defined here", part.at, "Move it to tests/generic.");
      const definition: Definition = { ...part, text: null };
      around.macros.set(part.name, definition);
      return gone({ before: part.trim.before, after: part.end.after });
    }
    case "block":
      throw new JinjaProblem(`{% ${part.keyword} %} has no place here`, part.at, BLOCK_ADVICE[part.keyword]);
  }
}

const BLOCK_ADVICE: Record<string, string> = {
  call: "Write a macro with a parameter in the place of caller().",
  materialization: "Materializations are built in: see docs/models.md.",
};

const before = ({ before: trims }: Trim): string => (trims ? TRIM_BEFORE : "");
const after = ({ after: trims }: Trim): string => (trims ? TRIM_AFTER : "");
const gone = (trim: Trim): string => `${before(trim)}${GONE}${after(trim)}`;

function set(names: readonly string[], value: Rewritten, scope: Scope, at: number): void {
  for (const name of names) {
    if (scope.isConditional && !scope.owns(name))
      throw new JinjaProblem(
        `${name} is set in a branch or loop that is only known when it runs`,
        at,
        "Write the value where it is used, in each branch.",
      );
  }
  const [only] = names;
  if (names.length === 1) scope.give(only!, value);
  else spread(names, value, scope, at);
}

function spread(names: readonly string[], value: Rewritten, scope: Scope, at: number): void {
  if (value.kind !== "constant" || !Array.isArray(value.value) || value.value.length !== names.length)
    throw new JinjaProblem(`${names.join(", ")} are taken from what is not known to have as many values`, at);
  for (const [position, name] of names.entries()) scope.give(name, constant(value.value[position]!));
}

function branches(
  given: readonly Branch[],
  end: Trim,
  scope: Scope,
  around: Surroundings,
  report?: (problem: JinjaProblem) => void,
): string {
  const kept: { test: string | undefined; branch: Branch; following: Trim }[] = [];
  for (const [at, branch] of given.entries()) {
    const following = given[at + 1]?.trim ?? end;
    const test =
      branch.test === undefined ? true : asCondition(evaluate(branch.test, scope, around), branch.test.at);
    if (test === false) continue;
    kept.push({ test: test === true ? undefined : test, branch, following });
    if (test === true) break;
  }
  const [first] = kept;
  if (first === undefined) return `${before(given[0]!.trim)}${GONE}${after(end)}`;
  if (first.test === undefined) {
    const inner = `${after(first.branch.trim)}${rewrite(first.branch.body, scope, around, report)}${before(first.following)}`;
    return `${before(given[0]!.trim)}${GONE}${inner}${GONE}${after(end)}`;
  }
  const negated = kept.length === 1 && /^\(not (.*)\)$/.exec(first.test)?.[1];
  const pieces = kept.map(({ test, branch }, at) => {
    const word =
      at > 0
        ? test === undefined
          ? "else"
          : `else if ${test}`
        : negated
          ? `#unless ${negated}`
          : `#if ${test}`;
    return `${tag(word, at === 0 ? given[0]!.trim : branch.trim)}${rewrite(branch.body, new Scope(scope, true), around, report)}`;
  });
  return `${pieces.join("")}${tag(negated ? "/unless" : "/if", end)}`;
}

const tag = (inner: string, trim: Trim): string =>
  `{{${trim.before ? "~" : ""}${inner}${trim.after ? "~" : ""}}}`;

function loop(part: Part & { kind: "for" }, scope: Scope, around: Surroundings): string {
  const over = evaluate(part.over, scope, around);
  const isPlain = part.names.length === 1 && part.filter === undefined && part.otherwise === undefined;
  if (over.kind !== "constant") {
    if (isPlain) return each(part, over, scope, around);
    throw new JinjaProblem(
      "this loop over what is only known when it runs has two names, a filter or an else",
      part.at,
    );
  }
  const items = itemsOf(over.value, part.over);
  const known = over.value;
  // A loop stays one where our templates can say it; else its rounds are written out.
  if (
    isPlain &&
    Array.isArray(known) &&
    known.length > 1 &&
    known.every((item) => typeof item !== "object")
  ) {
    try {
      return each(part, over, scope, around);
    } catch (error) {
      if (!(error instanceof JinjaProblem)) throw error;
    }
  }
  const kept = items.filter((item) => {
    if (part.filter === undefined) return true;
    const round = new Scope(scope);
    bind(part, item, round);
    const holds = asCondition(evaluate(part.filter, round, around), part.filter.at);
    if (typeof holds === "string")
      throw new JinjaProblem("the filter of this loop is only known when it runs", part.filter.at);
    return holds;
  });
  const rounds = kept.map((item, index) => {
    const round = new Scope(scope, false, { index, length: kept.length });
    bind(part, item, round);
    return `${after(part.trim)}${rewrite(part.body, round, around)}${before(part.end)}`;
  });
  if (rounds.length === 0 && part.otherwise !== undefined)
    rounds.push(rewrite(part.otherwise, new Scope(scope), around));
  return `${before(part.trim)}${GONE}${rounds.join("")}${GONE}${after(part.end)}`;
}

function itemsOf(value: Value, { at }: Expression): Value[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return [...value.keys()];
  throw new JinjaProblem("this loops over what is no list", at);
}

function bind({ names, at }: Part & { kind: "for" }, item: Value, round: Scope): void {
  if (names.length === 1) round.give(names[0]!, constant(item));
  else spread(names, constant(item), round, at);
}

function each(part: Part & { kind: "for" }, over: Rewritten, scope: Scope, around: Surroundings): string {
  const name = free(part.names[0]!);
  const round = new Scope(scope, true, "each");
  round.give(part.names[0]!, code(name));
  const list = asArgument(over, part.over.at);
  return `${tag(`#each ${list} as |${name}|`, part.trim)}${rewrite(part.body, round, around)}${tag("/each", part.end)}`;
}
