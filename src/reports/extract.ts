import type { Adapter, Connection } from "../adapters/index.js";
import type { Relation, TypedColumn, Value } from "../manifest/index.js";
import { columnBuilder } from "./column-builder.js";
import {
  aggregatesOf,
  type DashboardData,
  type DashboardSpec,
  type DataTable,
  type PartSpec,
  partName,
  partsOf,
  restrictable,
} from "./dashboards/index.js";
import { type ExtractQuery, groupsQuery, rowsQuery, WEIGHT } from "./extract-text.js";

/** How data for dashboards are fetched. */
export interface ExtractOptions {
  /** Where a model stands, by unique id. */
  relation(model: string): Relation;
  /** Models with more rows than this are fetched in groups; 200,000 if absent. */
  mostRows?: number;
}

const MOST_ROWS = 200_000;

/** A part, with the dashboard that it belongs to. */
interface Placed {
  spec: DashboardSpec;
  part: PartSpec;
}

/**
 * Fetches what dashboards need, and no column more: of a small model its rows, of a large one groups of them for each part of a page, by day,
 * filters and the part's own dimensions. A choice in another sheet cannot be applied to such groups, and the figures say so.
 */
export async function extractDashboards(
  adapter: Adapter,
  specs: readonly DashboardSpec[],
  { relation, mostRows = MOST_ROWS }: ExtractOptions,
): Promise<DashboardData> {
  const placed = specs.flatMap((spec) => partsOf(spec).map((part): Placed => ({ spec, part })));
  const models = new Map(placed.map(({ part }) => [part.model, part.model_name]));
  const tables: Record<string, DataTable> = {};
  const parts: Record<string, string> = {};
  const connection = await adapter.acquire();
  try {
    for (const [id, name] of models) {
      const own = placed.filter(({ part }) => part.model === id);
      const where = relation(id);
      const columns = await adapter.introspector.columns(where);
      const known = new Map(columns.map((column) => [column.name, column]));
      const rows = await rowCount(adapter, connection, where);
      if (rows <= mostRows || own.every(({ part }) => part.shown.length > 0)) {
        const wanted = rowColumns(own, known);
        const sort = rows <= mostRows ? null : (own[0]!.part.sheet?.sort ?? null);
        const first = sort === null ? null : { ...sort, limit: mostRows };
        const query = rowsQuery(adapter.dialect, where, wanted, first);
        tables[name] = await fetchTable(connection, name, query, (column) => known.get(column)!);
      } else {
        for (const { keys, members } of groupings(own, known)) {
          const query = groupsQuery(
            adapter.dialect,
            where,
            keys,
            members.map(({ part }) => part),
          );
          const table = `${name}#${Object.keys(tables).length}`;
          tables[table] = await fetchTable(connection, name, query, (column) => known.get(column) ?? null);
          for (const { spec, part } of members)
            parts[partName(spec.dashboard.name, part.kind, part.name)] = table;
        }
      }
    }
  } finally {
    await connection.release();
  }
  return { tables, parts };
}

async function rowCount(adapter: Adapter, connection: Connection, relation: Relation): Promise<number> {
  const [row] = await connection.query(`SELECT COUNT(*) AS n FROM ${adapter.dialect.relation(relation)}`);
  return Number(row!.n);
}

/** The columns that the parts on a model use, and those by which readers can restrict the pages that they stand on. */
function rowColumns(own: readonly Placed[], known: ReadonlyMap<string, TypedColumn>): string[] {
  const wanted = new Set<string>();
  for (const { spec, part } of own) {
    const { filters, dimensions } = restrictable(spec);
    for (const name of [...keysOf(part), ...part.shown, ...filters, ...dimensions]) wanted.add(name);
    for (const aggregate of part.metrics.flatMap(aggregatesOf))
      if ("column" in aggregate) wanted.add(aggregate.column);
  }
  return [...known.keys()].filter((name) => wanted.has(name));
}

/** What tells the rows of a part apart, however they are fetched. */
function keysOf(part: PartSpec): string[] {
  const dates = [part.date, ...part.metrics.map(({ date }) => date)].filter((date) => date !== null);
  return [...dates, ...part.keys, ...part.metrics.flatMap(({ where }) => where.map(({ column }) => column))];
}

/** The parts on a large model that can be computed from the same groups; percentiles, which need finer groups, stand apart. */
function groupings(
  own: readonly Placed[],
  known: ReadonlyMap<string, TypedColumn>,
): { keys: string[]; members: Placed[] }[] {
  const found = new Map<string, { keys: string[]; members: Placed[] }>();
  for (const placed of own) {
    const { spec, part } = placed;
    const wanted = new Set([...keysOf(part), ...restrictable(spec).filters]);
    const keys = [...known.keys()].filter((name) => wanted.has(name));
    const fine = part.metrics
      .flatMap(aggregatesOf)
      .flatMap((aggregate) => (aggregate.of === "percentile" ? [aggregate.column] : []));
    const id = JSON.stringify([keys, [...new Set(fine)].sort()]);
    const grouping = found.get(id);
    if (grouping === undefined) found.set(id, { keys, members: [placed] });
    else grouping.members.push(placed);
  }
  return [...found.values()];
}

async function fetchTable(
  connection: Connection,
  model: string,
  { sql, columns }: ExtractQuery,
  typeOf: (column: string) => TypedColumn | null,
): Promise<DataTable> {
  const builders = columns.map((name) => columnBuilder(typeOf(name)?.type.kind ?? "double"));
  let length = 0;
  for await (const batch of connection.stream(sql)) {
    for (const row of batch) {
      const values: Value[] = Object.values(row);
      for (const [at, builder] of builders.entries()) builder.add(values[at]!);
    }
    length += batch.length;
  }
  const built = Object.fromEntries(columns.map((name, at) => [name, builders[at]!.column()]));
  const { [WEIGHT]: weights, ...others } = built;
  return {
    model,
    length,
    columns: others,
    ...(weights?.kind === "number" && { weights: weights.values as number[] }),
  };
}
