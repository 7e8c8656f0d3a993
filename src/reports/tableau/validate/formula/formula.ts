/** A calculation, as it is understood. */
export type Formula =
  | { is: "number" | "string" | "date"; value: string }
  | { is: "word"; value: "TRUE" | "FALSE" | "NULL" }
  | { is: "field"; source: string | null; name: string }
  | { is: "call"; name: string; arguments: Formula[] }
  | { is: "unary"; operator: "-" | "NOT"; of: Formula }
  | { is: "binary"; operator: string; left: Formula; right: Formula }
  | { is: "if"; branches: { when: Formula; value: Formula }[]; otherwise: Formula | null }
  | { is: "fixed"; by: Formula[]; value: Formula };

/** Functions that turn many rows into one value. */
export const AGGREGATES = new Set([
  "SUM",
  "AVG",
  "COUNT",
  "COUNTD",
  "MIN",
  "MAX",
  "MEDIAN",
  "PERCENTILE",
  "ATTR",
]);
/** Functions of single values. */
export const SCALARS = new Set([
  "ZN",
  "ISNULL",
  "IFNULL",
  "DATETRUNC",
  "ABS",
  "ROUND",
  "FLOAT",
  "INT",
  "STR",
]);

/** All parts of a formula, itself included. */
export function* partsOf(formula: Formula): Generator<Formula> {
  yield formula;
  switch (formula.is) {
    case "call":
      for (const argument of formula.arguments) yield* partsOf(argument);
      break;
    case "unary":
      yield* partsOf(formula.of);
      break;
    case "binary":
      yield* partsOf(formula.left);
      yield* partsOf(formula.right);
      break;
    case "if":
      for (const { when, value } of formula.branches) {
        yield* partsOf(when);
        yield* partsOf(value);
      }
      if (formula.otherwise !== null) yield* partsOf(formula.otherwise);
      break;
    case "fixed":
      for (const by of formula.by) yield* partsOf(by);
      yield* partsOf(formula.value);
  }
}

/** The fields that a formula names: in brackets, with their source where another's is meant. */
export function fieldsOf(formula: Formula): { source: string | null; name: string }[] {
  return [...partsOf(formula)].flatMap((part) => (part.is === "field" ? [part] : []));
}

/** Whether a formula aggregates by itself; a level of detail of its own does not count. */
export function aggregates(
  formula: Formula,
  ofField: (field: { source: string | null; name: string }) => boolean,
): boolean {
  switch (formula.is) {
    case "field":
      return ofField(formula);
    case "call":
      return AGGREGATES.has(formula.name) || formula.arguments.some((one) => aggregates(one, ofField));
    case "unary":
      return aggregates(formula.of, ofField);
    case "binary":
      return aggregates(formula.left, ofField) || aggregates(formula.right, ofField);
    case "if":
      return (
        formula.branches.some(({ when, value }) => aggregates(when, ofField) || aggregates(value, ofField)) ||
        (formula.otherwise !== null && aggregates(formula.otherwise, ofField))
      );
    default:
      return false;
  }
}
