import type { Adapter, Connection, Preservation, Rehearsal } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import { type Relation, relationKey } from "../manifest/index.js";
import type { Publication } from "../materializations/index.js";
import { underSettings } from "./publisher.js";

/**
 * Finds what others have put around the tables that a publish replaces, and sees to it that it fits the new ones, before
 * anything changes for readers. Throws SLA510 for what does not.
 */
export async function preserve(
  publications: readonly Publication[],
  adapter: Adapter,
  connection: Connection,
): Promise<Preservation> {
  const swaps = publications
    .flatMap((publication) => publication.swaps)
    .filter(({ existing, type }) => existing?.type === "table" && type === "table");
  const lost = publications
    .flatMap((publication) => publication.views)
    .flatMap(({ existing }) => (existing?.type === "table" ? [existing] : []));
  const around = await adapter.introspector.surroundings([...swaps.map(({ live }) => live), ...lost]);
  refuseViews(lost, around);
  const news = new Map(
    publications.flatMap(({ standIns }) => standIns).map(({ live, now }) => [relationKey(live), now]),
  );
  const preservation = adapter.dialect.preservation(
    swaps,
    around,
    (live) => news.get(relationKey(live)) ?? live,
  );
  for (const rehearsal of preservation.before) await rehearse(rehearsal, connection);
  return preservation;
}

/** A view has neither triggers nor foreign keys: what would be lost is not ours to drop. */
function refuseViews(
  lost: readonly Relation[],
  { foreignKeys, triggers }: Awaited<ReturnType<Adapter["introspector"]["surroundings"]>>,
): void {
  const keys = new Set(lost.map(relationKey));
  const held = [
    ...triggers.filter(({ table }) => keys.has(relationKey(table))).map(({ name }) => `trigger ${name}`),
    ...foreignKeys
      .filter(({ child, parent }) => keys.has(relationKey(child)) || keys.has(relationKey(parent)))
      .map(({ child, name }) => `foreign key ${name} of ${child.schema}.${child.identifier}`),
  ];
  if (held.length === 0) return;
  throw new SlaError({
    code: "SLA510",
    message: `a view takes the place of a table that has what no view can have: ${held.join(", ")}`,
    hint: "Nothing was published. Drop it, or keep the model a table.",
  });
}

async function rehearse({ attempt, what }: Rehearsal, connection: Connection): Promise<void> {
  let found: unknown;
  try {
    if ("query" in attempt) [found] = await connection.query(attempt.query);
    else {
      await underSettings(connection, attempt.under, attempt.statement);
      await connection.execute(attempt.undo);
    }
  } catch (error) {
    if (!(error instanceof SlaError) || error.code === "SLA405") throw error;
    throw unfit(what, error.message, error);
  }
  if (found === undefined) return;
  const row = Object.entries(found as object).map(([name, value]) => `${name} = ${value}`);
  throw unfit(what, `no row is referred to by ${row.join(", ")}`);
}

function unfit(what: string, why: string, cause?: SlaError): SlaError {
  return new SlaError({
    code: "SLA510",
    message: `${what} does not fit the new tables: ${why}`,
    hint: `Nothing was published. ${cause?.hint ?? "Correct the model or its data, or drop what does not fit any more."}`,
    ...(cause !== undefined && { cause }),
  });
}
