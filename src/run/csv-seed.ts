import type { Value } from "../adapters/index.js";
import type { SeedNode } from "../manifest/index.js";
import { readCsv } from "../project/index.js";
import type { RunContext } from "./node-runner.js";
import type { RowSource } from "./row-source.js";
import type { LoadedTable } from "./row-values.js";

/** The table a CSV seed fills, and its rows; types not declared are inferred from the whole file. */
export async function csvSource(
  node: SeedNode,
  context: RunContext,
): Promise<{ tables: LoadedTable[]; source: RowSource }> {
  const csv = await readCsv(context.project, node);
  const columns = csv.columns.map((column) => ({
    ...column,
    description: node.columns[column.name]?.description ?? "",
  }));
  const table: LoadedTable = {
    name: node.name,
    relation: { schema: node.schema, identifier: node.alias },
    columns,
    primaryKey: node.config.primary_key,
    indexes: node.config.indexes,
    description: node.description,
  };
  return { tables: [table], source: batches(node.name, csv.rows()) };
}

async function* batches(table: string, rows: AsyncIterable<readonly (readonly Value[])[]>): RowSource {
  for await (const batch of rows) yield { table, rows: batch };
}
