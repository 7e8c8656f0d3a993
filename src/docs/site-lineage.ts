import type { ColumnInput, ColumnLineage } from "../manifest/index.js";
import type { SiteColumnInput, SiteLineage } from "./site-data.js";

/** Column-level lineage with positions in the place of ids, which would be most of it. */
export function siteLineage(lineage: ColumnLineage, positions: ReadonlyMap<string, number>): SiteLineage {
  const inputs = (list: readonly ColumnInput[]): SiteColumnInput[] =>
    list.flatMap((input) => {
      const node = positions.get(input.node);
      return node === undefined ? [] : [{ ...input, node }];
    });
  return Object.entries(lineage.nodes).flatMap(([id, node]) => {
    const at = positions.get(id);
    if (at === undefined) return [];
    const columns = node.columns.map((column) => ({ ...column, inputs: inputs(column.inputs) }));
    return [[at, { ...node, columns, rows: inputs(node.rows) }]];
  });
}
