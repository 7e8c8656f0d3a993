import type { SeedNode } from "../manifest/index.js";
import { rows } from "../materializations/index.js";
import { csvSource } from "./csv-seed.js";
import type { NodeRunner } from "./node-runner.js";
import type { LoadedTable } from "./row-values.js";
import { seederSource } from "./seeder.js";
import { runSteps } from "./step-runner.js";

/** Loads a seed: a CSV file into its table, a seeder into its tables, beside the live ones and then in their place. */
export const runSeed: NodeRunner = async (node, context, connection) => {
  const seed = node as SeedNode;
  const { tables, source } =
    seed.language === "csv" ? await csvSource(seed, context) : await seederSource(seed, context);
  const build = rows({
    dialect: context.adapter.dialect,
    relation: { schema: seed.schema, identifier: seed.alias },
    config: seed.config,
    description: seed.description,
    existing: (relation) => context.relations.get(relation),
    tables: tables.map((table: LoadedTable) => ({
      ...table,
      columns: table.columns.map((column) =>
        table.primaryKey.includes(column.name) ? { ...column, nullable: false } : column,
      ),
    })),
  });
  const rowsAffected = await runSteps(build, seed, context, connection, source);
  return {
    status: "success",
    message: `INSERT ${rowsAffected ?? 0}`,
    failures: null,
    rowsAffected,
    compiledCode: null,
    publication: build.publication,
  };
};
