import { type Chart, type ChartPictures, type ChartSize, PALETTE } from "../../manifest/index.js";
import { chartOption } from "./option.js";
import { renderPng } from "./png.js";
import { renderSvg } from "./svg.js";

/** Draws a chart. The SVG follows the reader's light or dark page, the PNG is for a light one. */
export async function drawChart(chart: Chart, size: ChartSize, _name: string): Promise<ChartPictures> {
  const svg = renderSvg(chartOption(chart, size, "light"), size);
  return { svg, png: await renderPng(svg, PALETTE.page.light) };
}
