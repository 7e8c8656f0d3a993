import type { NumberFormat } from "../../manifest/index.js";

const writers = new Map<number, Intl.NumberFormat>();

/** A number as readers see it: 1,234.5 h, 81.3 %. */
export function numberText(value: number, format: NumberFormat = {}): string {
  const decimals = format.decimals ?? 0;
  let writer = writers.get(decimals);
  if (writer === undefined) {
    writer = new Intl.NumberFormat("en-GB", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    writers.set(decimals, writer);
  }
  const unit = format.percent ? "%" : format.unit;
  const text = writer.format(format.percent ? value * 100 : value).replace(/^-(?=[0.]*$)/, "");
  return unit === undefined ? text : `${text} ${unit}`;
}

/** A number on an axis: without its unit, which stands in the axis's name, and with no more digits than its step needs. */
export function axisText(value: number, format: NumberFormat = {}): string {
  const shown = format.percent ? value * 100 : value;
  const text = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 3 }).format(shown);
  return format.percent ? `${text} %` : text;
}
