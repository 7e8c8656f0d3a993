/**
 * A value as it crosses the border to an engine, in both directions and the same for all engines:
 * integers and decimals are numbers (an integer beyond 2^53 is a bigint), booleans 0 or 1, dates `YYYY-MM-DD`, date-times
 * `YYYY-MM-DD HH:MM:SS[.ffffff]` in UTC, times `HH:MM:SS[.ffffff]`, JSON its text, binary a Uint8Array.
 */
export type Value = null | string | number | bigint | boolean | Uint8Array;

/** A row by column name, in column order. */
export type Row = Record<string, Value>;
