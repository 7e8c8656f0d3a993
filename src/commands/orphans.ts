import type { Adapter } from "../adapters/index.js";
import { type ExistingRelation, type ProcedureNode, type Relation, relationKey } from "../manifest/index.js";
import { isSigned } from "../materializations/index.js";
import { acquireRunLock, Ledger, type RunLock } from "../state/index.js";
import { type CommandOptions, type Effects, invoke, open } from "./invocation.js";

/** What `clean --orphans` is told. */
export interface OrphansOptions extends CommandOptions {
  /** Drop them; otherwise they are only listed. */
  drop: boolean;
}

/** What the ledger says we made and no node of the project stands in any more; of a procedure its routine, too. */
export interface Orphan extends Relation {
  type: ExistingRelation["type"] | "procedure";
  /** The node that was published in it. */
  unique_id: string;
}

/** `sla clean --orphans`: relations and routines that earlier runs made and the project no longer has; with `drop`, they are dropped. */
export async function orphans(options: OrphansOptions, effects: Effects): Promise<Orphan[]> {
  const invocation = await invoke(options, effects, { target: true });
  const { project, manifest } = invocation;
  const adapter = await open(invocation);
  try {
    const connection = await adapter.acquire();
    let lock: RunLock | undefined;
    try {
      if (options.drop) lock = await acquireRunLock(adapter, connection, project, "clean", 0);
      const ledger = new Ledger(adapter, connection, project.target.schema);
      if (!(await ledger.exists())) return [];
      const made = await ledger.relations();
      const schemas = [...new Set(made.map(({ relation }) => relation.schema))];
      const standing = new Map(
        (await adapter.introspector.relations(schemas)).map((relation) => [relationKey(relation), relation]),
      );
      const wanted = new Set(
        ownRelations([...Object.values(manifest.nodes), ...Object.values(manifest.disabled)]).map(
          relationKey,
        ),
      );
      const found = new Map<string, ExistingRelation & { unique_id: string }>();
      for (const { unique_id, relation } of made) {
        const key = relationKey(relation);
        const stands = standing.get(key);
        if (stands !== undefined && !wanted.has(key)) found.set(key, { ...stands, unique_id });
      }
      const tables = [...found.values()];
      const nodes = [...Object.values(manifest.nodes), ...Object.values(manifest.disabled)];
      const routines = await orphanRoutines(adapter, made, nodes);
      if (options.drop) {
        const drops = routines.map((routine) => adapter.dialect.routines!.drop(routine));
        for (const sql of [...drops, ...adapter.dialect.dropAll(tables)]) await connection.execute(sql);
      }
      return [...tables, ...routines];
    } finally {
      await lock?.release().catch(() => {});
      await connection.release();
    }
  } finally {
    await adapter.close();
  }
}

/** Routines in schemas where procedures were published, if their comment says that we deployed them. */
async function orphanRoutines(
  adapter: Adapter,
  made: readonly { unique_id: string; relation: Relation }[],
  nodes: readonly object[],
): Promise<Orphan[]> {
  const published = made.filter(({ unique_id }) => unique_id.startsWith("procedure."));
  const schemas = [...new Set(published.map(({ relation }) => relation.schema))];
  const wanted = new Set(
    nodes.flatMap((node) => {
      const { resource_type, schema, alias } = node as Partial<ProcedureNode>;
      return resource_type === "procedure" ? [relationKey({ schema: schema!, identifier: alias! })] : [];
    }),
  );
  const standing = schemas.length === 0 ? [] : await adapter.introspector.routines(schemas);
  return standing
    .filter((routine) => isSigned(routine) && !wanted.has(relationKey(routine)))
    .map(({ schema, identifier }) => {
      const there = published.filter(({ relation }) => relation.schema === schema);
      const own = there.find(({ unique_id }) => unique_id.endsWith(`.${identifier}`)) ?? there[0]!;
      return { type: "procedure", schema, identifier, unique_id: own.unique_id };
    });
}

function ownRelations(nodes: readonly object[]): Relation[] {
  return nodes.flatMap((node) => {
    if ("tables" in node) {
      const { tables } = node as { tables: { schema: string; alias: string }[] };
      if (tables.length > 0) return tables.map(({ schema, alias }) => ({ schema, identifier: alias }));
    }
    if (!("alias" in node)) return [];
    const { schema, alias } = node as { schema: string; alias: string };
    return [{ schema, identifier: alias }];
  });
}
