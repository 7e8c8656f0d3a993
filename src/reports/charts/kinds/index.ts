import type { Chart } from "../../../manifest/index.js";
import type { Plot, PlotOption } from "../plot.js";
import { bars } from "./bars.js";
import { calibration } from "./calibration.js";
import { heatmap } from "./heatmap.js";
import { line } from "./line.js";
import { pareto } from "./pareto.js";
import { scatter } from "./scatter.js";
import { stacked } from "./stacked.js";
import { whisker } from "./whisker.js";

type Kinds = { [Kind in Chart["kind"]]: (chart: Extract<Chart, { kind: Kind }>, plot: Plot) => PlotOption };

/** How each kind of chart is drawn. */
export const KINDS: Kinds = { bars, calibration, heatmap, line, pareto, scatter, stacked, whisker };

/** What a chart of any kind adds to the frame. */
export function plotOption(chart: Chart, plot: Plot): PlotOption {
  return (KINDS[chart.kind] as (chart: Chart, plot: Plot) => PlotOption)(chart, plot);
}
