import type { MetricFormat } from "../../manifest/index.js";
import { dayText } from "./days.js";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** `1,234.5`: digits in groups of three, a point, and a real minus. The same in every browser and locale. */
export function numberText(value: number, decimals: number): string {
  const fixed = Math.abs(value).toFixed(decimals);
  const [whole, fraction] = fixed.split(".") as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = value < 0 && Number(fixed) !== 0 ? "−" : "";
  return `${sign}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

const FORMATS: Record<MetricFormat["kind"], (value: number, format: MetricFormat) => string> = {
  number: (value, { decimals }) => numberText(value, decimals),
  percent: (value, { decimals }) => `${numberText(100 * value, decimals)} %`,
  hours: (value, { decimals }) => `${numberText(value, decimals)} h`,
  minutes: (value, { decimals }) => `${numberText(value, decimals)} min`,
  currency: (value, { decimals, currency }) =>
    `${numberText(value, decimals)}${currency === undefined ? "" : ` ${currency}`}`,
};

/** A metric's value as people read it; a dash where there is none. */
export function figureText(value: number | null, format: MetricFormat): string {
  return value === null ? "–" : FORMATS[format.kind](value, format);
}

/** `30 Jun 2026`. */
export function longDay(day: number): string {
  const [year, month, date] = dayText(day).split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}
