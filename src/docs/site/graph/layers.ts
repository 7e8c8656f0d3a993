/** Nodes by their distance from where data begin, and within each layer near to what they are made from. */
export interface Layers {
  of: ReadonlyMap<number, number>;
  /** From left to right, each from top to bottom. */
  rows: number[][];
}

interface Edge {
  from: number;
  to: number;
}

const SWEEPS = 3;

/** Layers by the longest way, in time proportional to the edges: what a graph of thousands of nodes can afford. */
export function layers(ids: readonly number[], edges: readonly Edge[]): Layers {
  const parents = neighbours(ids, edges, "to", "from");
  const children = neighbours(ids, edges, "from", "to");
  const of = longestWays(ids, parents, children);
  const rows: number[][] = [];
  for (const id of ids) {
    const layer = of.get(id)!;
    while (rows.length <= layer) rows.push([]);
    rows[layer]!.push(id);
  }
  const order = new Map<number, number>();
  const number = (row: number[]): void => {
    for (const [at, id] of row.entries()) order.set(id, at / Math.max(1, row.length - 1));
  };
  rows.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const row of rows) settle(row, parents, order, number);
    for (const row of rows.toReversed()) settle(row, children, order, number);
  }
  return { of, rows };
}

/** Sorts a layer by the middle of each node's neighbours; nodes without any keep their place. */
function settle(
  row: number[],
  neighboursOf: ReadonlyMap<number, readonly number[]>,
  order: ReadonlyMap<number, number>,
  number: (row: number[]) => void,
): void {
  const wanted = new Map(
    row.map((id): [number, number] => {
      const near = neighboursOf.get(id)!;
      if (near.length === 0) return [id, order.get(id)!];
      return [id, near.reduce((sum, other) => sum + order.get(other)!, 0) / near.length];
    }),
  );
  row.sort((a, b) => wanted.get(a)! - wanted.get(b)!);
  number(row);
}

function neighbours(
  ids: readonly number[],
  edges: readonly Edge[],
  at: keyof Edge,
  other: keyof Edge,
): Map<number, number[]> {
  const found = new Map<number, number[]>(ids.map((id) => [id, []]));
  for (const edge of edges) found.get(edge[at])?.push(edge[other]);
  return found;
}

/** The longest way to each node. What stands in a circle, which only folders can do, ends up where it is met first. */
function longestWays(
  ids: readonly number[],
  parents: ReadonlyMap<number, readonly number[]>,
  children: ReadonlyMap<number, readonly number[]>,
): Map<number, number> {
  const waiting = new Map(ids.map((id) => [id, parents.get(id)!.length]));
  const layer = new Map(ids.map((id) => [id, 0]));
  const ready = ids.filter((id) => waiting.get(id) === 0);
  for (let at = 0; at < ready.length; at++) {
    const id = ready[at]!;
    for (const child of children.get(id)!) {
      layer.set(child, Math.max(layer.get(child)!, layer.get(id)! + 1));
      waiting.set(child, waiting.get(child)! - 1);
      if (waiting.get(child) === 0) ready.push(child);
    }
  }
  return layer;
}
