import { join } from "node:path";
import { SlaError } from "../errors/index.js";
import type { SeedNode } from "../manifest/index.js";
import { projectOf, seederDefinition } from "../project/index.js";
import type { RunContext } from "./node-runner.js";
import type { RowSource } from "./row-source.js";
import { type LoadedTable, toValues } from "./row-values.js";
import { userCodeError } from "./user-code.js";

/** The tables a seeder fills, and the rows it yields, in constant memory. */
export async function seederSource(
  node: SeedNode,
  context: RunContext,
): Promise<{ tables: LoadedTable[]; source: RowSource }> {
  const definition = await seederDefinition(context.project, node);
  const owner = projectOf(context.project, node.package_name);
  const tables = node.tables.map(
    (table): LoadedTable => ({
      name: table.name,
      relation: { schema: table.schema, identifier: table.alias },
      columns: table.columns,
      primaryKey: table.primary_key,
      indexes: table.indexes,
      description:
        context.manifest.sources[`source.${node.package_name}.${node.name}.${table.name}`]?.description ?? "",
    }),
  );
  const columns = new Map(tables.map((table) => [table.name, table.columns]));

  async function* source(): RowSource {
    try {
      const batches = definition.run({
        vars: owner.vars,
        projectDir: context.project.dir,
        packageDir: join(context.project.dir, owner.folder),
        log: (text: string) => context.message(node.unique_id, text),
        signal: context.signal,
      });
      for await (const { table, rows } of batches) {
        const known = columns.get(table);
        if (known === undefined) {
          throw new SlaError({
            code: "SLA503",
            message: `seeder "${node.name}" yields rows for "${table}", which it does not declare`,
            hint: `Its tables are ${[...columns.keys()].join(", ")}.`,
            location: { path: node.original_file_path },
            node: node.unique_id,
          });
        }
        yield {
          table,
          rows: toValues(rows, known, { name: table, path: node.original_file_path, node: node.unique_id }),
        };
      }
    } catch (error) {
      throw userCodeError(error, node, context.project.dir);
    }
  }
  return { tables, source: source() };
}
