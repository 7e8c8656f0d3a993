import type { Adapter, Connection } from "../../adapters/index.js";
import {
  getNode,
  type Manifest,
  type MetricNode,
  parseColumnType,
  type Relation,
  type RelationalNode,
  type TypedColumn,
} from "../../manifest/index.js";
import { type DashboardSpec, partsOf } from "../dashboards/index.js";
import type { Mart } from "./source.js";

/** What the built marts say beside what the project does: what a workbook starts with. */
export interface MartFacts {
  mart: Mart;
  /** The first and last day of date columns, by name; null where there is none. */
  days: ReadonlyMap<string, { from: string; to: string } | null>;
  /** The values of columns that readers choose from or that colours tell apart, in the order of the alphabet. */
  values: ReadonlyMap<string, readonly string[]>;
}

/** Asks the warehouse for what a workbook must know of the marts, and for no row. */
export async function readMarts(
  adapter: Adapter,
  manifest: Manifest,
  specs: readonly DashboardSpec[],
  ids: readonly string[],
  places: { relation(id: string): Relation; served(schema: string): string },
): Promise<Map<string, MartFacts>> {
  const connection = await adapter.acquire();
  try {
    const found = new Map<string, MartFacts>();
    for (const id of ids) {
      const where = places.relation(id);
      const read = martOf(manifest, id, await adapter.introspector.columns(where));
      const mart = { ...read, schema: places.served(read.schema) };
      const wanted = wantedOf(mart, specs, Object.values(manifest.metrics));
      found.set(id, {
        mart,
        days: await daysOf(adapter, connection, where, wanted.days),
        values: await valuesOf(adapter, connection, where, wanted.values),
      });
    }
    return found;
  } finally {
    await connection.release();
  }
}

/** A table as the project declares it, in the order in which its columns stand in the warehouse. */
export function martOf(manifest: Manifest, id: string, columns: readonly TypedColumn[]): Mart {
  const node = getNode(manifest, id) as RelationalNode;
  const declared = new Map(Object.values(node.columns).map((column) => [column.name.toLowerCase(), column]));
  const tests = Object.values(manifest.nodes).flatMap((test) =>
    test.resource_type === "test" && test.attached_node === id && test.column_name !== null
      ? [{ column: test.column_name, kind: test.test_metadata?.name ?? "" }]
      : [],
  );
  const testedBy = (kind: string) =>
    new Set(tests.filter((test) => test.kind === kind).map(({ column }) => column));
  const { primary_key: primaryKey } = node.config;
  const filled = new Set([...primaryKey, ...testedBy("not_null")]);
  return {
    id,
    name: node.name,
    description: node.description,
    schema: node.schema,
    identifier: node.alias,
    columns: columns.map((column) => {
      const known = declared.get(column.name.toLowerCase());
      const type = known?.data_type == null ? undefined : parseColumnType(known.data_type);
      return { ...column, type: type ?? column.type, nullable: !filled.has(column.name) };
    }),
    documented: Object.fromEntries(
      columns.map(({ name }) => {
        const known = declared.get(name.toLowerCase());
        const label = known?.meta.label;
        return [
          name,
          { label: typeof label === "string" ? label : null, description: known?.description ?? "" },
        ];
      }),
    ),
    keys: new Set([...primaryKey, ...testedBy("unique"), ...testedBy("relationships")]),
    primaryKey,
  };
}

/** Columns whose first and last day, or whose values, workbooks need. */
function wantedOf(mart: Mart, specs: readonly DashboardSpec[], metrics: readonly MetricNode[]) {
  const days = new Set(
    metrics.filter(({ model, date }) => model === mart.id && date !== null).map(({ date }) => date!),
  );
  const values = new Set<string>();
  for (const spec of specs) {
    const own = partsOf(spec).filter(({ model }) => model === mart.id);
    if (own.length === 0) continue;
    for (const { date } of own) if (date !== null) days.add(date);
    for (const filter of spec.dashboard.filters) if (filter.kind === "choice") values.add(filter.field);
    for (const { sheet } of own)
      if (sheet !== null && sheet.kind !== "rows") for (const name of sheet.dimensions) values.add(name);
  }
  const names = new Map(mart.columns.map((column) => [column.name, column.type.kind]));
  return {
    days: [...days].filter((name) => names.get(name) === "date"),
    values: [...values].filter((name) => names.has(name)),
  };
}

async function daysOf(
  adapter: Adapter,
  connection: Connection,
  relation: Relation,
  names: readonly string[],
) {
  const found = new Map<string, { from: string; to: string } | null>();
  if (names.length === 0) return found;
  const { dialect } = adapter;
  const list = names.flatMap((name, at) => [
    `MIN(${dialect.identifier(name)}) AS ${dialect.identifier(`from${at}`)}`,
    `MAX(${dialect.identifier(name)}) AS ${dialect.identifier(`to${at}`)}`,
  ]);
  const [row] = await connection.query(`SELECT ${list.join(", ")} FROM ${dialect.relation(relation)}`);
  for (const [at, name] of names.entries()) {
    const [from, to] = [row![`from${at}`], row![`to${at}`]];
    found.set(name, from == null || to == null ? null : { from: String(from), to: String(to) });
  }
  return found;
}

/** Beyond so many values nobody chooses from a list, and no colour tells them apart. */
const MOST_VALUES = 1000;

async function valuesOf(
  adapter: Adapter,
  connection: Connection,
  relation: Relation,
  names: readonly string[],
) {
  const found = new Map<string, string[]>();
  for (const name of names) {
    const column = adapter.dialect.identifier(name);
    const rows = await connection.query(
      `SELECT DISTINCT ${column} AS v FROM ${adapter.dialect.relation(relation)} WHERE ${column} IS NOT NULL LIMIT ${MOST_VALUES}`,
    );
    found.set(name, rows.map(({ v }) => String(v)).sort());
  }
  return found;
}
