import { didYouMean } from "../errors/index.js";
import type { Aggregate, Expression } from "../manifest/index.js";

/** What is wrong with an expression. */
export interface ExpressionProblem {
  message: string;
  hint?: string | undefined;
}

/** The aggregates that a metric may be made of, by name. Sums and counts can be added up again by whoever reads them, the others not. */
const AGGREGATES: Record<string, (column: string, fraction: number | null) => Aggregate | null> = {
  SUM: (column, fraction) => (fraction === null ? { of: "sum", column } : null),
  COUNT: (column, fraction) => (fraction === null ? { of: "count", column } : null),
  MIN: (column, fraction) => (fraction === null ? { of: "min", column } : null),
  MAX: (column, fraction) => (fraction === null ? { of: "max", column } : null),
  MEDIAN: (column, fraction) => (fraction === null ? { of: "percentile", column, fraction: 0.5 } : null),
  PERCENTILE: (column, fraction) =>
    fraction !== null && fraction >= 0 && fraction <= 1 ? { of: "percentile", column, fraction } : null,
};

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const TERM = new RegExp(
  String.raw`^\s*([+-])?\s*(?:(${NUMBER})\s*\*\s*)?([A-Za-z_]\w*)\s*\(\s*(\*|[A-Za-z_]\w*)\s*(?:,\s*(${NUMBER})\s*)?\)\s*(?:([*/])\s*(${NUMBER})\s*)?(?=$|[+-])`,
);

/** Reads `SUM(a)`, `COUNT(*)`, `SUM(a) - SUM(b)`, `SUM(minutes) / 60` or `PERCENTILE(hours, 0.9)`. */
export function readExpression(text: string): Expression | ExpressionProblem {
  const terms: Expression["terms"] = [];
  let rest = text.trim();
  if (rest === "") return { message: "it is empty", hint: USAGE };
  while (rest !== "") {
    const match = TERM.exec(rest);
    if (match === null || (terms.length > 0 && match[1] === undefined)) {
      return { message: `"${rest}" is not understood`, hint: USAGE };
    }
    const [whole, sign, before, word, argument, fraction, operator, after] = match;
    const read = aggregate(word!, argument!, fraction === undefined ? null : Number(fraction));
    if ("message" in read) return read;
    if (operator === "/" && Number(after) === 0) return { message: "it divides by zero" };
    const scale = after === undefined ? 1 : operator === "/" ? 1 / Number(after) : Number(after);
    terms.push({ factor: (sign === "-" ? -1 : 1) * Number(before ?? 1) * scale, aggregate: read });
    rest = rest.slice(whole.length).trim();
  }
  if (terms.length > 1 && terms.some((term) => !isSum(term.aggregate)))
    return { message: "only sums and counts can be added up", hint: "Make two metrics of it." };
  return { sql: text.trim(), terms };
}

/** Whether an aggregate of parts is the sum of theirs. */
export function isSum(aggregate: Aggregate): boolean {
  return aggregate.of === "rows" || aggregate.of === "sum" || aggregate.of === "count";
}

const USAGE = "Write SUM(column), COUNT(*), SUM(a) - SUM(b), SUM(minutes) / 60 or PERCENTILE(column, 0.9).";

function aggregate(word: string, argument: string, fraction: number | null): Aggregate | ExpressionProblem {
  const name = word.toUpperCase();
  if (name === "COUNT" && argument === "*") return { of: "rows" };
  if (name === "AVG") {
    return {
      message: "means are quotients of sums",
      hint: `Write numerator: SUM(${argument}) and denominator: COUNT(${argument}).`,
    };
  }
  const make = AGGREGATES[name];
  if (make === undefined) {
    const known = Object.keys(AGGREGATES);
    return {
      message: `there is no aggregate "${word}"`,
      hint: didYouMean(name, known) ?? `Known are ${known.join(", ")}.`,
    };
  }
  const made = argument === "*" ? null : make(argument, fraction);
  return made ?? { message: `${name} is called in a way that it does not know`, hint: USAGE };
}
