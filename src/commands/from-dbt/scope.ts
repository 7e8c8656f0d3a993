import type { Expression } from "./jinja-expression.js";
import type { Parameter, Part, Trim } from "./jinja-template.js";
import { BUILT_INS_OF_TEMPLATES } from "./reserved-names.js";
import type { Rewritten } from "./rewritten.js";

/** What names mean in a part of a template. */
export class Scope {
  readonly #names = new Map<string, Rewritten | null>();
  readonly #outer: Scope | undefined;
  /** Whether it is only known when it runs if, or how often, this part is there. */
  readonly isConditional: boolean;
  /** The loop around it. */
  readonly loop: Loop | undefined;

  constructor(outer?: Scope, isConditional = false, loop = outer?.loop) {
    this.#outer = outer;
    this.isConditional = isConditional || outer?.isConditional === true;
    this.loop = loop;
  }

  /** What a name means; null for what was already reported, undefined for a name that nobody has given. */
  find(name: string): Rewritten | null | undefined {
    return this.#names.has(name) ? this.#names.get(name) : this.#outer?.find(name);
  }

  /** Gives a name, to this part and those in it. */
  give(name: string, value: Rewritten | null): void {
    this.#names.set(name, value);
  }

  /** Whether it is this very part that has given the name, or nobody. */
  owns(name: string): boolean {
    return this.#names.has(name) || this.find(name) === undefined;
  }
}

/** A loop: one that stays one, or the round of one that is written out. */
export type Loop = "each" | { index: number; length: number };

/** A macro of the dbt project. */
export interface Definition {
  name: string;
  parameters: Parameter[];
  body: Part[];
  trim: Trim;
  end: Trim;
  /** As a macro of ours; null while there is none: then calls are written out. */
  text: string | null;
}

/** What a template is rewritten in. */
export interface Surroundings {
  packageName: string;
  macros: Map<string, Definition>;
  /** Kind of database that the SQL was written for, if it is known. */
  dialect: string | null;
  /** Rewrites the arguments of config(…) to those of a tag. */
  config(entries: { key: string; value: Expression }[], scope: Scope, around: Surroundings): string;
  /** The name that a versioned reference leads to. */
  version(name: string, version: string): string | undefined;
  /** Says that something has to be looked at. */
  check(what: string, at: number): void;
  /** Calls that templates of dbt have, and what they become. */
  known: Readonly<Record<string, (call: Call) => Rewritten>>;
  /** A call of a macro of the project. */
  callMacro(macro: Definition, call: Call): Rewritten;
  /** How many calls of macros are being written out in each other. */
  depth: number;
}

/** A call with its arguments rewritten when they are asked for. */
export interface Call {
  name: string;
  at: number;
  args: Expression[];
  named: Map<string, Expression>;
  scope: Scope;
  around: Surroundings;
}

/** The dotted name that an expression is. */
export function pathOf(expression: Expression): string | undefined {
  if (expression.kind === "name") return expression.name;
  if (expression.kind !== "attribute") return undefined;
  const of = pathOf(expression.of);
  return of === undefined ? undefined : `${of}.${expression.name}`;
}

/** A name that templates do not have already. */
export function free(name: string): string {
  return BUILT_INS_OF_TEMPLATES.has(name) ? `${name}_` : name;
}
