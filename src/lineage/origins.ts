import type { ModelNode, NodeLineage, SeedNode, SourceNode } from "../manifest/index.js";
import { csvHeader, type Project } from "../project/index.js";
import { columnOf, originOf } from "./inputs.js";
import type { Known } from "./query.js";

/** A CSV file begins with the names of its columns; a seeder is no relation itself, its tables are sources. */
export async function seedLineage(node: SeedNode, project: Project): Promise<NodeLineage> {
  if (node.language === "typescript") return beginning([], true);
  try {
    return beginning(await csvHeader(project, node), true);
  } catch {
    // What is wrong with the file is told by whoever loads it.
    return { ...beginning(Object.keys(node.columns), false), reason: "its file cannot be read" };
  }
}

/** A seeder declares all columns of its tables; of another source more may exist than properties tell of. */
export function sourceLineage(node: SourceNode): NodeLineage {
  return beginning(Object.keys(node.columns), node.depends_on.nodes.length > 0);
}

function beginning(columns: readonly string[], complete: boolean): NodeLineage {
  return {
    basis: "origin",
    columns: columns.map((name) => originOf(name, [], undefined)),
    rows: [],
    complete,
  };
}

/** What a TypeScript model declares: its columns, and of which columns of its inputs each is made. */
export function declaredLineage(
  node: ModelNode,
  known: Known,
  idOf: (name: string) => string | undefined,
): NodeLineage {
  const columns = Object.values(node.columns).map((column) => {
    if (column.from === undefined)
      return originOf(column.name, [], "code makes it, and does not declare of what");
    const inputs = column.from.map((text) => {
      const at = text.lastIndexOf(".");
      return { text, id: idOf(text.slice(0, at)), column: text.slice(at + 1) };
    });
    const wrong = inputs.find(({ id, column: name }) => {
      const lineage = id === undefined ? undefined : known.get(id);
      return lineage === undefined || (lineage.complete && columnOf(lineage, name) === undefined);
    });
    return originOf(
      column.name,
      inputs.flatMap(({ id, column: name }) =>
        id === undefined
          ? []
          : [{ node: id, column: name, type: "DIRECT" as const, subtype: "TRANSFORMATION" as const }],
      ),
      wrong && `it is declared to come from "${wrong.text}", which is no column`,
    );
  });
  return {
    basis: "declared",
    columns,
    rows: [],
    complete: columns.length > 0,
    reason: "code decides which rows there are",
  };
}
