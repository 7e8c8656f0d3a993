import { type ExistingRelation, type Relation, relationKey } from "../manifest/index.js";
import { acquireRunLock, Ledger, type RunLock } from "../state/index.js";
import { type CommandOptions, type Effects, invoke, open } from "./invocation.js";

/** What `clean --orphans` is told. */
export interface OrphansOptions extends CommandOptions {
  /** Drop them; otherwise they are only listed. */
  drop: boolean;
}

/** A relation that the ledger says we made and that no node of the project stands in any more. */
export interface Orphan extends ExistingRelation {
  /** The node that was published in it. */
  unique_id: string;
}

/** `sla clean --orphans`: relations that earlier runs made and the project no longer has; with `drop`, they are dropped. */
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
      const found = new Map<string, Orphan>();
      for (const { unique_id, relation } of made) {
        const key = relationKey(relation);
        const stands = standing.get(key);
        if (stands !== undefined && !wanted.has(key)) found.set(key, { ...stands, unique_id });
      }
      const list = [...found.values()];
      if (options.drop) for (const sql of adapter.dialect.dropAll(list)) await connection.execute(sql);
      return list;
    } finally {
      await lock?.release().catch(() => {});
      await connection.release();
    }
  } finally {
    await adapter.close();
  }
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
