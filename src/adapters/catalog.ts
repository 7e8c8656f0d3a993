import type { Connection } from "./adapter.js";
import type { CatalogRelation } from "./catalog-relation.js";

const CATALOGS = {
  duckdb: async () => (await import("./duckdb/catalog.js")).duckdbCatalog,
  mysql: async () => (await import("./mysql/catalog.js")).mysqlCatalog,
};

/** All relations of some schemas, in a handful of round trips whatever their number. */
export async function readCatalog(
  type: keyof typeof CATALOGS,
  connection: Connection,
  schemas: readonly string[],
): Promise<CatalogRelation[]> {
  if (schemas.length === 0) return [];
  const read = await CATALOGS[type]();
  return read(connection, schemas);
}
