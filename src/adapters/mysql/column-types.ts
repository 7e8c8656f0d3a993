import type { ColumnType, TypedColumn } from "../../manifest/index.js";
import { type Field, WIRE } from "./values.js";

const NOT_NULL = 1;
const UNSIGNED = 32;
const BINARY_CHARSET = 63;

/** InnoDB's limit for a row, in bytes, without what is stored off the page; some room is left for lengths and NULL bits. */
const MAX_ROW_BYTES = 65_000;

/**
 * Columns of a query from the metadata of its PREPARE, the same on MySQL and MariaDB:
 * - integers of a table's column keep their size, those of an expression are BIGINT (the flavours disagree on literals);
 * - YEAR of an expression is BIGINT, TIMESTAMP is DATETIME (sessions are in UTC, and 2038 is near);
 * - ENUM and SET are VARCHAR of their longest value; what is always NULL is VARCHAR(255);
 * - text longer than a row can hold is TEXT, longest first.
 */
export function describeFields(fields: readonly Field[]): TypedColumn[] {
  const columns = fields.map(
    (field): TypedColumn => ({
      name: field.name,
      type: fieldType(field),
      nullable: (field.flags & NOT_NULL) === 0,
      description: "",
    }),
  );
  return fitRow(columns);
}

function fieldType(field: Field): ColumnType {
  const { columnType, columnLength, decimals, flags } = field;
  const unsigned = (flags & UNSIGNED) !== 0;
  const stored = field.orgTable !== "";
  const precision = Math.min(decimals, 6);
  if (field.extendedFormat === "json") return { kind: "json" };
  switch (columnType) {
    case WIRE.TINY:
      if (stored && columnLength === 1 && !unsigned) return { kind: "boolean" };
      return { kind: stored ? "tinyint" : "bigint", unsigned };
    case WIRE.SHORT:
      return { kind: stored ? "smallint" : "bigint", unsigned };
    case WIRE.INT24:
      return { kind: stored ? "mediumint" : "bigint", unsigned };
    case WIRE.LONG:
      return { kind: stored ? "int" : "bigint", unsigned };
    case WIRE.LONGLONG:
      return { kind: "bigint", unsigned: unsigned && stored };
    case WIRE.YEAR:
      return stored ? { kind: "year" } : { kind: "bigint", unsigned: false };
    case WIRE.BIT:
      return columnLength === 1 ? { kind: "boolean" } : { kind: "bigint", unsigned: true };
    case WIRE.DECIMAL:
    case WIRE.NEWDECIMAL: {
      const scale = Math.min(decimals, 30);
      const digits = columnLength - (scale > 0 ? 1 : 0) - (unsigned ? 0 : 1);
      return { kind: "decimal", precision: Math.min(Math.max(digits, scale, 1), 65), scale, unsigned };
    }
    case WIRE.FLOAT:
      return { kind: "float" };
    case WIRE.DOUBLE:
      return { kind: "double" };
    case WIRE.NULL:
      return { kind: "varchar", length: 255 };
    case WIRE.TIMESTAMP:
    case WIRE.DATETIME:
      return { kind: "datetime", precision };
    case WIRE.DATE:
    case WIRE.NEWDATE:
      return { kind: "date" };
    case WIRE.TIME:
      return { kind: "time", precision };
    case WIRE.JSON:
      return { kind: "json" };
    case WIRE.GEOMETRY:
    case WIRE.VECTOR:
      return { kind: "longblob" };
    default:
      return field.characterSet === BINARY_CHARSET ? binaryType(field) : textType(field);
  }
}

function binaryType({ columnType, columnLength }: Field): ColumnType {
  const isBlob = columnType >= WIRE.TINY_BLOB && columnType <= WIRE.BLOB;
  if (!isBlob && columnLength <= 16_383) return { kind: "varbinary", length: Math.max(columnLength, 1) };
  if (columnLength <= 65_535) return { kind: "blob" };
  return { kind: columnLength <= 16_777_215 ? "mediumblob" : "longblob" };
}

function textType({ columnType, columnLength }: Field): ColumnType {
  const isText = columnType >= WIRE.TINY_BLOB && columnType <= WIRE.BLOB;
  const length = Math.floor(columnLength / 4);
  if (!isText && length <= 16_383) return { kind: "varchar", length: Math.max(length, 1) };
  if (length <= 65_535) return { kind: "text" };
  return { kind: length <= 16_777_215 ? "mediumtext" : "longtext" };
}

/** A row of VARCHARs has 65,535 bytes at most; a query may promise more. */
function fitRow(columns: TypedColumn[]): TypedColumn[] {
  const bytes = (type: ColumnType) =>
    type.kind === "varchar" ? type.length * 4 + 2 : type.kind === "varbinary" ? type.length + 2 : 12;
  let total = columns.reduce((sum, column) => sum + bytes(column.type), 0);
  while (total > MAX_ROW_BYTES) {
    const longest = columns.reduce((a, b) => (bytes(b.type) > bytes(a.type) ? b : a));
    if (bytes(longest.type) <= 12) break;
    total -= bytes(longest.type) - 12;
    longest.type = { kind: longest.type.kind === "varbinary" ? "blob" : "text" };
  }
  return columns;
}
