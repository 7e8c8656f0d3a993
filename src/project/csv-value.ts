import { type ColumnType, formatColumnType, type Value } from "../manifest/index.js";
import { isNullField, isRealDate } from "./csv-inference.js";

/** A field that does not fit its column: what is expected instead. */
export class MisfitField extends Error {}

/** Turns the fields of one column into values; throws `MisfitField` for what the type cannot hold. */
export type FieldReader = (field: string) => Value;

const INTEGER_BITS = { tinyint: 8, smallint: 16, mediumint: 24, int: 32, bigint: 64 } as const;
const TIME = /^-?\d{1,3}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?$/;
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::(\d{2})(?:\.(\d+))?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;
/** A number with more digits than this would lose some as a JavaScript number. */
const SAFE_DIGITS = 15;

/** The reader for a type: NULL rules are dbt's, the same for every type. */
export function fieldReader(type: ColumnType): FieldReader {
  const read = reader(type);
  return (field) => (isNullField(field) ? null : read(field));
}

function reader(type: ColumnType): FieldReader {
  switch (type.kind) {
    case "tinyint":
    case "smallint":
    case "mediumint":
    case "int":
    case "bigint":
      return integerReader(type, INTEGER_BITS[type.kind], type.unsigned);
    case "boolean":
      return (field) => {
        const value = field.trim().toLowerCase();
        if (value === "true" || value === "1") return 1;
        if (value === "false" || value === "0") return 0;
        throw new MisfitField("true or false");
      };
    case "decimal":
      return decimalReader(type);
    case "float":
    case "double":
      return (field) => {
        const value = Number(field);
        if (!Number.isFinite(value)) throw new MisfitField("a number");
        return value;
      };
    case "date":
      return (field) => {
        const value = field.trim();
        if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || !isRealDate(value))
          throw new MisfitField("a date, YYYY-MM-DD");
        return value;
      };
    case "datetime":
    case "timestamp":
      return dateTime;
    case "time":
      return (field) => {
        if (!TIME.test(field.trim())) throw new MisfitField("a time, HH:MM:SS");
        return field.trim();
      };
    case "char":
    case "varchar":
      return (field) => {
        // Engines count characters, not UTF-16 units.
        if (field.length > type.length && [...field].length > type.length)
          throw new MisfitField(formatColumnType(type));
        return field;
      };
    case "enum":
      return (field) => {
        if (!type.values.includes(field)) throw new MisfitField(`one of ${type.values.join(", ")}`);
        return field;
      };
    default:
      return (field) => field;
  }
}

function integerReader(type: ColumnType, bits: number, unsigned: boolean): FieldReader {
  const least = unsigned ? 0n : -(2n ** BigInt(bits - 1));
  const most = unsigned ? 2n ** BigInt(bits) - 1n : 2n ** BigInt(bits - 1) - 1n;
  return (field) => {
    const value = field.trim();
    if (!/^[+-]?\d+$/.test(value)) throw new MisfitField("a whole number");
    const exact = BigInt(value.replace(/^\+/, ""));
    if (exact < least || exact > most)
      throw new MisfitField(`${formatColumnType(type)}, ${least} to ${most}`);
    const number = Number(exact);
    return Number.isSafeInteger(number) ? number : exact;
  };
}

function decimalReader(type: ColumnType & { kind: "decimal" }): FieldReader {
  const { precision, scale, unsigned } = type;
  return (field) => {
    const value = field.trim();
    const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(value);
    if (match === null || `${match[2]}${match[3] ?? ""}` === "") throw new MisfitField("a number");
    const whole = match[2]!.replace(/^0+/, "");
    const fraction = (match[3] ?? "").replace(/0+$/, "");
    if (whole.length > precision - scale || fraction.length > scale || (unsigned && match[1] === "-")) {
      throw new MisfitField(formatColumnType(type));
    }
    return precision <= SAFE_DIGITS || whole.length + fraction.length <= SAFE_DIGITS ? Number(value) : value;
  };
}

function dateTime(field: string): Value {
  const value = field.trim();
  const match = DATE_TIME.exec(value);
  if (match === null || !isRealDate(value)) throw new MisfitField("a date and time, YYYY-MM-DD HH:MM:SS");
  const [, day, minutes = "00:00", seconds = "00", fraction, zone] = match;
  const fractionText = fraction === undefined ? "" : `.${fraction.slice(0, 6)}`;
  if (zone === undefined || zone.toUpperCase() === "Z") return `${day} ${minutes}:${seconds}${fractionText}`;
  const offset = zone.replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2");
  const utc = new Date(`${day}T${minutes}:${seconds}${offset}`).toISOString();
  return `${utc.slice(0, 10)} ${utc.slice(11, 19)}${fractionText}`;
}
