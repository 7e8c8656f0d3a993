import { isNumeric, isTemporal, type Kind } from "../kind.js";
import { call, child, fieldsOf, type Node, number, paren, stringValue } from "../tree.js";
import type { Rewriter, Typed } from "./context.js";

const DATE_UNITS = ["DAY", "WEEK", "MONTH", "QUARTER", "YEAR"];
const TIME_UNITS = ["MICROSECOND", "SECOND", "MINUTE", "HOUR"];

/** `date ± INTERVAL amount unit`. */
export function shiftByInterval(
  date: Node,
  interval: Node,
  sign: 1 | -1,
  rewriter: Rewriter,
  at: Node,
): Typed {
  const fields = fieldsOf(interval);
  const unit = (fields.unit as { type?: string; unit?: string } | null) ?? {};
  const amount = child(fields, "this");
  if (amount === undefined || unit.type !== "simple" || unit.unit === undefined) {
    return rewriter.refuseUnknown("an INTERVAL without a simple unit", at);
  }
  return shiftBy(date, rewriter.value(amount), unit.unit.toUpperCase(), sign, rewriter, at);
}

/** A date moved by an amount: a date stays a date when it is moved by days or more, as in MySQL. */
export function shiftBy(
  date: Node,
  amount: Typed,
  writtenUnit: string,
  sign: 1 | -1,
  rewriter: Rewriter,
  at: Node,
): Typed {
  const unit = writtenUnit.replace(/^SQL_TSI_/, "");
  const byDays = DATE_UNITS.includes(unit);
  if (!byDays && !TIME_UNITS.includes(unit)) {
    return rewriter.refuse(
      `the unit ${writtenUnit} is not portable`,
      `Units are ${[...TIME_UNITS, ...DATE_UNITS].join(", ")}.`,
      at,
    );
  }
  const moved = rewriter.value(date);
  if (moved.kind === "text") {
    return rewriter.refuse(
      "date arithmetic on text: MySQL's result is text again",
      "Write DATE '2024-01-31' or TIMESTAMP '2024-01-31 12:00:00', or CAST the text.",
      at,
    );
  }
  if (isNumeric(moved.kind)) {
    return rewriter.refuse("date arithmetic on a number", "CAST it, or use FROM_UNIXTIME or MAKEDATE.", at);
  }
  const steps = amountOf(amount, at, rewriter);
  const signed = sign === 1 ? steps : { neg: { this: paren(steps) } };
  const kind: Kind = byDays ? (isTemporal(moved.kind) ? moved.kind : "unknown") : "datetime";
  return { node: call(`sla_add_${unit.toLowerCase()}`, moved.node, signed as Node), kind };
}

function amountOf(amount: Typed, at: Node, rewriter: Rewriter): Node {
  if (amount.kind !== "text") return amount.node;
  const written = stringValue(amount.node);
  if (written !== undefined && /^-?\d+(\.\d+)?$/.test(written)) return number(written);
  return rewriter.refuse("the amount of an INTERVAL is text", "Write a number: INTERVAL 1 DAY.", at).node;
}
