import type { ColumnInput, ModelNode, NodeLineage, SeedNode, SourceNode } from "../manifest/index.js";
import { csvHeader, type Project } from "../project/index.js";
import { columnOf, originOf, unique } from "./inputs.js";
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
  const columns = Object.values(node.columns).map(({ name, from }) => {
    if (from === undefined) return originOf(name, [], "code makes it, and does not declare of what");
    const found = from.map((text) => declaredInputs(text, known, idOf));
    return originOf(
      name,
      unique(found.flatMap(({ inputs }) => inputs)),
      found.find(({ wrong }) => wrong !== undefined)?.wrong,
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

/** `orders.id`, `source.table.column`, or `orders.*` for all columns of an input. */
function declaredInputs(
  text: string,
  known: Known,
  idOf: (name: string) => string | undefined,
): { inputs: ColumnInput[]; wrong?: string } {
  const at = text.lastIndexOf(".");
  const id = idOf(text.slice(0, at));
  const lineage = id === undefined ? undefined : known.get(id);
  if (id === undefined || lineage === undefined)
    return { inputs: [], wrong: `it is declared to come from "${text}", which has no columns` };
  const wanted = text.slice(at + 1);
  const input = (column: string): ColumnInput => ({
    node: id,
    column,
    type: "DIRECT",
    subtype: "TRANSFORMATION",
  });
  if (wanted === "*") {
    const inputs = lineage.columns.map(({ name }) => input(name));
    return lineage.complete
      ? { inputs }
      : { inputs, wrong: `it is declared to come from all columns of a node of which not all are known` };
  }
  const column = columnOf(lineage, wanted)?.name;
  if (column !== undefined || !lineage.complete) return { inputs: [input(column ?? wanted)] };
  return { inputs: [], wrong: `it is declared to come from "${text}", which is no column` };
}
