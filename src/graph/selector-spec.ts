import { SlaError } from "../errors/index.js";
import type { IndirectSelection } from "./indirect-selection.js";

/** One criterion of a selection: `@tag:nightly`, `2+stg_orders+1`. */
export interface Criterion {
  /** As it was written. */
  raw: string;
  method: string;
  /** What follows the method's name after dots: `config.meta.owner:x` has `["meta", "owner"]`. */
  methodArguments: string[];
  value: string;
  /** Generations of ancestors to add; 0 for none. */
  parents: number;
  /** Generations of descendants to add; 0 for none. */
  children: number;
  /** `@`: all descendants, and all ancestors of those. */
  childrensParents: boolean;
  /** How tests ride along, where that differs from the rest of the selection (YAML selectors only). */
  indirect?: IndirectSelection;
}

const FORM = /^(@)?(?:(\d*)\+)?(?:([\w.]+):)?(.*?)(?:\+(\d*))?$/s;

/** Reads a criterion; SLA208 for what is none. */
export function parseCriterion(raw: string): Criterion {
  const match = FORM.exec(raw);
  const [, at, parents, method, value, children] = match ?? [];
  if (value === undefined || value === "") throw invalidSelector(raw, "it names nothing");
  if (at !== undefined && children !== undefined) throw atAndPlus(raw);
  const [name, ...methodArguments] = (method ?? defaultMethod(value)).split(".");
  return {
    raw,
    method: name!,
    methodArguments,
    value,
    parents: generations(parents),
    children: generations(children),
    childrensParents: at !== undefined,
  };
}

/** Arguments of `--select`: blanks are unions, commas intersections, and those bind tighter. */
export function parseSelection(specs: readonly string[]): { raw: string; criteria: Criterion[] }[] {
  return specs
    .flatMap((spec) => spec.split(/\s+/))
    .filter((spec) => spec !== "")
    .map((raw) => ({ raw, criteria: raw.split(",").map(parseCriterion) }));
}

/** SLA208: `@` has all descendants already. */
export function atAndPlus(raw: string): SlaError {
  return invalidSelector(
    raw,
    '"@" before and "+" after cannot stand together',
    'Use "@" alone: it includes all descendants.',
  );
}

/** SLA208 for a criterion. */
export function invalidSelector(raw: string, why: string, hint?: string): SlaError {
  return new SlaError({ code: "SLA208", message: `"${raw}" is no valid selector: ${why}`, hint });
}

function defaultMethod(value: string): string {
  if (/[/\\]/.test(value)) return "path";
  return /\.(?:sql|py|csv|ts)$/i.test(value) ? "file" : "fqn";
}

function generations(depth: string | undefined): number {
  if (depth === undefined) return 0;
  return depth === "" ? Number.POSITIVE_INFINITY : Number(depth);
}
