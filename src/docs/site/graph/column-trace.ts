import { ColumnGraph, type ColumnRef } from "../../../graph/index.js";
import type { ColumnLineage, LineageTransformation } from "../../../manifest/index.js";
import type { SiteLineage } from "../../site-data.js";
import { core, load, positionOf } from "../store.js";
import type { TracedStep } from "./picture.js";

/** How a column takes part in another, in the words of `sla lineage`. */
export const HOW: Readonly<Record<LineageTransformation["subtype"], string>> = {
  IDENTITY: "copied",
  TRANSFORMATION: "computed",
  AGGREGATION: "aggregated",
  CONDITIONAL: "by condition",
  WINDOW: "over window",
  JOIN: "joined by",
  FILTER: "filtered by",
  GROUP_BY: "grouped by",
  SORT: "sorted by",
};

/** What stands for the rows of a node, on which all its columns depend. */
export const ROWS = "which rows";

/** Column-level lineage, ready to be walked. */
export interface LoadedLineage {
  graph: ColumnGraph;
  lineage: ColumnLineage;
}

let loading: Promise<LoadedLineage> | undefined;

/** Loads the lineage of columns; once. */
export function loadLineage(): Promise<LoadedLineage> {
  loading ??= load<SiteLineage>("lineage").then((compact) => {
    const lineage = spelledOut(compact);
    return { lineage, graph: new ColumnGraph(lineage) };
  });
  return loading;
}

/** In the data file a node is its position; everywhere else its id. */
function spelledOut(compact: SiteLineage): ColumnLineage {
  const idOf = (at: number): string => core.nodes[at]!.id;
  const inputs = (list: SiteLineage[number][1]["rows"]) =>
    list.map((input) => ({ ...input, node: idOf(input.node) }));
  return {
    nodes: Object.fromEntries(
      compact.map(([at, node]) => [
        idOf(at),
        {
          ...node,
          rows: inputs(node.rows),
          columns: node.columns.map((column) => ({ ...column, inputs: inputs(column.inputs) })),
        },
      ]),
    ),
  } as ColumnLineage;
}

/** All steps that lead to a column and away from it. */
export function traceColumn({ graph }: LoadedLineage, start: ColumnRef): TracedStep[] {
  const edges = [...graph.walk([start], "inputs"), ...graph.walk([start], "uses")];
  const seen = new Set<string>();
  return edges.flatMap(({ from, to, how }) => {
    const [left, right] = [place(from), place(to)];
    if (left === null || right === null) return [];
    const key = JSON.stringify([left, right]);
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      {
        from: left,
        to: right,
        how: [...new Set(how.map(({ subtype }) => HOW[subtype]))].join(", "),
        direct: how.some(({ type }) => type === "DIRECT"),
      },
    ];
  });
}

function place({ node, column }: ColumnRef): TracedStep["from"] | null {
  const at = positionOf(node);
  return at === undefined ? null : { at, column: column ?? ROWS };
}
