import { BIGINT, DuckDBBlobValue, type DuckDBType, DuckDBTypeId, type DuckDBValue } from "@duckdb/node-api";
import type { Value } from "../adapter.js";

/** One column of a chunk. */
export interface FilledColumn {
  type: DuckDBType;
  values: DuckDBValue[];
}

const INTEGERS: Partial<Record<DuckDBTypeId, readonly [number, number]>> = {
  [DuckDBTypeId.TINYINT]: [-128, 127],
  [DuckDBTypeId.SMALLINT]: [-32_768, 32_767],
  [DuckDBTypeId.INTEGER]: [-2_147_483_648, 2_147_483_647],
  [DuckDBTypeId.UTINYINT]: [0, 255],
  [DuckDBTypeId.USMALLINT]: [0, 65_535],
  [DuckDBTypeId.UINTEGER]: [0, 4_294_967_295],
};

/** Values in the engine's own type, or undefined when one of them is anything else. */
export function native(type: DuckDBType, values: readonly Value[]): FilledColumn | undefined {
  const range = INTEGERS[type.typeId];
  if (range !== undefined) {
    const [least, most] = range;
    const numbers: DuckDBValue[] = new Array(values.length);
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as Value;
      const number = value === true ? 1 : value === false ? 0 : value;
      if (
        number !== null &&
        !(typeof number === "number" && Number.isInteger(number) && number >= least && number <= most)
      ) {
        return undefined;
      }
      numbers[at] = number;
    }
    return { type, values: numbers };
  }
  switch (type.typeId) {
    case DuckDBTypeId.BIGINT: {
      const whole = values.every(
        (value) => value === null || (typeof value === "number" && Number.isSafeInteger(value)),
      );
      return whole
        ? { type: BIGINT, values: values.map((value) => (value === null ? null : BigInt(value as number))) }
        : undefined;
    }
    case DuckDBTypeId.DOUBLE:
      return values.every((value) => value === null || (typeof value === "number" && Number.isFinite(value)))
        ? { type, values: values as DuckDBValue[] }
        : undefined;
    case DuckDBTypeId.BLOB:
      return {
        type,
        values: values.map((value) =>
          value === null
            ? null
            : new DuckDBBlobValue(value instanceof Uint8Array ? value : Buffer.from(toText(value)!, "utf8")),
        ),
      };
    default:
      return undefined;
  }
}

/** Text that the engine casts; bytes in a text column are its UTF-8. */
export function toText(value: Value): string | null {
  if (value === null || typeof value === "string") return value;
  if (value === true) return "1";
  if (value === false) return "0";
  if (typeof value === "object")
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("utf8");
  return String(value);
}
