import type { ColumnInput, ColumnLineage, LineageTransformation } from "../manifest/index.js";

/** A column of a node, or with null the rows of it. */
export interface ColumnRef {
  node: string;
  column: string | null;
}

/** A neighbour of a column, and all the ways in which one takes part in the other. */
export interface ColumnStep extends ColumnRef {
  how: LineageTransformation[];
}

/** A step of a walk, from the column that was reached before. */
export interface ColumnEdge {
  from: ColumnRef;
  to: ColumnRef;
  how: LineageTransformation[];
}

/** Which columns are made of which, among all columns of a project. Names count without regard to case. */
export class ColumnGraph {
  readonly #names = new Map<string, ColumnRef>();
  readonly #inputs = new Map<string, ColumnStep[]>();
  readonly #uses = new Map<string, ColumnStep[]>();

  constructor(lineage: ColumnLineage) {
    for (const [node, { columns, rows }] of Object.entries(lineage.nodes)) {
      for (const { name, inputs } of columns) this.#add({ node, column: name }, inputs);
      this.#add({ node, column: null }, rows);
    }
  }

  #add(to: ColumnRef, inputs: readonly ColumnInput[]): void {
    this.#names.set(keyOf(to), to);
    const steps = new Map<string, ColumnStep>();
    for (const { node, column, ...how } of inputs) {
      const key = keyOf({ node, column });
      const step = steps.get(key) ?? { node, column, how: [] };
      step.how.push(how);
      steps.set(key, step);
    }
    this.#inputs.set(keyOf(to), [...steps.values()]);
    for (const [key, { how }] of steps) {
      const uses = this.#uses.get(key) ?? [];
      uses.push({ ...to, how });
      this.#uses.set(key, uses);
    }
  }

  /** The column as its node spells it; undefined if there is none. */
  find(ref: ColumnRef): ColumnRef | undefined {
    return this.#names.get(keyOf(ref));
  }

  /** The columns that a column is made of, or that decide over the rows of a node. */
  inputs(ref: ColumnRef): readonly ColumnStep[] {
    return this.#inputs.get(keyOf(ref)) ?? [];
  }

  /** The columns that are made of a column, and the nodes over whose rows it decides. */
  uses(ref: ColumnRef): readonly ColumnStep[] {
    return this.#uses.get(keyOf(ref)) ?? [];
  }

  /**
   * All steps that lead up or down from some columns, at most `depth` generations, each column entered once. Rows end a way down:
   * on them depends all that is below.
   */
  walk(
    starts: readonly ColumnRef[],
    direction: "inputs" | "uses",
    depth = Number.POSITIVE_INFINITY,
  ): ColumnEdge[] {
    const edges: ColumnEdge[] = [];
    const seen = new Set(starts.map(keyOf));
    let generation = starts;
    for (let level = 0; level < depth && generation.length > 0; level++) {
      const next: ColumnRef[] = [];
      for (const at of generation) {
        for (const { how, ...step } of this[direction](at)) {
          edges.push(direction === "inputs" ? { from: step, to: at, how } : { from: at, to: step, how });
          if (seen.has(keyOf(step))) continue;
          seen.add(keyOf(step));
          if (step.column !== null) next.push(step);
        }
      }
      generation = next;
    }
    return edges;
  }
}

/** The nodes of a column and of all that is reached from it: for each, the columns that are, none where only its rows are. */
export function reachedNodes(
  graph: ColumnGraph,
  { node, column, parents, children }: ColumnRef & { parents: number; children: number },
): Map<string, string[]> {
  const start = { node, column };
  const reached = new Map<string, Set<string>>();
  const add = (ref: ColumnRef) => {
    const columns = reached.get(ref.node) ?? new Set<string>();
    if (ref.column !== null) columns.add(ref.column);
    reached.set(ref.node, columns);
  };
  add(start);
  for (const { from } of graph.walk([start], "inputs", parents)) add(from);
  for (const { to } of graph.walk([start], "uses", children)) add(to);
  return new Map([...reached].map(([id, columns]) => [id, [...columns].sort()]));
}

function keyOf({ node, column }: ColumnRef): string {
  return column === null ? node : `${node} ${column.toLowerCase()}`;
}
