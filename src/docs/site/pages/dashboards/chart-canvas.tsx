import type { ECharts } from "echarts";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type SheetPicture, theme } from "../../../../reports/index.js";
import type { Drawing, Pointed, Tip } from "../../charts/drawing.js";
import { drawingOf } from "../../charts/index.js";
import { loadScript } from "../../store.js";
import { dark } from "../../theme.js";

interface ChartWindow {
  slaCharts?: { init(element: HTMLElement, theme: null, options: { renderer: "svg" }): ECharts };
}

let loading: Promise<void> | undefined;

/** The chart library, loaded once and only where there is a chart. */
function library(): Promise<void> {
  loading ??= loadScript("assets/charts.js");
  return loading;
}

interface Point {
  offsetX: number;
  offsetY: number;
}

/** A picture, drawn anew when its figures, its width or the theme change. */
export function ChartCanvas(props: {
  picture: SheetPicture;
  label: string;
  onPoint(pointed: Pointed): void;
}): JSX.Element {
  const { picture, label, onPoint } = props;
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | undefined>(undefined);
  const drawn = useRef<Drawing | undefined>(undefined);
  const point = useRef(onPoint);
  const [width, setWidth] = useState(0);
  const [ready, setReady] = useState(false);
  const [scrolls, setScrolls] = useState(false);
  const printing = usePrinting();
  point.current = onPoint;

  useEffect(() => {
    const element = frame.current!;
    let gone = false;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    void library().then(() => {
      if (gone) return;
      observer.observe(element);
      setWidth(element.clientWidth);
      setReady(true);
    });
    return () => {
      gone = true;
      observer.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);

  const side = dark.value && !printing ? "dark" : "light";
  useEffect(() => {
    const element = frame.current!;
    if (!ready || width === 0) return;
    const ground = printing ? "#ffffff" : getComputedStyle(element).getPropertyValue("--page").trim();
    const natural = drawingOf(picture, { theme: theme(side), ground, width });
    if (natural === null) return;
    const room = Math.max(width, natural.minWidth ?? 0);
    const drawing =
      room === width ? natural : drawingOf(picture, { theme: theme(side), ground, width: room })!;
    const box = element.firstElementChild as HTMLElement;
    setScrolls(room > width);
    box.style.width = `${room}px`;
    box.style.height = `${drawing.height}px`;
    drawn.current = drawing;
    if (chart.current === undefined) {
      chart.current = (window as unknown as ChartWindow).slaCharts!.init(box, null, { renderer: "svg" });
      listen(chart.current, drawn, (pointed) => point.current(pointed));
    } else chart.current.resize({ width: room, height: drawing.height, silent: true });
    chart.current.setOption(
      { ...drawing.option, tooltip: { ...(drawing.option.tooltip as object), ...tooltip(drawing) } },
      { replaceMerge: ["series", "grid", "xAxis", "yAxis"] },
    );
  }, [picture, side, width, ready, printing]);

  return (
    <div
      class="canvas-frame"
      ref={frame}
      {...(scrolls ? { tabIndex: 0, role: "region" as const, "aria-label": "Chart, scrolls" } : {})}
    >
      <div class="chart" role="img" aria-label={label} />
    </div>
  );
}

function listen(
  chart: ECharts,
  drawn: { current: Drawing | undefined },
  point: (pointed: Pointed) => void,
): void {
  chart.on("click", (params) => {
    if (drawn.current === undefined || drawn.current.wholeColumns === true) return;
    const { seriesIndex = 0, dataIndex } = params as { seriesIndex?: number; dataIndex: number };
    const pointed = drawn.current.pointed({ seriesIndex, dataIndex });
    if (pointed !== null) point(pointed);
  });
  // Lines are thin: a click anywhere over a span means it.
  chart.getZr().on("click", (event: Point) => {
    if (drawn.current?.wholeColumns !== true) return;
    const at = [event.offsetX, event.offsetY];
    const grids = (drawn.current.option.grid as unknown[]).map((_, grid) => grid);
    const grid = grids.find((gridIndex) => chart.containPixel({ gridIndex }, at));
    if (grid === undefined) return;
    const [span] = chart.convertFromPixel({ gridIndex: grid }, at) as [number, number];
    const pointed = drawn.current.pointed({ seriesIndex: 0, dataIndex: Math.round(span) });
    if (pointed !== null) point(pointed);
  });
}

/** The box beside the pointer, made of elements: text from data stays text, and no style stands in markup. */
function tooltip(drawing: Drawing): object {
  return {
    confine: true,
    borderWidth: 0,
    padding: 0,
    transitionDuration: 0,
    backgroundColor: "transparent",
    shadowColor: "transparent",
    extraCssText: "box-shadow:none",
    formatter: (params: unknown) => {
      const [first] = (Array.isArray(params) ? params : [params]) as {
        seriesIndex: number;
        dataIndex: number;
      }[];
      const tip = first === undefined ? null : drawing.tip(first);
      return tip === null ? "" : tipElement(tip);
    },
  };
}

function tipElement({ title, lines }: Tip): HTMLElement {
  const box = element("div", "chart-tip");
  box.append(element("b", "", title));
  for (const { label, text, colour } of lines) {
    const line = element("div", "chart-tip-line");
    if (colour !== undefined) {
      const swatch = element("i", "swatch");
      swatch.style.background = colour;
      line.append(swatch);
    }
    line.append(element("span", "", label), element("span", "figure", text));
    box.append(line);
  }
  return box;
}

function element(tag: string, name: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (name !== "") made.className = name;
  made.textContent = text;
  return made;
}

/** Whether the page is being printed: on paper it is light. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia("print");
    const change = (): void => setPrinting(media.matches);
    media.addEventListener("change", change);
    return () => media.removeEventListener("change", change);
  }, []);
  return printing;
}
