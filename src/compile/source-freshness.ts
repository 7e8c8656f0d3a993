import { SlaError } from "../errors/index.js";
import type { FreshnessThreshold, SourceNode } from "../manifest/index.js";
import type { SourceProperties } from "../project/index.js";
import type { Assembly } from "./assembly.js";
import { locate, type Placed } from "./properties-index.js";

type Level = Pick<SourceProperties, "freshness" | "loaded_at_field" | "loaded_at_query">;
type Entry = Level & { config?: (Level & object) | null | undefined };

/** An entry whose config holds no word of freshness, which is no config of nodes. */
export function withoutFreshness<T extends { config?: object | null | undefined }>(entry: T): T {
  if (entry.config === null || entry.config === undefined) return entry;
  const { freshness, loaded_at_field, loaded_at_query, ...config } = entry.config as Level & object;
  return { ...entry, config };
}

/**
 * How old the data of a table may be and how that is known: what the source says, key by key under what the table says.
 * `freshness: null` opts out; a field of the table's takes the place of the source's query, and the other way round.
 */
export function freshnessOf(
  assembly: Assembly,
  placed: Placed<SourceProperties>,
  at: number,
): Pick<SourceNode, "freshness" | "loaded_at_field" | "loaded_at_query"> {
  const source = levelOf(assembly, placed, placed.entry, []);
  const table = levelOf(assembly, placed, placed.entry.tables[at]!, ["tables", at]);
  const own = table.loaded_at_field ?? table.loaded_at_query ?? null;
  const { loaded_at_field, loaded_at_query } = own === null ? source : table;
  const known = {
    ...(loaded_at_field && { loaded_at_field }),
    ...(loaded_at_query && { loaded_at_query }),
  };
  if (table.freshness === null || (source.freshness ?? table.freshness ?? null) === null) return known;
  const freshness = {
    warn_after: complete(table.freshness?.warn_after) ?? complete(source.freshness?.warn_after),
    error_after: complete(table.freshness?.error_after) ?? complete(source.freshness?.error_after),
    filter: table.freshness?.filter ?? source.freshness?.filter ?? null,
  };
  return freshness.warn_after === null && freshness.error_after === null ? known : { ...known, freshness };
}

function levelOf(
  assembly: Assembly,
  placed: Placed<SourceProperties>,
  entry: Entry,
  steps: (string | number)[],
): Level {
  const level: Level = {
    freshness: entry.freshness === undefined ? entry.config?.freshness : entry.freshness,
    loaded_at_field: entry.loaded_at_field ?? entry.config?.loaded_at_field,
    loaded_at_query: entry.loaded_at_query ?? entry.config?.loaded_at_query,
  };
  // Both of the source's own would be said again for each of its tables.
  if (level.loaded_at_field && level.loaded_at_query) {
    const location = locate(assembly, placed, [...steps, "loaded_at_query"], "key");
    const said = assembly.errors.some(
      (error) => error.location?.line === location.line && error.location?.path === location.path,
    );
    if (!said)
      assembly.errors.push(
        new SlaError({
          code: "SLA104",
          message: "loaded_at_field and loaded_at_query stand side by side",
          hint: "Keep the one that says when data last came.",
          location,
        }),
      );
  }
  return level;
}

function complete(
  threshold:
    | { count?: number | null | undefined; period?: FreshnessThreshold["period"] | null | undefined }
    | null
    | undefined,
): FreshnessThreshold | null {
  const { count, period } = threshold ?? {};
  return count === undefined || count === null || !period ? null : { count, period };
}
