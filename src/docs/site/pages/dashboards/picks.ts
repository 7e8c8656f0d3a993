import type { DashboardState, Mark, SheetFigures, SheetSelection } from "../../../../reports/index.js";

type Values = SheetSelection["values"];
type Chosen = string | number | null;

/** The marks of a sheet that can be chosen, list by list: of a heat map its rows and its columns. */
export function choosable({ picture }: SheetFigures): Mark[][] {
  const real = (marks: readonly Mark[]): Mark[] =>
    marks.filter(({ values }) => Object.keys(values).length > 0);
  const lists: Record<typeof picture.kind, () => Mark[][]> = {
    line: () => (picture.kind === "line" ? [picture.panels.flatMap(seriesMarks)] : []),
    area: () => (picture.kind === "area" ? [picture.panels.flatMap(seriesMarks)] : []),
    bar: () => (picture.kind === "bar" ? [picture.bars] : []),
    stacked: () => (picture.kind === "stacked" ? [picture.parts] : []),
    heatmap: () => (picture.kind === "heatmap" ? [picture.rows, picture.columns] : []),
    scatter: () => (picture.kind === "scatter" ? [picture.points] : []),
    table: () => (picture.kind === "table" ? [picture.marks] : []),
    rows: () => [],
  };
  return lists[picture.kind]().map(real);
}

const seriesMarks = ({ series }: { series: readonly { mark: Mark | null }[] }): Mark[] =>
  series.flatMap(({ mark }) => (mark === null ? [] : [mark]));

/** Only so many columns as it takes to tell the marks apart: a system's tier goes without saying. */
function telling(marks: readonly Mark[]): string[] {
  const columns = Object.keys(marks[0]?.values ?? {});
  for (let count = 1; count < columns.length; count++) {
    const some = columns.slice(0, count);
    const keys = new Set(marks.map(({ values }) => JSON.stringify(some.map((column) => values[column]))));
    if (keys.size === marks.length) return some;
  }
  return columns;
}

const same = (a: Chosen, b: Chosen): boolean =>
  a === null || b === null ? a === b : String(a) === String(b);

/** Whether a mark is among what is chosen in its own sheet. */
export function isChosen(mark: Mark, values: Values): boolean {
  const columns = Object.keys(mark.values).filter((column) => column in values);
  return (
    columns.length > 0 &&
    columns.every((column) => values[column]!.some((value) => same(value, mark.values[column]!)))
  );
}

const chosenIn = (state: DashboardState, sheet: string): Values =>
  state.selections.find((selection) => selection.sheet === sheet)?.values ?? {};

function withValues(state: DashboardState, sheet: string, values: Values): DashboardState {
  const kept = Object.fromEntries(Object.entries(values).filter(([, list]) => list.length > 0));
  const others = state.selections.filter((selection) => selection.sheet !== sheet);
  return {
    ...state,
    selections: Object.keys(kept).length === 0 ? others : [...others, { sheet, values: kept }],
  };
}

/** Chooses a mark besides those that are, or lets go of it. */
export function toggle(state: DashboardState, figures: SheetFigures, mark: Mark): DashboardState {
  if (Object.keys(mark.values).length === 0) return state;
  const list = choosable(figures).find((marks) => marks.includes(mark)) ?? [mark];
  const columns = telling(list);
  const before = chosenIn(state, figures.name);
  const was = isChosen(mark, before);
  const marks = list.filter((other) => (other === mark ? !was : isChosen(other, before)));
  const values = Object.fromEntries(
    columns.map((column) => [column, [...new Set(marks.map((one) => one.values[column]!))]]),
  );
  return withValues(state, figures.name, { ...before, ...values });
}

/** Chooses marks of several lists at once, a field of a heat map, in place of what was; or lets go of them where they were all. */
export function pick(state: DashboardState, figures: SheetFigures, marks: readonly Mark[]): DashboardState {
  if (marks.length === 1) return toggle(state, figures, marks[0]!);
  const values = Object.fromEntries(
    marks.flatMap((mark) => Object.entries(mark.values).map(([column, value]) => [column, [value]])),
  );
  const before = chosenIn(state, figures.name);
  const already =
    Object.keys(values).length === Object.keys(before).length &&
    Object.entries(values).every(
      ([column, [value]]) => before[column]?.length === 1 && same(before[column][0]!, value!),
    );
  return withValues(state, figures.name, already ? {} : values);
}

/** A state without one chosen value. */
export function without(state: DashboardState, sheet: string, column: string, value: Chosen): DashboardState {
  const before = chosenIn(state, sheet);
  const left = (before[column] ?? []).filter((other) => !same(other, value));
  return withValues(state, sheet, { ...before, [column]: left });
}
