import { isNumeric, isTemporal } from "../kind.js";
import { encodePattern, portablePattern } from "../pattern.js";
import {
  bare,
  binary,
  call,
  cast,
  child,
  type Fields,
  fieldsOf,
  isNull,
  list,
  type Node,
  paren,
  string,
  stringValue,
  typeOf,
} from "../tree.js";
import { type Rewriter, type Typed, truth } from "./context.js";
import type { NodeRules } from "./rule.js";

/** Comparing values: `=` and its like, BETWEEN, IN, ANY and ALL, LIKE, REGEXP. */
export const COMPARISON: NodeRules = {
  ...Object.fromEntries(
    ["eq", "neq", "lt", "lte", "gt", "gte"].map((operator) => [
      operator,
      (fields: Fields, rewriter: Rewriter, node: Node) => {
        const left = child(fields, "left")!;
        const right = child(fields, "right")!;
        if (isTuple(left) || isTuple(right))
          return truth(compareTuples(operator, left, right, rewriter, node));
        const [one, other] = comparable(rewriter.value(left), rewriter.value(right), rewriter, node);
        return truth(binary(operator, one, other));
      },
    ]),
  ),
  null_safe_eq: (fields, rewriter, node) => {
    const left = rewriter.value(child(fields, "left")!);
    const right = rewriter.value(child(fields, "right")!);
    if (left.kind === "null") return truth(isNull(right.node));
    if (right.kind === "null") return truth(isNull(left.node));
    return truth(call("sla_same", ...comparable(left, right, rewriter, node)));
  },
  between: (fields, rewriter, node) => {
    const value = rewriter.value(child(fields, "this")!);
    const [, low] = comparable(value, rewriter.value(child(fields, "low")!), rewriter, node);
    const [, high] = comparable(value, rewriter.value(child(fields, "high")!), rewriter, node);
    return truth(paren({ between: { ...fields, this: value.node, low, high } }));
  },
  in: (fields, rewriter, node) => {
    const value = child(fields, "this")!;
    const query = child(fields, "query");
    if (isTuple(value)) return truth(tupleIn(fields, rewriter, node));
    const sought = rewriter.value(value);
    if (query !== undefined)
      return truth(paren({ in: { ...fields, this: sought.node, query: rewriter.query(query) } }));
    const expressions = list(fields, "expressions").map(
      (candidate) => comparable(sought, rewriter.value(candidate), rewriter, node)[1],
    );
    return truth(paren({ in: { ...fields, this: sought.node, expressions } }));
  },
  any: (fields, rewriter) => truth(quantified("any", fields, rewriter)),
  all: (fields, rewriter) => truth(quantified("all", fields, rewriter)),
  like: (fields, rewriter, node) => {
    const left = child(fields, "left")!;
    const right = child(fields, "right")!;
    const escapedBy = child(fields, "escape");
    const escaped = escapedBy === undefined ? "\\" : stringValue(escapedBy);
    if (escaped === undefined || escaped.length !== 1) {
      return rewriter.refuse("ESCAPE takes one character", "Write ESCAPE '|'.", node);
    }
    const text = rewriter.text(rewriter.value(left), left);
    const pattern = rewriter.text(rewriter.value(right), right);
    return truth(call("sla_like", text, pattern, string(escaped)));
  },
  regexp_like: (fields, rewriter) => {
    const value = child(fields, "this")!;
    const pattern = portablePattern(child(fields, "pattern")!, rewriter) ?? "";
    const text = rewriter.text(rewriter.value(value), value);
    return truth(call("regexp_matches", text, string(encodePattern(pattern))));
  },
};

const DATE_TIME = /^\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,6})?)?$/;
const DATE = /^\d{4}-\d{1,2}-\d{1,2}$/;

/** Two values as DuckDB compares them the way MySQL would, or refused if MySQL would convert text on the way. */
function comparable(left: Typed, right: Typed, rewriter: Rewriter, at: Node): [Node, Node] {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind === "json") {
      rewriter.refuse(
        "JSON is compared: MySQL and MariaDB do it differently",
        "Compare JSON_UNQUOTE(JSON_EXTRACT(…)).",
        at,
      );
      return [left.node, right.node];
    }
    if (one.kind === "text" && isNumeric(other.kind)) {
      rewriter.refuse(
        "text is compared with a number",
        "CAST the text AS SIGNED or AS DECIMAL(p,s), or write a string.",
        at,
      );
      return [left.node, right.node];
    }
    const written = stringValue(one.node);
    if (written !== undefined && isTemporal(other.kind) && !DATE.test(written) && !DATE_TIME.test(written)) {
      rewriter.refuse(
        `'${written}' is compared with a date and is none`,
        "Write '2024-01-31' or '2024-01-31 12:00:00'.",
        at,
      );
      return [left.node, right.node];
    }
  }
  return [dateTime(left, right), dateTime(right, left)];
}

/** A string with a time in it is compared as a date-time, even with a DATE; DuckDB would cut it to the DATE. */
function dateTime(value: Typed, other: Typed): Node {
  const written = stringValue(value.node);
  if (written === undefined || other.kind === "text" || !DATE_TIME.test(written)) return value.node;
  return cast(string(written), "TIMESTAMP");
}

function isTuple(node: Node): boolean {
  return typeOf(bare(node)) === "tuple";
}

function compareTuples(operator: string, left: Node, right: Node, rewriter: Rewriter, at: Node): Node {
  if (operator === "eq" && isTuple(left) && isTuple(right)) return tupleEquals(left, right, rewriter, at);
  return rewriter.refuse(
    "rows are compared by something else than (a, b) = (c, d)",
    "Compare column by column: a < c OR (a = c AND b < d).",
    at,
  ).node;
}

function tupleEquals(left: Node, right: Node, rewriter: Rewriter, at: Node): Node {
  const ours = list(fieldsOf(bare(left)), "expressions");
  const theirs = list(fieldsOf(bare(right)), "expressions");
  if (ours.length !== theirs.length) {
    return rewriter.invalid(
      "the rows compared have not the same number of columns",
      "Compare like with like.",
      at,
    ).node;
  }
  return ours
    .map((one, index) => {
      const [value, other] = comparable(rewriter.value(one), rewriter.value(theirs[index]!), rewriter, at);
      return binary("eq", value, other);
    })
    .reduce((all, equal) => binary("and", all, equal));
}

function tupleIn(fields: Fields, rewriter: Rewriter, at: Node): Node {
  if (child(fields, "query") !== undefined) {
    return rewriter.refuse(
      "(a, b) IN (SELECT …) compares text exactly on DuckDB",
      "Write EXISTS (SELECT 1 … WHERE x = a AND y = b), or join.",
      at,
    ).node;
  }
  const found = list(fields, "expressions")
    .map((candidate) => tupleEquals(child(fields, "this")!, candidate, rewriter, at))
    .reduce((some, equal) => binary("or", some, equal));
  return fields.not === true ? paren({ not: { this: found } }) : found;
}

function quantified(type: string, fields: Fields, rewriter: Rewriter): Node {
  return paren({
    [type]: {
      ...fields,
      this: rewriter.value(child(fields, "this")!).node,
      subquery: rewriter.query(child(fields, "subquery")!),
    },
  });
}
