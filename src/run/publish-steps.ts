import type { Dialect, Preservation, Repair, Swap } from "../adapters/index.js";
import { fitIdentifier, type Relation } from "../manifest/index.js";
import type { LiveView, Publication } from "../materializations/index.js";

/** One step of a publish, so made that whoever finds it in the journal can tell or need not care whether it was done. */
export type PublishStep =
  /** All of it or nothing; the journal is advanced in the same transaction. */
  | { kind: "transaction"; statements: string[] }
  /** Done if, and only if, the witness is gone. */
  | { kind: "rename"; statement: string; witness: Relation; relations: Relation[] }
  /** The same when done twice. */
  | ({ kind: "repeatable" } & Repair);

/** Nothing stands around what is swapped. */
const UNATTACHED: Preservation = { before: [], after: [] };

/**
 * What publishes a run. Where DDL can be undone (DuckDB) all of it is one transaction. Elsewhere: changes in place in one
 * transaction, then one rename over all tables, then views, then what stood around the tables, then what has become useless is
 * dropped.
 */
export function publishSteps(
  publications: readonly Publication[],
  dialect: Dialect,
  around: Preservation = UNATTACHED,
): PublishStep[] {
  const routines = publications.flatMap((publication) => publication.routines);
  const apply = publications.flatMap((publication) => publication.apply);
  const swaps = publications.flatMap((publication) => publication.swaps);
  const views = publications.flatMap((publication) => publication.views);
  const scaffold = dialect.dropAll(publications.flatMap((publication) => publication.scaffold));
  if (dialect.transactionalDdl) {
    const statements = [
      ...apply,
      ...dialect.swap(swaps).statements,
      ...views.flatMap((view) => [
        ...(view.existing?.type === "table" ? [dialect.drop(view.existing)] : []),
        dialect.createOrReplaceView(view.relation, view.select),
      ]),
      ...dialect.cleanup(swaps),
      ...scaffold,
    ];
    return statements.length === 0 ? [] : [{ kind: "transaction", statements }];
  }
  const replaced = views.filter((view) => view.existing?.type === "table").map(viewSwap);
  return [
    ...routines.map((repair): PublishStep => ({ kind: "repeatable", ...repair })),
    ...(apply.length === 0 ? [] : [{ kind: "transaction" as const, statements: apply }]),
    ...rename(swaps, dialect),
    ...views.flatMap((view): PublishStep[] =>
      view.existing?.type === "table"
        ? [
            {
              kind: "repeatable",
              statement: dialect.createOrReplaceView(besideView(view.relation), view.select),
            },
          ]
        : [{ kind: "repeatable", statement: dialect.createOrReplaceView(view.relation, view.select) }],
    ),
    ...rename(replaced, dialect),
    ...around.after.map((repair): PublishStep => ({ kind: "repeatable", ...repair })),
    ...dialect.cleanup([...swaps, ...replaced]).map(
      (statement): PublishStep => ({
        kind: "repeatable",
        statement,
        ...(around.cleanup !== undefined && { under: around.cleanup }),
      }),
    ),
    ...scaffold.map((statement): PublishStep => ({ kind: "repeatable", statement })),
  ];
}

function rename(swaps: readonly Swap[], dialect: Dialect): PublishStep[] {
  if (swaps.length === 0) return [];
  const [statement] = dialect.swap(swaps).statements;
  const relations = swaps.flatMap(({ live, existing }) => (existing === null ? [] : [live]));
  return [{ kind: "rename", statement: statement!, witness: swaps[0]!.shadow, relations }];
}

/** Where a view is made that takes a table's place: its own name is the table's until the rename. */
function besideView(relation: Relation): Relation {
  return { schema: relation.schema, identifier: fitIdentifier(relation.identifier, "__sla_view__sla_new") };
}

function viewSwap({ relation, existing }: LiveView): Swap {
  return { live: relation, shadow: besideView(relation), existing, type: "view" };
}
