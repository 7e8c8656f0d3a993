import type { SiteKind, SiteNode } from "../../site-data.js";
import { type Item, layout, type Place, type Way } from "./layout.js";

/** A node as it is drawn; with rows, the columns that a trace goes through. */
export interface Box extends Place {
  at: number;
  width: number;
  height: number;
  columns: string[];
}

/** A line between two boxes, or between two columns. */
export interface Wire {
  from: number;
  to: number;
  /** Of an SVG path. */
  path: string;
  /** In words, how one is made of the other; empty between nodes. */
  how: string;
  /** Whether a value is passed on; false where it only decides. */
  direct: boolean;
}

/** Nodes that stand together: of one kind and in one folder. */
export interface Folder {
  kind: SiteKind;
  /** `models/staging`, `erp`. */
  name: string;
  /** What selects exactly its nodes. */
  selector: string;
  members: number[];
}

/** All that is drawn. */
export interface Picture {
  boxes: Map<number, Box>;
  wires: Wire[];
  width: number;
  height: number;
  /** Where boxes are folders: what they hold, the box -1 being the first. */
  folders?: readonly Folder[];
}

/** Size of a box without columns. */
export const BOX = { width: 240, height: 46, row: 22 };

/** The given nodes and what leads from one to another of them. */
export function nodePicture(nodes: readonly SiteNode[], shown: ReadonlySet<number>): Picture {
  const items: Item[] = [...shown].map((id) => ({ id, width: BOX.width, height: BOX.height }));
  const ways: Way[] = items.flatMap(({ id }) =>
    [...new Set(nodes[id]!.parents)].filter((from) => shown.has(from)).map((from) => ({ from, to: id })),
  );
  const { places, bends, width, height } = layout(items, ways);
  const boxes = boxesOf(items, places, new Map());
  const wires = ways.map(({ from, to }, at) => ({
    from,
    to,
    path: curve(rightOf(boxes.get(from)!), bends[at]!, leftOf(boxes.get(to)!)),
    how: "",
    direct: true,
  }));
  return { boxes, wires, width, height };
}

/** A step from one column to another; null as a column stands for the rows. */
export interface TracedStep {
  from: { at: number; column: string };
  to: { at: number; column: string };
  how: string;
  direct: boolean;
}

/** The nodes that a trace goes through, with the columns it touches. */
export function tracePicture(steps: readonly TracedStep[], start: TracedStep["from"]): Picture {
  const columns = new Map<number, string[]>();
  for (const { at, column } of [start, ...steps.flatMap(({ from, to }) => [from, to])]) {
    const known = columns.get(at) ?? [];
    if (!known.includes(column)) known.push(column);
    columns.set(at, known);
  }
  const items = [...columns].map(([id, names]) => ({
    id,
    width: BOX.width,
    height: BOX.height + names.length * BOX.row + 6,
  }));
  const ways = [
    ...new Map(steps.map(({ from, to }) => [`${from.at}>${to.at}`, { from: from.at, to: to.at }])).values(),
  ];
  const { places, width, height } = layout(items, ways);
  const boxes = boxesOf(items, places, columns);
  const wires = steps.map(({ from, to, how, direct }): Wire => {
    const [left, right] = [boxes.get(from.at)!, boxes.get(to.at)!];
    return {
      from: from.at,
      to: to.at,
      path: curve({ x: left.x + left.width, y: rowOf(left, from.column) }, [], {
        x: right.x,
        y: rowOf(right, to.column),
      }),
      how,
      direct,
    };
  });
  return { boxes, wires, width, height };
}

function boxesOf(
  items: readonly Item[],
  places: ReadonlyMap<number, Place>,
  columns: ReadonlyMap<number, string[]>,
): Map<number, Box> {
  return new Map(
    items.map(({ id, width, height }) => [
      id,
      { at: id, ...places.get(id)!, width, height, columns: columns.get(id) ?? [] },
    ]),
  );
}

const rightOf = (box: Box): Place => ({ x: box.x + box.width, y: box.y + box.height / 2 });
const leftOf = (box: Box): Place => ({ x: box.x, y: box.y + box.height / 2 });

/** The middle of a column's row within its box. */
export function rowOf(box: Box, column: string): number {
  return box.y + BOX.height + (box.columns.indexOf(column) + 0.5) * BOX.row;
}

/** A line that leaves to the right and arrives from the left. */
export function curve(start: Place, bends: readonly Place[], end: Place): string {
  let path = `M${round(start.x)} ${round(start.y)}`;
  let last = start;
  for (const next of [...bends, end]) {
    const middle = round((last.x + next.x) / 2);
    path += `C${middle} ${round(last.y)} ${middle} ${round(next.y)} ${round(next.x)} ${round(next.y)}`;
    last = next;
  }
  return path;
}

const round = (value: number): number => Math.round(value * 10) / 10;
