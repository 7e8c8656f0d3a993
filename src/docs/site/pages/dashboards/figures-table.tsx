import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { dayText, figureText, type Mark, numberText, type SheetFigures } from "../../../../reports/index.js";
import { TableFrame } from "../../components/table-frame.js";

type Table = SheetFigures["table"];
type Column = Table["columns"][number];
type Value = string | number | null;

/** Marks behind rows and columns, which can be chosen there as in the picture. */
export interface TableMarks {
  rows?: readonly (Mark | null)[];
  columns?: readonly (Mark | null)[];
  /** For a row without a mark that means a span of time. */
  spans?: readonly string[];
  toggle(mark: Mark): void;
  span?(at: number): void;
}

/** Figures as a table; sortable by each column where `sortable` says so. */
export function FiguresTable(props: {
  label: string;
  table: Table;
  marks?: TableMarks;
  sortable?: boolean;
  most?: number;
}): JSX.Element {
  const { label, table, marks, sortable = false, most } = props;
  const [sort, setSort] = useState<{ column: number; down: boolean } | null>(null);
  const order = sorted(table, sort).slice(0, most);
  return (
    <TableFrame label={label}>
      <table class="table figures">
        <caption class="unseen">{label}</caption>
        <thead>
          <tr>
            {table.columns.map((column, at) => (
              <th
                key={column.name}
                scope="col"
                class={column.kind === "number" ? "number" : undefined}
                aria-sort={sort?.column === at ? (sort.down ? "descending" : "ascending") : undefined}
              >
                {sortable ? (
                  <button
                    type="button"
                    class="sort"
                    onClick={() =>
                      setSort((now) =>
                        now?.column === at
                          ? { column: at, down: !now.down }
                          : { column: at, down: column.kind === "number" },
                      )
                    }
                  >
                    {column.label}
                    <span aria-hidden="true">{sort?.column === at ? (sort.down ? " ↓" : " ↑") : ""}</span>
                  </button>
                ) : (
                  <Choice
                    mark={at === 0 ? null : (marks?.columns?.[at - 1] ?? null)}
                    text={column.label}
                    marks={marks}
                  />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.map((at) => (
            <tr key={at} class={marks?.rows?.[at]?.selected === false ? "faded" : undefined}>
              {table.rows[at]!.map((value, column) => (
                <Cell
                  key={table.columns[column]!.name}
                  column={table.columns[column]!}
                  all={table}
                  place={column}
                  value={value}
                >
                  {column === 0 ? first(marks, at, textOf(value, table.columns[0]!)) : null}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function first(marks: TableMarks | undefined, at: number, text: string): JSX.Element | null {
  const mark = marks?.rows?.[at] ?? null;
  if (mark !== null) return <Choice mark={mark} text={text} marks={marks} />;
  if (marks?.span === undefined) return null;
  return (
    <button type="button" class="pick" title="Show this period only" onClick={() => marks.span!(at)}>
      {text}
    </button>
  );
}

function Choice(props: { mark: Mark | null; text: string; marks: TableMarks | undefined }): JSX.Element {
  const { mark, text, marks } = props;
  if (mark === null || marks === undefined || Object.keys(mark.values).length === 0) return <>{text}</>;
  return (
    <button
      type="button"
      class="pick"
      aria-pressed={mark.selected === true}
      title={mark.selected === true ? `Let go of ${text}` : `Show ${text} only`}
      onClick={() => marks.toggle(mark)}
    >
      {text}
    </button>
  );
}

function Cell(props: {
  column: Column;
  all: Table;
  place: number;
  value: Value;
  children: JSX.Element | null;
}): JSX.Element {
  const { column, all, place, value, children } = props;
  if (place === 0)
    return (
      <th scope="row" class={column.kind === "number" ? "number" : undefined}>
        {children ?? textOf(value, column)}
      </th>
    );
  if (isShare(column) && typeof value === "number" && all.columns.length > 1)
    return (
      <td class="number">
        <meter class="share" min={0} max={1} value={value} aria-label={column.label} />{" "}
        {numberText(100 * value, 0)} %
      </td>
    );
  return (
    <td class={column.kind === "text" ? widthOf(value) : column.kind === "day" ? "tight" : "number"}>
      {textOf(value, column)}
    </td>
  );
}

/** Short words stay on one line, sentences get room. */
function widthOf(value: Value): string | undefined {
  const length = typeof value === "string" ? value.length : 0;
  return length > 36 ? "long" : length < 20 ? "tight" : undefined;
}

/** A column of a model that holds shares of 1, by its name. */
const isShare = ({ name, format }: Column): boolean =>
  format === null && /(?:^|_)(?:probability|share|rate|ratio)$/.test(name);

function textOf(value: Value, { kind, format }: Column): string {
  if (value === null) return "–";
  if (kind === "day" && typeof value === "number") return dayText(value);
  if (typeof value !== "number") return value;
  if (format !== null) return figureText(value, format);
  return Number.isInteger(value) ? String(value).replace("-", "−") : numberText(value, 1);
}

function sorted({ rows }: Table, sort: { column: number; down: boolean } | null): number[] {
  const order = rows.map((_, at) => at);
  if (sort === null) return order;
  const sign = sort.down ? -1 : 1;
  return order.sort((a, b) => {
    const [x, y] = [rows[a]![sort.column] ?? null, rows[b]![sort.column] ?? null];
    if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
    const by =
      typeof x === "number" && typeof y === "number"
        ? x - y
        : String(x).localeCompare(String(y), "en", { numeric: true });
    return sign * by || a - b;
  });
}
