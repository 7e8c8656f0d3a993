import type { ColumnType, Relation, TypedColumn } from "../../manifest/index.js";
import type { Value } from "../adapter.js";
import { identifier, literal, qualified } from "./dialect.js";

/** Text of any value, before it is escaped; bytes in a text column are its UTF-8. */
export function plain(value: Exclude<Value, null>): string {
  if (typeof value === "string") return value;
  if (value === true) return "1";
  if (value === false) return "0";
  if (typeof value === "object") return asBuffer(value).toString("utf8");
  return String(value);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The bytes of a value as hexadecimal digits. */
export function hex(value: Exclude<Value, null>): string {
  return (typeof value === "object" ? asBuffer(value) : Buffer.from(plain(value), "utf8")).toString("hex");
}

/** Whether a column holds bytes: they travel as hexadecimal digits, since the file as a whole is UTF-8. */
export function isBinary(type: ColumnType): boolean {
  return type.kind.endsWith("blob") || type.kind.endsWith("binary");
}

/** The beginning of the statement that `rowToTuple` goes on with. */
export function insertInto(relation: Relation, columns: readonly TypedColumn[]): string {
  return `INSERT INTO ${qualified(relation)} (${columns.map((column) => identifier(column.name)).join(", ")}) VALUES\n`;
}

/** `(1,'a',NULL)`: the same values as `RowFile` holds. */
export function rowToTuple(columns: readonly TypedColumn[]): (row: readonly Value[]) => string {
  const binary = columns.map((column) => isBinary(column.type));
  return (row) => {
    const values = binary.map((bytes, index) => {
      const value = row[index];
      if (value === null || value === undefined) return "NULL";
      if (bytes) return `X'${hex(value)}'`;
      return typeof value === "number" && Number.isFinite(value) ? `${value}` : literal(plain(value));
    });
    return `(${values.join(",")})`;
  };
}
