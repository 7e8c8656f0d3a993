import { calendarDay, DAY, timestamp } from "../../../seeds/helpdesk/calendar.js";

/** A row of a table as the warehouse gives it: times and days as text. */
export type Row = Record<string, string | number | null>;

/** `above / below`, two whole numbers, to some decimals, halves away from zero as in SQL; computed in whole numbers alone. */
export function quotient(above: number, below: number, decimals: number): number {
  const scaled = BigInt(above) * 10n ** BigInt(decimals);
  const [size, divisor] = [scaled < 0n ? -scaled : scaled, BigInt(below)];
  const rounded = (2n * size + divisor) / (2n * divisor);
  return Number(scaled < 0n ? -rounded : rounded) / 10 ** decimals;
}

/** Seconds in hours, as ten-thousandths of them. */
export function tenThousandthsOfHours(seconds: number): number {
  return Math.round(quotient(seconds, 3600, 4) * 1e4);
}

/** Seconds in minutes to a ten-thousandth. */
export function minutes(seconds: number): number {
  return quotient(seconds, 60, 4);
}

/** The number below which `tenths` tenths of whole numbers lie, on the line between neighbours, in tenths of a number. */
export function percentileInTenths(values: readonly number[], tenths: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const sought = tenths * (sorted.length - 1);
  const below = sorted[Math.floor(sought / 10)]!;
  const above = sorted[Math.ceil(sought / 10)]!;
  return 10 * below + (sought % 10) * (above - below);
}

/** The day of a time, as text. */
export function dayOf(time: number): string {
  return calendarDay(Math.floor(time / DAY));
}

/** The first day of the month of a time, as text. */
export function monthOf(time: number): string {
  return `${timestamp(time).slice(0, 7)}-01`;
}

/** "Core banking" → as a reference file spells it. */
export function capitalised(word: string): string {
  return word.slice(0, 1) + word.slice(1).toLowerCase();
}

/** Items by a key, keys in order of appearance. */
export function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Sum of whole numbers. */
export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
