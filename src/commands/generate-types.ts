import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type CatalogRelation, readCatalog } from "../adapters/index.js";
import { toSlaErrors } from "../errors/index.js";
import { projectLineage } from "../lineage/index.js";
import { relationKey } from "../manifest/index.js";
import { writeWhole } from "../run/index.js";
import { changedColumns, declarationFile, typedRelations } from "../typings/index.js";
import { type CommandOptions, type Effects, type Invocation, invoke, open, warn } from "./invocation.js";

/** What `generate types` is told. */
export interface GenerateTypesOptions extends CommandOptions {
  /** The file, below the project; `sla-types.d.ts` when absent. */
  output?: string | undefined;
  /** Write nothing: only say whether the file is what it would be. */
  check?: boolean | undefined;
  /** Ask no warehouse for the columns of sources that others fill. */
  emptyCatalog?: boolean | undefined;
}

/** A declaration file, written or compared. */
export interface GeneratedTypes {
  /** Below the project. */
  path: string;
  relations: number;
  columns: number;
  /** Columns whose declaration is not what stood in the file: `orders.amount: number → string`. */
  changed: string[];
  /** Whether the file held exactly this. */
  upToDate: boolean;
}

/** `sla generate types`: writes the row types of all relations to a declaration file, for TypeScript models. */
export async function generateTypes(
  options: GenerateTypesOptions,
  effects: Effects,
): Promise<GeneratedTypes> {
  const invocation = await invoke(options, effects, { target: false });
  const { project, manifest, graph, startedAt } = invocation;
  let asked: Promise<ReadonlyMap<string, CatalogRelation>> | undefined;
  const relations = await typedRelations({
    project,
    manifest,
    graph,
    lineage: await projectLineage(project, manifest, { runStartedAt: startedAt }),
    catalog: () => {
      asked ??=
        options.emptyCatalog === true ? Promise.resolve(new Map()) : standing(invocation, options, effects);
      return asked;
    },
    untyped: (node, why) => {
      const [error] = toSlaErrors(why);
      const message = `The columns of "${node.name}" have no types: ${error!.message}`;
      const hint = "Declare their data_type in properties, or build it: then the warehouse tells.";
      const location = error!.location?.path ? error!.location : { path: node.original_file_path };
      warn(effects, options, { code: error!.code, message, hint, location });
    },
    runStartedAt: startedAt,
  });
  const path = resolve(project.dir, options.output ?? "sla-types.d.ts");
  const text = declarationFile(relations);
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (options.check !== true && text !== before) writeWhole(path, text);
  return {
    path: relative(project.dir, path).replaceAll("\\", "/"),
    relations: relations.length,
    columns: relations.reduce((sum, { columns }) => sum + columns.length, 0),
    changed: changedColumns(before, text),
    upToDate: text === before,
  };
}

/** What stands in the warehouse. One that cannot be asked has nothing: then the project's own declarations are all there is. */
async function standing(
  invocation: Invocation,
  options: CommandOptions,
  effects: Effects,
): Promise<ReadonlyMap<string, CatalogRelation>> {
  try {
    // Now the target must be one that can be reached: variables of the environment that parsing does without are needed.
    const reachable = await invoke(options, { ...effects, emit: () => {} }, { target: true });
    const adapter = await open(reachable);
    try {
      const connection = await adapter.acquire();
      try {
        const schemas = Object.values(invocation.manifest.sources).map(({ schema }) => schema);
        const models = Object.values(invocation.manifest.nodes).flatMap((node) =>
          "schema" in node ? [node.schema] : [],
        );
        const found = await readCatalog(adapter.type, connection, [...new Set([...schemas, ...models])]);
        return new Map(found.map((relation) => [relationKey(relation), relation]));
      } finally {
        await connection.release();
      }
    } finally {
      await adapter.close();
    }
  } catch (thrown) {
    const [error] = toSlaErrors(thrown);
    warn(effects, options, {
      code: error!.code,
      message: `The warehouse is not asked for columns that the project does not declare: ${error!.message}`,
      hint: error!.hint,
    });
    return new Map();
  }
}
