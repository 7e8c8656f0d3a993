import { arithmeticKind, type Kind } from "../kind.js";
import type { Typed } from "../rewrite/context.js";
import { checkDivisor } from "../rewrite/divisor.js";
import { binary, call, cast, number, numberValue, paren, stringValue } from "../tree.js";
import { type FunctionRules, scalar } from "./rule.js";

const same = ([value]: Typed[]): Kind => (value?.kind === "boolean" ? "integer" : (value?.kind ?? "unknown"));

/** Digits after the point are printed for exact numbers only, and not by all engines. */
const rounded = (args: Typed[]): Kind => {
  const kind = same(args);
  if (kind === "ratio") return "decimal";
  return kind === "unknown" && args.length > 1 ? "number" : kind;
};

/** Functions on numbers. */
export const NUMBER_FUNCTIONS: FunctionRules = {
  ABS: scalar("number", same, "abs"),
  BIN: scalar("number", "text", ([value]) => call("bin", cast(value!.node, "BIGINT"))),
  BIT_COUNT: scalar("number", "integer", ([value]) => call("bit_count", cast(value!.node, "BIGINT"))),
  CEIL: scalar("number", "integer", "ceil"),
  CEILING: scalar("number", "integer", "ceil"),
  DEGREES: scalar("number", "double", "degrees"),
  EXP: scalar("number", "double", "sla_exp"),
  FLOOR: scalar("number", "integer", "floor"),
  FORMAT: scalar("number literal", "text", ([value], written, rewriter) => {
    const digits = numberValue(written.args[1]!);
    if (digits !== undefined && /^\d+$/.test(digits)) return call("sla_format", value!.node, number(digits));
    return rewriter.refuse(
      "FORMAT takes the number of decimals as a literal",
      "Write FORMAT(x, 2).",
      written.node,
    );
  }),
  LN: scalar("number", "double", "sla_ln"),
  LOG: scalar("number number?", "double", ([base, value]) =>
    value === undefined ? call("sla_ln", base!.node) : call("sla_log", base!.node, value.node),
  ),
  LOG10: scalar("number", "double", ([value]) => call("sla_log", number(10), value!.node)),
  LOG2: scalar("number", "double", ([value]) => call("sla_log", number(2), value!.node)),
  MOD: scalar(
    "number number",
    ([left, right]) => arithmeticKind(left!.kind, right!.kind),
    ([left, right], written, rewriter) => {
      checkDivisor(written.args[1]!, "MOD", rewriter, written.node);
      return binary("mod", left!.node, right!.node);
    },
  ),
  PI: scalar("", "double", "pi"),
  POW: scalar("number number", "double", "sla_pow"),
  POWER: scalar("number number", "double", "sla_pow"),
  RADIANS: scalar("number", "double", "radians"),
  ROUND: scalar("number literal?", rounded, ([value], written, rewriter) => {
    const digits = written.args[1] === undefined ? "0" : numberValue(written.args[1]);
    if (digits === undefined || !/^-?\d+$/.test(digits)) {
      return rewriter.refuse(
        "ROUND takes the number of decimals as a literal",
        "Write ROUND(x, 2).",
        written.node,
      );
    }
    if (value!.kind === "decimal") return call("round", value!.node, number(digits));
    return call("sla_round", value!.node, number(digits));
  }),
  SIGN: scalar("number", "integer", "sign"),
  SQRT: scalar("number", "double", "sla_sqrt"),
  TRUNCATE: scalar("number literal", rounded, ([value], written, rewriter) => {
    const digits = numberValue(written.args[1]!);
    if (digits === undefined || !/^-?\d+$/.test(digits)) {
      return rewriter.refuse(
        "TRUNCATE takes the number of decimals as a literal",
        "Write TRUNCATE(x, 2).",
        written.node,
      );
    }
    return call("sla_truncate", value!.node, number(digits));
  }),
};

interface Target {
  kind: Kind;
  write(value: Typed): ReturnType<typeof call>;
}

/** What CAST and CONVERT may turn a value into, by MySQL's type. */
export function castTarget(type: string): Target | undefined {
  const plain = type.trim().replace(/\s+/g, " ").toUpperCase();
  const exact = CAST_TARGETS[plain];
  if (exact !== undefined) return exact;
  const decimal = /^DECIMAL ?\( ?(\d+) ?(?:, ?(\d+) ?)?\)$/.exec(plain);
  if (decimal !== null) return decimalTarget(Number(decimal[1]), Number(decimal[2] ?? 0));
  const char = /^CHAR ?\( ?(\d+) ?\)$/.exec(plain);
  if (char === null) return undefined;
  return { kind: "text", write: ({ node }) => call("sla_left", call("sla_text", node), number(char[1]!)) };
}

function decimalTarget(precision: number, scale: number): Target | undefined {
  if (precision > 38 || scale > precision) return undefined;
  const type = `DECIMAL(${precision}, ${scale})`;
  return {
    kind: "decimal",
    write: ({ node, kind }) =>
      kind === "decimal" || kind === "ratio" || kind === "integer"
        ? cast(node, type)
        : call("sla_decimal", node, cast({ null: null as never }, type)),
  };
}

const text: Target = { kind: "text", write: ({ node }) => call("sla_text", node) };
const signed: Target = { kind: "integer", write: ({ node }) => call("sla_signed", node) };
const unsigned: Target = { kind: "integer", write: ({ node }) => cast(call("sla_signed", node), "UBIGINT") };

const CAST_TARGETS: Readonly<Record<string, Target>> = {
  CHAR: text,
  "USING UTF8MB4": text,
  DATE: { kind: "date", write: ({ node }) => call("sla_date", node) },
  DATETIME: { kind: "datetime", write: ({ node }) => call("sla_datetime", node) },
  "DATETIME(6)": { kind: "datetime", write: ({ node }) => call("sla_datetime6", node) },
  DECIMAL: decimalTarget(10, 0)!,
  DOUBLE: { kind: "double", write: ({ node }) => call("sla_double", node) },
  SIGNED: signed,
  "SIGNED INTEGER": signed,
  UNSIGNED: unsigned,
  "UNSIGNED INTEGER": unsigned,
};

/** CAST(x AS type) and CONVERT(x, type), which `prepare` writes with the type as a string. */
export const CAST_FUNCTIONS: FunctionRules = Object.fromEntries(
  ["CAST", "CONVERT"].map((name) => [
    name,
    scalar("any literal", "unknown", ([value], written, rewriter) => {
      const type = stringValue(written.args[1]!) ?? "";
      const target = castTarget(type);
      if (target === undefined) {
        return rewriter.refuse(
          `${name} to ${type.replace(/^USING /, "character set ")} is not portable`,
          "Portable are CHAR, CHAR(n), SIGNED, UNSIGNED, DECIMAL(p,s), DOUBLE, DATE, DATETIME and DATETIME(6).",
          written.node,
        );
      }
      if (target.kind === "text" && (value!.kind === "ratio" || value!.kind === "json")) {
        return {
          node: target.write({ node: rewriter.text(value!, written.node), kind: "text" }),
          kind: "text",
        };
      }
      return { node: paren(target.write(value!)), kind: target.kind };
    }),
  ]),
);
