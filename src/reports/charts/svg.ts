import type { EChartsOption } from "echarts";
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import {
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
} from "echarts/components";
import { init, setPlatformAPI, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { ChartSize } from "../../manifest/index.js";
import { textWidth } from "./typeface.js";

use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  SVGRenderer,
]);
// There is no canvas here to measure text with: without this, widths are guessed and labels get lost.
setPlatformAPI({ measureText: (text, font) => ({ width: textWidth(text, font) }) as never });

/** An option as SVG. */
export function renderSvg(option: EChartsOption, { width, height }: ChartSize): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    // What is not disposed keeps the process from ending.
    chart.dispose();
  }
}
