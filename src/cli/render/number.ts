const grouped = new Intl.NumberFormat("en-US");

/** `10,000`. */
export function integer(value: number): string {
  return grouped.format(value);
}

/** `1 model`, `12 models`. */
export function count(value: number, noun: string): string {
  return `${integer(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** Seconds as `0.31s`, from a minute on as `2m 05s`. */
export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(2)}s`;
  return `${Math.floor(value / 60)}m ${String(Math.round(value % 60)).padStart(2, "0")}s`;
}
