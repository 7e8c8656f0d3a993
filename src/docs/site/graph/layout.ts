import dagre from "@dagrejs/dagre";
import { layers } from "./layers.js";

/** A box to place. */
export interface Item {
  id: number;
  width: number;
  height: number;
}

/** A way between two boxes, from left to right. */
export interface Way {
  from: number;
  to: number;
}

/** Where a box stands: its top left corner. */
export interface Place {
  x: number;
  y: number;
}

/** What was placed where. */
export interface Layout {
  places: Map<number, Place>;
  /** Points of each way, in the order in which they were given; empty for a straight one. */
  bends: Place[][];
  width: number;
  height: number;
}

/** Up to here the careful layout takes less than half a second. */
const CAREFUL = { items: 260, span: 2600 };

/** Boxes from left to right in the order of the data: few crossings where there are few of them, in no time where there are many. */
export function layout(items: readonly Item[], ways: readonly Way[]): Layout {
  const ranks = layers(
    items.map(({ id }) => id),
    ways,
  );
  const span = ways.reduce((sum, { from, to }) => sum + ranks.of.get(to)! - ranks.of.get(from)!, 0);
  return items.length <= CAREFUL.items && span <= CAREFUL.span
    ? careful(items, ways)
    : quick(items, ways, ranks.rows);
}

function careful(items: readonly Item[], ways: readonly Way[]): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 64, edgesep: 8, marginx: 24, marginy: 24 });
  for (const { id, width, height } of items) graph.setNode(String(id), { width, height });
  for (const [at, { from, to }] of ways.entries()) graph.setEdge(String(from), String(to), {}, String(at));
  dagre.layout(graph);
  const places = new Map(
    items.map(({ id, width, height }): [number, Place] => {
      const { x = 0, y = 0 } = graph.node(String(id)) as Partial<Place>;
      return [id, { x: x - width / 2, y: y - height / 2 }];
    }),
  );
  const bends = ways.map(({ from, to }, at) => {
    const { points = [] } = graph.edge(String(from), String(to), String(at)) as { points?: Place[] };
    return points.slice(1, -1);
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { places, bends, width, height };
}

const GAP = { x: 70, y: 14, margin: 24 };

function quick(items: readonly Item[], ways: readonly Way[], rows: readonly (readonly number[])[]): Layout {
  const sizes = new Map(items.map((item) => [item.id, item]));
  const heightOf = (row: readonly number[]): number =>
    row.reduce((sum, id) => sum + sizes.get(id)!.height + GAP.y, -GAP.y);
  const height = Math.max(...rows.map(heightOf), 0) + 2 * GAP.margin;
  const places = new Map<number, Place>();
  let x = GAP.margin;
  for (const row of rows) {
    let y = (height - heightOf(row)) / 2;
    for (const id of row) {
      places.set(id, { x, y });
      y += sizes.get(id)!.height + GAP.y;
    }
    x += Math.max(...row.map((id) => sizes.get(id)!.width)) + GAP.x;
  }
  return { places, bends: ways.map(() => []), width: x - GAP.x + GAP.margin, height };
}
