import { columnOwner } from "../../src/graph/index.js";
import {
  type ColumnInput,
  type ColumnLineage,
  getNode,
  type LineageTransformation,
  type Manifest,
  type RelationalNode,
} from "../../src/manifest/index.js";

const WORDS: Record<LineageTransformation["subtype"], string> = {
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

/** Lineage as fixtures write it: `orders.id copied, orders.paid by condition`. */
export class Written {
  constructor(
    private readonly manifest: Manifest,
    private readonly lineage: ColumnLineage,
  ) {}

  /** What a column is made of; `unknown` with what is not known. */
  column(text: string): string | undefined {
    const at = text.lastIndexOf(".");
    const found = this.#node(text.slice(0, at))?.columns.find(({ name }) => name === text.slice(at + 1));
    if (found === undefined) return undefined;
    return found.status === "unknown" ? `unknown: ${found.reason}` : this.#inputs(found.inputs);
  }

  /** What decides over the rows of a node. */
  rows(name: string): string | undefined {
    const found = this.#node(name);
    return found === undefined || found.reason !== undefined ? found?.reason : this.#inputs(found.rows);
  }

  #node(name: string) {
    const id = Object.keys(this.lineage.nodes).find((one) => this.#name(one) === name);
    return id === undefined ? undefined : this.lineage.nodes[id];
  }

  #inputs(inputs: readonly ColumnInput[]): string {
    return inputs
      .map(({ node, column, subtype }) => `${this.#name(node)}.${column} ${WORDS[subtype]}`)
      .sort()
      .join(", ");
  }

  #name(id: string): string {
    return columnOwner(getNode(this.manifest, id) as RelationalNode);
  }
}
