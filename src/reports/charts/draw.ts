import { type Chart, type ChartPictures, type ChartSize, PALETTE } from "../../manifest/index.js";
import { adaptiveSvg } from "./adaptive-svg.js";
import { drawable } from "./drawable.js";
import { chartOption } from "./option.js";
import { renderPng } from "./png.js";
import { renderSvg } from "./svg.js";
import { missingCharacters } from "./typeface.js";

/** Draws a chart. The SVG follows the light or dark page of its reader, the PNG is for a light one. */
export async function drawChart(given: Chart, size: ChartSize, name: string): Promise<ChartPictures> {
  const { chart, left } = drawable(given, size, name);
  const light = renderSvg(chartOption(chart, size, "light", left), size);
  const dark = renderSvg(chartOption(chart, size, "dark", left), size);
  return {
    svg: adaptiveSvg(light, dark, {
      prefix: `chart-${name.replace(/[^\w-]/g, "-")}`,
      title: chart.title,
      description: `${chart.subtitle}. ${chart.description}`,
    }),
    png: await renderPng(light, PALETTE.page.light),
    missing: missingCharacters(light.replace(/<[^>]*>/g, "").replace(/&#?\w+;/g, "")),
  };
}
