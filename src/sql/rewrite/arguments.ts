import type { FunctionRule } from "../functions/rule.js";
import { isNumeric, isTemporal } from "../kind.js";
import { cast, call as duckdbCall, stringValue } from "../tree.js";
import type { Call, Rewriter, Typed } from "./context.js";

/** Whether a call has the number of arguments and the place that its rule asks for; reports what it has not. */
export function checkCall(
  rule: FunctionRule,
  { name, args, over, distinct, node }: Call,
  rewriter: Rewriter,
): boolean {
  const most = rule.repeats ? Number.POSITIVE_INFINITY : rule.parameters.length;
  const form = `Write ${name}(${rule.signature})`;
  if (args.length < rule.required || args.length > most) {
    rewriter.invalid(`${name} takes ${expected(rule)} arguments, found ${args.length}`, `${form}.`, node);
    return false;
  }
  if (over === undefined && rule.scope === "window") {
    rewriter.invalid(`${name} needs OVER (…)`, `${form} OVER (ORDER BY …).`, node);
    return false;
  }
  if (over !== undefined && rule.scope === "scalar") {
    rewriter.invalid(`${name} has no OVER`, "Only aggregates and window functions have one.", node);
    return false;
  }
  if (distinct && (over !== undefined || rule.scope !== "aggregate")) {
    rewriter.refuse(`${name} takes no DISTINCT here`, "Take the distinct rows in a subquery.", node);
    return false;
  }
  return true;
}

function expected(rule: FunctionRule): string {
  if (rule.repeats) return `at least ${rule.required}`;
  const most = rule.parameters.length;
  return most === rule.required ? String(most) : `${rule.required} to ${most}`;
}

/** One argument as its parameter wants it. */
export function rewriteArgument(rule: FunctionRule, at: number, call: Call, rewriter: Rewriter): Typed {
  const arg = call.args[at]!;
  const parameter = rule.parameters[Math.min(at, rule.parameters.length - 1)]!;
  if (parameter === "condition") return { node: rewriter.condition(arg), kind: "boolean" };
  if (parameter === "raw") return { node: arg, kind: "unknown" };
  const value = rewriter.value(arg);
  if (parameter === "text") return { node: rewriter.text(value, call.node), kind: "text" };
  if (parameter === "date") return dateArgument(value, call, rewriter);
  if (parameter === "number" && (value.kind === "text" || value.kind === "json" || isTemporal(value.kind))) {
    return rewriter.refuse(
      `${call.name} is given ${value.kind} where it takes a number`,
      "CAST it AS SIGNED or AS DECIMAL(p,s).",
      call.node,
    );
  }
  return value;
}

/** Text of the form of a date. */
export const DATE_TEXT = /^\d{4}-\d{1,2}-\d{1,2}$/;

/** Text of the form of a date-time. */
export const DATE_TIME_TEXT = /^\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,6})?)?$/;

/** A date argument: a string that holds one is read as MySQL reads it; a column may be text. */
function dateArgument(value: Typed, { name, node }: Call, rewriter: Rewriter): Typed {
  if (isTemporal(value.kind) || value.kind === "null") return value;
  if (isNumeric(value.kind) || value.kind === "json") {
    const given = value.kind === "json" ? "JSON" : "a number";
    return rewriter.refuse(`${name} is given ${given} where it takes a date`, "CAST it AS DATE.", node);
  }
  const written = stringValue(value.node);
  if (written === undefined) return { node: duckdbCall("sla_temporal", value.node), kind: "unknown" };
  if (DATE_TEXT.test(written)) return { node: cast(value.node, "DATE"), kind: "date" };
  if (DATE_TIME_TEXT.test(written)) return { node: cast(value.node, "TIMESTAMP"), kind: "datetime" };
  return rewriter.refuse(`'${written}' is no date`, "Write '2024-01-31' or '2024-01-31 12:00:00'.", node);
}
