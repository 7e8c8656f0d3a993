import { didYouMean, SlaError } from "../errors/index.js";
import { type ColumnType, type ProcedureNode, parseColumnType } from "../manifest/index.js";
import { mysqlLiteral } from "./mysql-text.js";

/** A value that a parameter is given. */
export type Argument = string | number | boolean | null;

/** A parameter with what it is given, as a literal of MySQL's SQL. */
export interface BoundArgument {
  name: string;
  type: ColumnType;
  literal: string;
}

/** Every parameter of a procedure with its literal, in the order of its header; SLA212 for what does not fit. */
export function bindArguments(
  node: ProcedureNode,
  given: Readonly<Record<string, Argument>>,
): BoundArgument[] {
  const byName = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  return node.parameters.map(({ name, type: text }) => {
    const value = byName.get(name.toLowerCase());
    if (value === undefined)
      throw invalid(
        node,
        `procedure "${node.name}" needs a value for its parameter "${name}" (${text})`,
        `Set it in config: arguments: {${name}: …}; or call it by hand: sla call ${node.name} --${name} ….`,
      );
    const type = parseColumnType(text)!;
    const literal = literalOf(value, type);
    if (literal === undefined)
      throw invalid(
        node,
        `parameter "${name}" of procedure "${node.name}" is ${text}, but is given ${JSON.stringify(value)}`,
      );
    return { name, type, literal };
  });
}

/** SLA212 for arguments that the procedure has no parameters for. */
export function checkNames(node: ProcedureNode, given: readonly string[]): void {
  const names = node.parameters.map(({ name }) => name);
  const unknown = given.find((name) => !names.some((known) => known.toLowerCase() === name.toLowerCase()));
  if (unknown === undefined) return;
  throw invalid(
    node,
    `procedure "${node.name}" has no parameter "${unknown}"`,
    didYouMean(unknown, names) ??
      (names.length === 0 ? "It has none at all." : `Its parameters are ${names.join(", ")}.`),
  );
}

function invalid(node: ProcedureNode, message: string, hint?: string): SlaError {
  return new SlaError({
    code: "SLA212",
    message,
    hint,
    location: { path: node.original_file_path },
    node: node.unique_id,
  });
}

const INTEGERS: Record<string, bigint> = {
  tinyint: 1n << 7n,
  smallint: 1n << 15n,
  mediumint: 1n << 23n,
  int: 1n << 31n,
  bigint: 1n << 63n,
};

/** A value as a literal that has the parameter's type on every engine; undefined for one that the type cannot hold. */
function literalOf(value: Argument, type: ColumnType): string | undefined {
  if (value === null) return "NULL";
  const text = String(value).trim();
  switch (type.kind) {
    case "tinyint":
    case "smallint":
    case "mediumint":
    case "int":
    case "bigint": {
      if (typeof value === "boolean" || !/^[+-]?\d+$/.test(text)) return undefined;
      const number = BigInt(text);
      const half = INTEGERS[type.kind]!;
      const [least, most] = type.unsigned ? [0n, half * 2n - 1n] : [-half, half - 1n];
      return number >= least && number <= most ? signed(String(number)) : undefined;
    }
    case "boolean":
      return /^(true|1)$/i.test(text) ? "1" : /^(false|0)$/i.test(text) ? "0" : undefined;
    case "decimal": {
      const [, sign = "", whole = "", fraction = ""] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
      const places = fraction.replace(/0+$/, "").length;
      const digits = whole.replace(/^0+/, "").length;
      if (whole + fraction === "" || places > type.scale || digits > type.precision - type.scale)
        return undefined;
      const padded = type.scale === 0 ? "" : `.${fraction.slice(0, type.scale).padEnd(type.scale, "0")}`;
      return signed(`${sign === "-" ? "-" : ""}${whole || "0"}${padded}`);
    }
    case "float":
    case "double": {
      const number = Number(text);
      return text !== "" && typeof value !== "boolean" && Number.isFinite(number)
        ? signed(number.toExponential())
        : undefined;
    }
    case "date":
      return isDate(text) ? `CAST('${text}' AS DATE)` : undefined;
    case "datetime":
    case "timestamp": {
      const [, day, time, fraction = ""] =
        /^(\S+?)(?:[ T](\d\d:\d\d(?::\d\d)?)(\.\d{1,6})?)?$/.exec(text) ?? [];
      if (day === undefined || !isDate(day) || fraction.length > type.precision + 1) return undefined;
      const whole = time === undefined ? "00:00:00" : time.length === 5 ? `${time}:00` : time;
      if (!/^([01]\d|2[0-3])(:[0-5]\d){2}$/.test(whole)) return undefined;
      return `CAST('${day} ${whole}${fraction}' AS DATETIME${type.precision > 0 ? `(${type.precision})` : ""})`;
    }
    case "char":
    case "varchar":
      return [...String(value)].length <= type.length ? mysqlLiteral(String(value)) : undefined;
    case "tinytext":
    case "text":
    case "mediumtext":
    case "longtext":
      return mysqlLiteral(String(value));
    case "enum":
      return type.values.some((known) => known.toLowerCase() === text.toLowerCase())
        ? mysqlLiteral(text)
        : undefined;
    default:
      return undefined;
  }
}

function signed(text: string): string {
  return text.startsWith("-") ? `(${text})` : text;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
