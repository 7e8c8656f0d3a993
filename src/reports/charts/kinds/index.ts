import type { Chart } from "../../../manifest/index.js";
import type { Plot, PlotOption } from "../plot.js";
import { pareto } from "./pareto.js";

type Kinds = { [Kind in Chart["kind"]]: (chart: Extract<Chart, { kind: Kind }>, plot: Plot) => PlotOption };

const KINDS: Kinds = { pareto } as unknown as Kinds;

/** What a chart of any kind adds to the frame. */
export function plotOption(chart: Chart, plot: Plot): PlotOption {
  return (KINDS[chart.kind] as (chart: Chart, plot: Plot) => PlotOption)(chart, plot);
}
