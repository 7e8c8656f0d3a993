import { type ColumnType, formatColumnType, type TypedColumn } from "../../manifest/index.js";
import type { Value } from "../adapter.js";

/** What MySQL has against a value and DuckDB has not, or would not name the row of; undefined for nothing. */
export function objectionTo(column: TypedColumn): (value: Value) => string | undefined {
  const { type, nullable } = column;
  const objection = objectionToType(type);
  return (value) => {
    if (value === null) return nullable ? undefined : "is NULL";
    return objection?.(value);
  };
}

function objectionToType(
  type: ColumnType,
): ((value: Exclude<Value, null>) => string | undefined) | undefined {
  switch (type.kind) {
    case "char":
    case "varchar": {
      const { length } = type;
      return (value) => {
        // UTF-16 units first: that count is free, and never below the number of characters.
        if (typeof value !== "string" || value.length <= length) return undefined;
        const characters = [...value].length;
        return characters <= length
          ? undefined
          : `is too long for ${formatColumnType(type)}: ${characters} characters`;
      };
    }
    case "enum": {
      const members = new Set(type.values.map((member) => member.toLowerCase()));
      return (value) =>
        members.has(String(value).toLowerCase())
          ? undefined
          : `is none of the values of ${formatColumnType(type)}`;
    }
    case "json":
      return (value) => (isJson(String(value)) ? undefined : "is not JSON");
    default:
      return undefined;
  }
}

const RANGES: Record<string, readonly [bigint, bigint]> = {
  tinyint: [-128n, 127n],
  boolean: [-128n, 127n],
  smallint: [-32_768n, 32_767n],
  year: [-32_768n, 32_767n],
  mediumint: [-2_147_483_648n, 2_147_483_647n],
  int: [-2_147_483_648n, 2_147_483_647n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** Whether a text looks like a value of the type: to name the row, after the engine has refused the chunk it is in. */
export function fits(text: string, type: ColumnType): boolean {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  switch (type.kind) {
    case "date":
    case "datetime":
    case "timestamp":
      return isDate(text);
    case "time":
      return /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text);
    case "decimal":
      return Math.abs(number) < 10 ** (type.precision - type.scale);
    default: {
      const range = RANGES[type.kind];
      if (range === undefined || Number.isNaN(number)) return !Number.isNaN(number);
      if (!Number.isFinite(number)) return false;
      const whole = /^[+-]?\d+$/.test(text) ? BigInt(text) : BigInt(Math.round(number));
      const [least, most] = "unsigned" in type && type.unsigned ? [0n, range[1] * 2n + 1n] : range;
      return whole >= least && whole <= most;
    }
  }
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?$/.exec(
    text,
  );
  if (!match) return false;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(year!, month! - 1, day!));
  const real = date.getUTCMonth() === month! - 1 && date.getUTCDate() === day;
  return real && hour! < 24 && minute! < 60 && second! < 60;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
