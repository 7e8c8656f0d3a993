import type { Value } from "../adapter.js";

/** What the protocol says of a column; see "Column Definition" in MySQL's client/server protocol. */
export interface Field {
  name: string;
  orgTable: string;
  columnType: number;
  /** Bytes; characters times 4 for text. */
  columnLength: number;
  decimals: number;
  flags: number;
  characterSet: number;
  /** MariaDB: `json` for what it stores as text. */
  extendedFormat?: string;
}

/** Column types of the protocol, those we tell apart. */
export const WIRE = {
  DECIMAL: 0,
  TINY: 1,
  SHORT: 2,
  LONG: 3,
  FLOAT: 4,
  DOUBLE: 5,
  NULL: 6,
  TIMESTAMP: 7,
  LONGLONG: 8,
  INT24: 9,
  DATE: 10,
  TIME: 11,
  DATETIME: 12,
  YEAR: 13,
  NEWDATE: 14,
  VARCHAR: 15,
  BIT: 16,
  VECTOR: 242,
  JSON: 245,
  NEWDECIMAL: 246,
  ENUM: 247,
  SET: 248,
  TINY_BLOB: 249,
  MEDIUM_BLOB: 250,
  LONG_BLOB: 251,
  BLOB: 252,
  VAR_STRING: 253,
  STRING: 254,
  GEOMETRY: 255,
} as const;

/** Makes a `Value` of what the driver's text parser (with our options) returns for a column. */
export type ValueReader = (raw: unknown) => Value;

/** One reader a column. */
export function valueReaders(fields: readonly Field[]): ValueReader[] {
  return fields.map(({ columnType, decimals }) => {
    switch (columnType) {
      case WIRE.DATETIME:
      case WIRE.TIMESTAMP:
      case WIRE.TIME:
        return decimals === 0 ? (raw) => raw as Value : fraction;
      case WIRE.LONGLONG:
        // The driver gives text for what does not fit a number.
        return (raw) => (typeof raw === "string" ? BigInt(raw) : (raw as Value));
      case WIRE.DECIMAL:
      case WIRE.NEWDECIMAL:
        return decimals === 0 ? integral : (raw) => (raw === null ? null : Number(raw));
      case WIRE.BIT:
        return (raw) => (raw === null ? null : bits(raw as Uint8Array));
      case WIRE.GEOMETRY:
      case WIRE.VECTOR:
        return (raw) => (raw === null ? null : JSON.stringify(raw));
      default:
        return (raw) => (raw instanceof Uint8Array ? Uint8Array.from(raw) : (raw as Value));
    }
  });
}

/** Six digits where there is a fraction, none where there is not: as many as the column declares would differ by engine. */
function fraction(raw: unknown): Value {
  if (raw === null) return null;
  const [whole, digits = ""] = (raw as string).split(".");
  return /[1-9]/.test(digits) ? `${whole}.${digits.padEnd(6, "0")}` : whole!;
}

function integral(raw: unknown): Value {
  if (raw === null) return null;
  const number = Number(raw);
  return Number.isSafeInteger(number) ? number : BigInt(raw as string);
}

function bits(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
