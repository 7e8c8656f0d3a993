import type { JSX } from "preact";
import type { DashboardState, Mark, SheetFigures } from "../../../../reports/index.js";
import type { Pointed } from "../../charts/drawing.js";
import { isDrawn } from "../../charts/index.js";
import { href } from "../../route.js";
import { ChartCanvas } from "./chart-canvas.js";
import { downloadTable } from "./csv.js";
import { FiguresTable, type TableMarks } from "./figures-table.js";
import { Legend } from "./legend.js";
import { pick, toggle } from "./picks.js";
import { nothingSelected, wordsOf } from "./words.js";

/** A chart or table with its heading, what there is to see in a sentence, its figures as a table and as a file. */
export function SheetFigure(props: {
  sheet: SheetFigures;
  state: DashboardState;
  width: number;
  rows: string;
  page: string;
  change(next: DashboardState): void;
}): JSX.Element {
  const { sheet, state, width, rows, page, change } = props;
  const { name, kind, title, description, caption, picture, table, unfiltered } = sheet;
  const drawn = isDrawn(picture.kind);
  const spans = picture.kind === "line" || picture.kind === "area" ? picture.spans : null;
  const toSpan = (at: number): void => {
    const span = spans?.[at];
    if (span !== undefined) change(withSpan(state, span));
  };
  const onPoint = (pointed: Pointed): void =>
    "span" in pointed ? toSpan(pointed.span) : change(pick(state, sheet, pointed.marks));
  const marks: TableMarks = {
    ...marksOf(sheet),
    toggle: (mark: Mark) => change(toggle(state, sheet, mark)),
    ...(spans !== null && { span: toSpan }),
  };
  const empty = sheet.rows === 0;
  return (
    <figure class={`sheet span-${width}`} id={`sheet-${name}`} aria-labelledby={`sheet-${name}-title`}>
      <div class="sheet-head">
        <h2 id={`sheet-${name}-title`}>{title}</h2>
        {!empty && (
          <button
            type="button"
            class="plain-button no-print"
            aria-label={`Download ${title} as CSV`}
            onClick={() => downloadTable(`${page}-${name}`, table)}
          >
            CSV
          </button>
        )}
      </div>
      <figcaption>
        {!empty && caption} {description}
        {unfiltered.length > 0 && ` Of all, whatever ${wordsOf(unfiltered)} is chosen.`}
      </figcaption>
      {empty && <p class="nothing">{nothingSelected(rows)}</p>}
      {!empty && drawn && (
        <>
          <Legend picture={picture} toggle={marks.toggle} />
          <ChartCanvas picture={picture} label={`${title}. ${caption}`} onPoint={onPoint} />
          <details class="as-table">
            <summary>Figures as a table{canChoose(marks) ? ", to choose from" : ""}</summary>
            <FiguresTable label={title} table={table} marks={marks} />
          </details>
        </>
      )}
      {!empty && !drawn && (
        <>
          <FiguresTable label={title} table={table} marks={marks} sortable />
          {kind === "rows" && name === "alerts" && (
            <p class="sheet-more no-print">
              <a href={href(["alerts"])}>All of them, to search and sort</a>
            </p>
          )}
        </>
      )}
    </figure>
  );
}

/** A span may begin before the period or end after it: never more than what was shown. */
function withSpan(state: DashboardState, span: { from: number; to: number }): DashboardState {
  return {
    ...state,
    from: Math.max(span.from, state.from ?? span.from),
    to: Math.min(span.to, state.to ?? span.to),
  };
}

const canChoose = ({ rows = [], columns = [], span }: TableMarks): boolean =>
  span !== undefined ||
  [...rows, ...columns].some((mark) => mark !== null && Object.keys(mark.values).length > 0);

/** The marks behind the rows and columns of a sheet's table. */
function marksOf({ picture }: SheetFigures): Pick<TableMarks, "rows" | "columns"> {
  if (picture.kind === "bar") return { rows: picture.bars };
  if (picture.kind === "scatter") return { rows: picture.points };
  if (picture.kind === "table") return { rows: picture.marks };
  if (picture.kind === "heatmap") return { rows: picture.rows, columns: picture.columns };
  if (picture.kind === "stacked") return { columns: picture.parts };
  if (picture.kind === "rows") return {};
  return { columns: picture.panels.flatMap(({ series }) => series.map(({ mark }) => mark)) };
}
