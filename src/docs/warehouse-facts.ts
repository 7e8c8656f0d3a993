import { type Adapter, type CatalogRelation, readCatalog } from "../adapters/index.js";
import { type Relation, relationKey } from "../manifest/index.js";
import { type LedgerHistory, readHistory } from "./ledger-history.js";

/** What the warehouse tells about a project. */
export interface WarehouseFacts {
  /** By the key of the relation. */
  catalog: Map<string, CatalogRelation>;
  history: LedgerHistory;
}

const NOTHING_KNOWN: LedgerHistory = { runs: [], history: new Map(), states: new Map() };

/** Asks the warehouse for the relations of a project and for its runs, in a handful of round trips. */
export async function readWarehouse(
  adapter: Adapter | null,
  targetSchema: string,
  relations: readonly Relation[],
): Promise<WarehouseFacts> {
  if (adapter === null) return { catalog: new Map(), history: NOTHING_KNOWN };
  const connection = await adapter.acquire();
  try {
    const schemas = [...new Set(relations.map(({ schema }) => schema))];
    const found = await readCatalog(adapter.type, connection, schemas);
    return {
      catalog: new Map(found.map((relation) => [relationKey(relation), relation])),
      history: await readHistory(adapter, connection, targetSchema),
    };
  } finally {
    await connection.release();
  }
}
