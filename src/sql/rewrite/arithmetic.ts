import { arithmeticKind, isTemporal, type Kind } from "../kind.js";
import {
  bare,
  binary,
  call,
  cast,
  child,
  type Fields,
  type Node,
  numberValue,
  paren,
  typeOf,
} from "../tree.js";
import type { Rewriter, Typed } from "./context.js";
import { checkDivisor } from "./divisor.js";
import type { NodeRules } from "./rule.js";
import { shiftByInterval } from "./shift.js";

/** Arithmetic: `+` and `-` also of dates and intervals, exact division, bits. */
export const ARITHMETIC: NodeRules = {
  add: (fields, rewriter, node) => {
    const left = child(fields, "left")!;
    const right = child(fields, "right")!;
    if (isInterval(right)) return shiftByInterval(left, right, 1, rewriter, node);
    if (isInterval(left)) return shiftByInterval(right, left, 1, rewriter, node);
    return calculate("add", fields, rewriter, node);
  },
  sub: (fields, rewriter, node) => {
    const right = child(fields, "right")!;
    if (isInterval(right)) return shiftByInterval(child(fields, "left")!, right, -1, rewriter, node);
    return calculate("sub", fields, rewriter, node);
  },
  mul: (fields, rewriter, node) => {
    const sides = [child(fields, "left")!, child(fields, "right")!];
    if (sides.some((side) => typeOf(bare(side)) === "div")) {
      return rewriter.refuse(
        "a quotient is multiplied: its digits are cut first",
        "Multiply first: 100 * a / b instead of a / b * 100.",
        node,
      );
    }
    return calculate("mul", fields, rewriter, node);
  },
  div: (fields, rewriter, node) => {
    const [left, right] = operands(fields, rewriter, node);
    checkDivisor(child(fields, "right")!, "/", rewriter, node);
    if (left.kind === "double" || right.kind === "double") {
      return { node: binary("div", left.node, right.node), kind: "double" };
    }
    return { node: call("sla_div", left.node, right.node), kind: "ratio" };
  },
  int_div: (fields, rewriter, node) => {
    const [left, right] = operands(fields, rewriter, node, "this", "expression");
    checkDivisor(child(fields, "expression")!, "DIV", rewriter, node);
    return { node: call("sla_int_div", left.node, right.node), kind: "integer" };
  },
  mod: (fields, rewriter, node) => {
    checkDivisor(child(fields, "right")!, "%", rewriter, node);
    return calculate("mod", fields, rewriter, node);
  },
  neg: (fields, rewriter, node) => {
    const value = operand(child(fields, "this")!, rewriter, node);
    if (numberValue(value.node) !== undefined) return { node, kind: value.kind };
    return { node: paren({ neg: { ...fields, this: paren(value.node) } }), kind: value.kind };
  },
  bitwise_and: (fields, rewriter, node) => bits("bitwise_and", fields, rewriter, node),
  bitwise_or: (fields, rewriter, node) => bits("bitwise_or", fields, rewriter, node),
  bitwise_xor: (fields, rewriter, node) => {
    const [left, right] = operands(fields, rewriter, node);
    return { node: call("xor", left.node, right.node), kind: "integer" };
  },
  bitwise_left_shift: (fields, rewriter, node) => bits("bitwise_left_shift", fields, rewriter, node),
  bitwise_right_shift: (fields, rewriter, node) => bits("bitwise_right_shift", fields, rewriter, node),
};

function isInterval(node: Node): boolean {
  return typeOf(node) === "interval";
}

function calculate(type: string, fields: Fields, rewriter: Rewriter, at: Node): Typed {
  const [left, right] = operands(fields, rewriter, at);
  const kind: Kind = arithmeticKind(left.kind, right.kind);
  if (type === "mul" && kind === "ratio" && left.kind !== "integer" && right.kind !== "integer") {
    return { node: call("sla_mul", left.node, right.node), kind };
  }
  return { node: binary(type, wide(left), wide(right)), kind };
}

const CALCULATED = new Set(["add", "sub", "mul", "mod", "cast"]);

/** Whole numbers are 64 bits wide in MySQL's arithmetic; DuckDB would calculate in the width of the column. */
function wide({ node, kind }: Typed): Node {
  if (kind === "integer" && numberValue(node) !== undefined) return cast(node, "BIGINT");
  const narrow = (kind === "integer" || kind === "unknown") && !CALCULATED.has(typeOf(bare(node)));
  return narrow ? call("sla_wide", node) : node;
}

function operands(
  fields: Fields,
  rewriter: Rewriter,
  at: Node,
  left = "left",
  right = "right",
): [Typed, Typed] {
  return [operand(child(fields, left)!, rewriter, at), operand(child(fields, right)!, rewriter, at)];
}

function operand(node: Node, rewriter: Rewriter, at: Node): Typed {
  const value = rewriter.value(node);
  if (value.kind === "text" || value.kind === "json") {
    return rewriter.refuse(
      `arithmetic with ${value.kind === "json" ? "JSON" : "text"}`,
      "CAST it AS SIGNED or AS DECIMAL(p,s).",
      at,
    );
  }
  if (isTemporal(value.kind)) {
    return rewriter.refuse(
      "a date in arithmetic is a number like 20240131",
      "Write d + INTERVAL 1 DAY, DATEDIFF(a, b) or TIMESTAMPDIFF(SECOND, a, b).",
      at,
    );
  }
  return value;
}

function bits(type: string, fields: Fields, rewriter: Rewriter, at: Node): Typed {
  const [left, right] = operands(fields, rewriter, at);
  return { node: binary(type, cast(left.node, "BIGINT"), cast(right.node, "BIGINT")), kind: "integer" };
}
