import {
  type DuckDBDataChunk,
  DuckDBDateValue,
  type DuckDBDecimalValue,
  type DuckDBTimestampMillisecondsValue,
  type DuckDBTimestampNanosecondsValue,
  type DuckDBTimeValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { Row, Value } from "../adapter.js";

/** Makes a `Value` of the driver's value of one column; never called for NULL. */
type ValueReader = (value: DuckDBValue) => Value;

/** One reader a column type: the same values as the other adapter returns. */
export function valueReader(type: DuckDBType): ValueReader {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return (value) => (value ? 1 : 0);
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
      return (value) => integer(value as bigint);
    case DuckDBTypeId.FLOAT:
      // MySQL prints 6 digits of a FLOAT; more would show what 32 bits cannot hold.
      return (value) => Number((value as number).toPrecision(6));
    case DuckDBTypeId.DECIMAL:
      return (value) => decimal(value as DuckDBDecimalValue);
    case DuckDBTypeId.DATE:
      return (value) => dateText((value as DuckDBDateValue).days);
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return (value) => timestampText((value as { micros: bigint }).micros);
    case DuckDBTypeId.TIMESTAMP_S:
      return (value) => timestampText((value as { seconds: bigint }).seconds * 1_000_000n);
    case DuckDBTypeId.TIMESTAMP_MS:
      return (value) => timestampText((value as DuckDBTimestampMillisecondsValue).millis * 1000n);
    case DuckDBTypeId.TIMESTAMP_NS:
      return (value) => timestampText((value as DuckDBTimestampNanosecondsValue).nanos / 1000n);
    case DuckDBTypeId.TIME:
      return (value) => timeText(Number((value as DuckDBTimeValue).micros));
    case DuckDBTypeId.BLOB:
      return (value) => Uint8Array.from((value as { bytes: Uint8Array }).bytes);
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.VARCHAR:
      return (value) => value as Value;
    default:
      // INTERVAL, UUID, ENUM as DuckDB prints them; lists and structs too.
      return (value) => String(value);
  }
}

function integer(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function decimal(value: DuckDBDecimalValue): number | bigint {
  if (value.scale === 0) return integer(value.value);
  const unscaled = Number(value.value);
  const power = POWERS[value.scale];
  // Both are exact, so the quotient is rounded once, as text to number is, at a fraction of the cost.
  if (power !== undefined && Number.isSafeInteger(unscaled)) return unscaled / power;
  return Number(value.toString());
}

/** The powers of ten that a number holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

const DAY_MICROS = 86_400_000_000n;
let cachedDay: number | undefined;
let cachedText = "";

/** `YYYY-MM-DD` of days since 1970; neighbours in a column are often of one day. */
function dateText(days: number): string {
  if (days !== cachedDay) {
    const date = new Date(days * 86_400_000);
    cachedText = Number.isNaN(date.getTime())
      ? String(new DuckDBDateValue(days))
      : date.toISOString().replace(/T.*$/, "").replace(/^\+00/, "");
    cachedDay = days;
  }
  return cachedText;
}

function timestampText(micros: bigint): string {
  let rest = micros % DAY_MICROS;
  if (rest < 0n) rest += DAY_MICROS;
  return `${dateText(Number((micros - rest) / DAY_MICROS))} ${timeText(Number(rest))}`;
}

/** `HH:MM:SS`, and six digits where there is a fraction. */
function timeText(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = micros - seconds * 1_000_000;
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === 0 ? time : `${time}.${String(fraction).padStart(6, "0")}`;
}

function two(part: number): string {
  return part < 10 ? `0${part}` : `${part}`;
}

/** The rows of a chunk. */
export function chunkRows(
  chunk: DuckDBDataChunk,
  names: readonly string[],
  readers: readonly ValueReader[],
): Row[] {
  const rows: Row[] = Array.from({ length: chunk.rowCount }, () => ({}));
  for (const [index, name] of names.entries()) {
    const read = readers[index]!;
    const vector = chunk.getColumnVector(index);
    for (let at = 0; at < rows.length; at++) {
      const value = vector.getItem(at);
      rows[at]![name] = value === null ? null : read(value);
    }
  }
  return rows;
}
