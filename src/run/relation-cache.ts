import type { Adapter, Connection } from "../adapters/index.js";
import { type ExistingRelation, type Relation, relationKey } from "../manifest/index.js";

/** What stands in the schemas of a run: asked once at its start, kept up to date by the run itself. */
export class RelationCache {
  readonly #relations = new Map<string, ExistingRelation>();

  constructor(relations: readonly ExistingRelation[]) {
    for (const relation of relations) this.add(relation);
  }

  /** Reads the schemas, and creates those that are missing. */
  static async open(
    adapter: Adapter,
    connection: Connection,
    schemas: readonly string[],
  ): Promise<RelationCache> {
    const known = new Set((await adapter.introspector.schemas()).map((name) => name.toLowerCase()));
    for (const schema of schemas) {
      if (!known.has(schema.toLowerCase())) await connection.execute(adapter.dialect.createSchema(schema));
    }
    return new RelationCache(await adapter.introspector.relations(schemas));
  }

  get(relation: Relation): ExistingRelation | null {
    return this.#relations.get(relationKey(relation)) ?? null;
  }

  add(relation: ExistingRelation): void {
    this.#relations.set(relationKey(relation), relation);
  }

  /** All that stand in the schemas. */
  all(): ExistingRelation[] {
    return [...this.#relations.values()];
  }

  remove(relation: Relation): void {
    this.#relations.delete(relationKey(relation));
  }
}
