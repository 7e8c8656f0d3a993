import { bare, child, fieldsOf, type Node, numberValue, typeOf } from "../tree.js";
import type { Rewriter } from "./context.js";

const NEVER_ZERO = new Set(["NULLIF", "COUNT", "PI", "EXP"]);

/** Refuses a divisor that may be zero: NULL in a SELECT, but an error where MySQL stores the result. */
export function checkDivisor(node: Node, operator: string, rewriter: Rewriter, at: Node): void {
  if (cannotBeZero(bare(node), rewriter)) return;
  rewriter.refuse(
    `the divisor of ${operator} may be zero: NULL in a SELECT, an error where MySQL stores the row`,
    operator === "/" || operator === "DIV"
      ? `Write a ${operator} NULLIF(b, 0).`
      : "Write MOD(a, NULLIF(b, 0)).",
    at,
  );
}

function cannotBeZero(node: Node, rewriter: Rewriter): boolean {
  const written = numberValue(node);
  if (written !== undefined) return Number(written) !== 0;
  const type = typeOf(node);
  if (type === "mul") {
    const fields = fieldsOf(node);
    return ["left", "right"].every((side) => cannotBeZero(bare(child(fields, side)!), rewriter));
  }
  if (type === "window_function") return cannotBeZero(child(fieldsOf(node), "this")!, rewriter);
  return type === "function" && NEVER_ZERO.has(rewriter.nameOf(node) ?? "");
}
