import type { Chart, ChartSize } from "../manifest/index.js";
import { type Exporter, exportFile, exportName } from "./export-file.js";
import type { RunContext } from "./node-runner.js";

const SIZE: ChartSize = { width: 960, height: 540 };

/** Draws a chart of a model and writes both pictures, once both are there. */
export async function exportChart(
  name: string,
  chart: Chart,
  size: Partial<ChartSize> | undefined,
  node: Exporter,
  { project, drawChart }: Pick<RunContext, "project" | "drawChart">,
): Promise<void> {
  const file = exportName(name, node);
  const { svg, png } = await drawChart(chart, { ...SIZE, ...size }, file);
  await exportFile(project.targetPath, `${file}.svg`, svg, node);
  await exportFile(project.targetPath, `${file}.png`, png, node);
}
