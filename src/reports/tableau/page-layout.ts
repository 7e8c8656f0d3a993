import type { Dashboard, SheetKind } from "../../manifest/index.js";

/** A rectangle on a page, in pixels. */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Where the parts of a dashboard stand. */
export interface PageLayout {
  width: number;
  height: number;
  heading: Box;
  controls: Box[];
  /** For each card, in the order of the dashboard. */
  cards: Box[];
  /** By the name of the sheet. */
  sheets: Map<string, Box>;
}

const WIDTH = 1400;
const COLUMNS = 12;
const HEADING = 88;
const CONTROL = { width: 260, height: 64 };
const CARD = { height: 96, line: 22, inRow: 6 };

/** How high a kind of sheet stands. */
const HEIGHTS: Partial<Record<SheetKind, number>> = { heatmap: 520, table: 440, rows: 480 };
const HEIGHT = 360;

/** Lays out a page from top to bottom: heading, filters, cards, then the rows of sheets. */
export function layOut(dashboard: Dashboard, controls: number, cardLines: readonly number[]): PageLayout {
  let y = 0;
  const heading = { x: 0, y, w: WIDTH, h: HEADING };
  y += HEADING;
  const across = Math.floor(WIDTH / CONTROL.width);
  const controlBoxes = Array.from(
    { length: controls },
    (_, at): Box => ({
      x: (at % across) * CONTROL.width,
      y: y + Math.floor(at / across) * CONTROL.height,
      w: CONTROL.width,
      h: CONTROL.height,
    }),
  );
  y += Math.ceil(controls / across) * CONTROL.height;
  const cards: Box[] = [];
  for (let start = 0; start < cardLines.length; start += CARD.inRow) {
    const row = cardLines.slice(start, start + CARD.inRow);
    const h = CARD.height + CARD.line * Math.max(...row);
    for (const [at] of row.entries()) cards.push({ ...columns(at, 1, row.length), y, h });
    y += h;
  }
  const sheets = new Map<string, Box>();
  const kinds = new Map(dashboard.sheets.map(({ name, kind }) => [name, kind]));
  for (const row of dashboard.layout) {
    const h = Math.max(...row.map(({ sheet }) => HEIGHTS[kinds.get(sheet)!] ?? HEIGHT));
    let column = 0;
    for (const { sheet, width } of row) {
      sheets.set(sheet, { ...columns(column, width, COLUMNS), y, h });
      column += width;
    }
    y += h;
  }
  return { width: WIDTH, height: y, heading, controls: controlBoxes, cards, sheets };
}

/** Some of the equal columns that a page is cut into; neighbours touch and never overlap. */
function columns(from: number, count: number, of: number): { x: number; w: number } {
  const at = (column: number) => Math.round((column * WIDTH) / of);
  return { x: at(from), w: at(from + count) - at(from) };
}

/** A box in parts of 100,000 of the page, as Tableau places zones. */
export function inShares({ x, y, w, h }: Box, page: Pick<PageLayout, "width" | "height">): Box {
  const across = (value: number) => Math.round((value * 100_000) / page.width);
  const down = (value: number) => Math.round((value * 100_000) / page.height);
  return { x: across(x), y: down(y), w: across(x + w) - across(x), h: down(y + h) - down(y) };
}

/** A box cut into rows of equal height. */
export function stacked({ x, y, w, h }: Box, count: number): Box[] {
  const at = (row: number) => y + Math.round((row * h) / count);
  return Array.from({ length: count }, (_, row) => ({ x, y: at(row), w, h: at(row + 1) - at(row) }));
}
