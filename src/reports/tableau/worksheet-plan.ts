import type { Filter } from "./filter.js";
import { bracketed } from "./formula.js";
import { type Pill, pillName, pillReference } from "./pill.js";
import type { Source } from "./source.js";
import type { TextRun } from "./text-run.js";

/** What may stand on a shelf: a pill, the values of several measures, or their names. */
export type ShelfItem = Pill | "values" | "names";

/** A statistic or a value as a line across a chart. */
export interface PlanLine {
  pill: Pill;
  at: "median" | "mean" | number;
  label: string;
}

/** How marks are drawn; a sheet with several axes has one of these for each of them, after the one for all. */
export interface PanePlan {
  mark: "Automatic" | "Text" | "Line" | "Area" | "Bar" | "Square" | "Circle";
  /** The item of the rows shelf that it is for; absent for all. */
  axis?: ShelfItem;
  color?: Pill | "names";
  text?: readonly ShelfItem[];
  detail?: readonly Pill[];
  tooltip?: readonly Pill[];
  /** What is written in place of the values of `text`. */
  label?: readonly TextRun[];
  showLabels?: boolean;
  /** The one colour of marks that have none by value. */
  markColor?: string;
  lines?: readonly PlanLine[];
  centered?: boolean;
}

/** The order of a dimension's values: by another pill, or by themselves from the end. */
export interface SortPlan {
  pill: Pill;
  direction: "asc" | "desc";
  using: Pill | null;
}

/** A worksheet, before it is XML. */
export interface WorksheetPlan {
  name: string;
  title: readonly TextRun[];
  caption: string;
  altText: string;
  source: Source;
  filters: readonly Filter[];
  sorts: readonly SortPlan[];
  rows: readonly ShelfItem[];
  cols: readonly ShelfItem[];
  panes: readonly PanePlan[];
  /** The measures whose values and names stand on shelves, in their order. */
  measures: readonly Pill[];
  /** Colours in steps from little to much, for the pill that colours a grid. */
  ramp?: { pill: Pill; colors: readonly string[] };
  /** Whether headings of fields are left out, as on a card. */
  plain?: boolean;
  /** Pills whose values are written in a format of their own. */
  formats?: readonly { pill: Pill; format: string }[];
}

/** Whether an item of a shelf is a pill of its own. */
export const isPill = (item: ShelfItem | undefined): item is Pill => typeof item === "object";

/** How shelves and encodings refer to an item. */
export function itemReference(source: Source, item: ShelfItem): string {
  if (item === "values") return `${bracketed(source.name)}.[Multiple Values]`;
  if (item === "names") return `${bracketed(source.name)}.[:Measure Names]`;
  return pillReference(item);
}

/** Every pill of a sheet, once. */
export function pillsOf(plan: WorksheetPlan): Pill[] {
  const found = new Map<string, Pill>();
  const add = (...items: readonly (ShelfItem | null | undefined)[]) => {
    for (const item of items) {
      if (typeof item !== "object" || item === null) continue;
      found.set(pillName(item), item);
      add(item.shareAlong);
    }
  };
  add(...plan.rows, ...plan.cols, ...plan.measures, ...plan.filters.map(({ pill }) => pill));
  for (const { pill, using } of plan.sorts) add(pill, using);
  for (const pane of plan.panes) {
    add(pane.color === "names" ? null : pane.color, ...(pane.text ?? []), ...(pane.detail ?? []));
    add(...(pane.tooltip ?? []), ...(pane.lines ?? []).map(({ pill }) => pill));
    for (const { text } of pane.label ?? []) if (typeof text !== "string") add(text);
  }
  return [...found.values()];
}
