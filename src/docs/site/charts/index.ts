import type { SheetPicture } from "../../../reports/index.js";
import { bars } from "./bars.js";
import type { Canvas, Drawing } from "./drawing.js";
import { heatmap } from "./heatmap.js";
import { lines } from "./lines.js";
import { scatter } from "./scatter.js";
import { stacked } from "./stacked.js";

type Kinds = {
  [Kind in SheetPicture["kind"]]:
    | ((picture: Extract<SheetPicture, { kind: Kind }>, canvas: Canvas) => Drawing)
    | null;
};

/** How each kind of picture is drawn; tables are none. */
const KINDS: Kinds = {
  line: (picture, canvas) => lines(picture, canvas),
  area: (picture, canvas) => lines(picture, canvas),
  bar: bars,
  stacked,
  heatmap,
  scatter,
  table: null,
  rows: null,
};

/** A sheet's picture for ECharts; null for a table. */
export function drawingOf(picture: SheetPicture, canvas: Canvas): Drawing | null {
  const draw = KINDS[picture.kind] as ((picture: SheetPicture, canvas: Canvas) => Drawing) | null;
  return draw === null ? null : draw(picture, canvas);
}

/** Whether a kind of sheet has a picture. */
export const isDrawn = (kind: SheetPicture["kind"]): boolean => KINDS[kind] !== null;
