import type { ColumnType } from "../../manifest/index.js";

const FRACTION = /^(.*:\d{2})\.(\d+)$/;

/**
 * Rounds the seconds of a date-time to the digits that its column declares, as MySQL does when it stores one; DuckDB's TIMESTAMP
 * has no precision and would keep them all. Null when a column takes every digit.
 */
export function roundingFor(type: ColumnType): ((text: string) => string) | null {
  if ((type.kind !== "datetime" && type.kind !== "timestamp") || type.precision >= 6) return null;
  const { precision } = type;
  return (text) => {
    if (text.length <= 19) return text;
    const [, whole, digits] = FRACTION.exec(text) ?? [];
    if (whole === undefined || digits === undefined || digits.length <= precision) return text;
    const kept = Math.round(Number(`0.${digits}`) * 10 ** precision);
    if (kept < 10 ** precision)
      return precision === 0 ? whole : `${whole}.${String(kept).padStart(precision, "0")}`;
    const next = new Date(Date.parse(`${whole.replace(" ", "T")}Z`) + 1000);
    return Number.isNaN(next.getTime()) ? text : next.toISOString().slice(0, 19).replace("T", " ");
  };
}
