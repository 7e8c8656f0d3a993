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
  { project, drawChart, message }: Pick<RunContext, "project" | "drawChart" | "message">,
): Promise<void> {
  const file = exportName(name, node);
  const { svg, png, missing } = await drawChart(chart, { ...SIZE, ...size }, file);
  await exportFile(project.targetPath, `${file}.svg`, svg, node);
  await exportFile(project.targetPath, `${file}.png`, png, node);
  if (missing.length > 0)
    message(node.unique_id, `${file}.png lacks characters that no typeface of sla has: ${missing.join(" ")}`);
}
