/** A table or view by name. `database` is DuckDB's catalog; MySQL has none (its databases are our schemas). */
export interface Relation {
  schema: string;
  identifier: string;
}

/** A relation found in the warehouse. */
export interface ExistingRelation extends Relation {
  type: "table" | "view";
}

/** Key for maps and sets of relations; engines compare names without regard to case, so do we. */
export function relationKey(relation: Relation): string {
  return `${relation.schema}.${relation.identifier}`.toLowerCase();
}
