import type { Adapter } from "../../adapters/index.js";
import {
  getNode,
  type Manifest,
  type ModelNode,
  type Relation,
  relationKey,
  type TestNode,
} from "../../manifest/index.js";
import { columnField, type Field } from "./field.js";
import type { Identity } from "./identity.js";
import { martOf } from "./mart-facts.js";
import { type Mart, words } from "./source.js";

/** A table of a star: a dimension that is related twice stands in it twice. */
export interface StarTable {
  mart: Mart;
  /** Of the relation, unique in the star. */
  name: string;
  caption: string;
  objectId: string;
  /** Its fields, under names that are unique in the star, by column. */
  fields: Map<string, Field>;
}

/** How a dimension is related to the fact. */
export interface StarLink {
  table: StarTable;
  /** Columns of the fact and of the dimension. */
  from: string;
  to: string;
  /** Tested: at most one row of the dimension for a row of the fact. */
  isUnique: boolean;
  /** Tested: at least one. */
  isGuaranteed: boolean;
}

/** A fact with its dimensions. */
export interface Star {
  fact: StarTable;
  links: StarLink[];
}

/** What tests say of a model's keys to others. */
interface Reference {
  from: string;
  model: ModelNode;
  to: string;
  test: TestNode;
}

const FEWEST = 2;

/**
 * The models that tests of `relationships` make the middle of a star: each points at two other tables of its schema or more. One that a model with more
 * such tests points at is itself a dimension.
 */
export function starFacts(manifest: Manifest): Map<string, Reference[]> {
  const references = new Map<string, Reference[]>();
  for (const test of Object.values(manifest.nodes)) {
    const found = test.resource_type === "test" ? referenceOf(manifest, test) : null;
    if (found === null) continue;
    const id = (test as TestNode).attached_node!;
    references.set(id, [...(references.get(id) ?? []), found]);
  }
  const width = (id: string) => new Set(references.get(id)?.map(({ model }) => model.unique_id)).size;
  const isFact = (id: string) =>
    width(id) >= FEWEST &&
    ![...references].some(
      ([other, of]) => width(other) > width(id) && of.some(({ model }) => model.unique_id === id),
    );
  return new Map(
    [...references.keys()]
      .filter(isFact)
      .sort()
      .flatMap((id): [string, Reference[]][] => {
        const dimensions = references.get(id)!.filter(({ model }) => !isFact(model.unique_id));
        return dimensions.length === 0 ? [] : [[id, dimensions]];
      }),
  );
}

function referenceOf(manifest: Manifest, test: TestNode): Reference | null {
  const { test_metadata: metadata, attached_node: id, column_name: from } = test;
  if (metadata?.name !== "relationships" || id === null || from === null) return null;
  const own = tableOf(manifest, id);
  const field = metadata.kwargs.field;
  const targets = test.depends_on.nodes.filter((other) => other !== id);
  const model = targets.length === 1 ? tableOf(manifest, targets[0]!) : null;
  if (own === null || model === null || typeof field !== "string") return null;
  return own.schema === model.schema ? { from, model, to: field, test } : null;
}

function tableOf(manifest: Manifest, id: string): ModelNode | null {
  const node = getNode(manifest, id);
  if (node?.resource_type !== "model") return null;
  return ["table", "incremental"].includes(node.config.materialized) ? node : null;
}

/** The stars whose tables are built; a dimension that is not is left out. */
export async function readStars(
  adapter: Adapter,
  manifest: Manifest,
  identity: Identity,
  places: { relation(id: string): Relation; served(schema: string): string },
): Promise<Star[]> {
  const facts = starFacts(manifest);
  const ids = [...facts].flatMap(([id, references]) => [
    id,
    ...references.map(({ model }) => model.unique_id),
  ]);
  const schemas = [...new Set(ids.map((id) => places.relation(id).schema))];
  if (schemas.length === 0) return [];
  const built = new Set((await adapter.introspector.relations(schemas)).map(relationKey));
  const marts = new Map<string, Mart>();
  for (const id of new Set(ids)) {
    const place = places.relation(id);
    if (!built.has(relationKey(place))) continue;
    const mart = martOf(manifest, id, await adapter.introspector.columns(place));
    marts.set(id, { ...mart, schema: places.served(mart.schema) });
  }
  return [...facts].flatMap(([id, references]) => {
    const mart = marts.get(id);
    const known = references.filter(({ model }) => marts.has(model.unique_id));
    return mart === undefined || known.length === 0 ? [] : [starOf(manifest, mart, known, marts, identity)];
  });
}

function starOf(
  manifest: Manifest,
  mart: Mart,
  references: readonly Reference[],
  marts: ReadonlyMap<string, Mart>,
  identity: Identity,
): Star {
  const taken = new Set<string>();
  const captions = new Set<string>();
  const table = (of: Mart, name: string, caption: string, isOnce = true): StarTable => ({
    mart: of,
    name,
    caption,
    objectId: `${name}_${identity.hex("star", mart.id, name)}`,
    fields: new Map(
      of.columns.flatMap((column): [string, Field][] => {
        const label = of.documented[column.name]?.label ?? words(column.name);
        // Of a dimension that stands there twice no field says less than which it is.
        const shown = unused(captions, ...(isOnce ? [label] : []), `${label} (${caption})`);
        const description = of.documented[column.name]?.description ?? "";
        const field = columnField(column, shown, description, of.keys.has(column.name));
        if (field === undefined) return [];
        return [[column.name, { ...field, name: unused(taken, column.name, `${column.name} (${name})`) }]];
      }),
    ),
  });
  const fact = table(mart, mart.identifier, words(mart.name));
  const order = mart.columns.map(({ name }) => name);
  const sorted = [...references].sort(
    (a, b) => order.indexOf(a.from) - order.indexOf(b.from) || a.model.name.localeCompare(b.model.name, "en"),
  );
  const seen = new Map<string, number>();
  for (const { model } of sorted) seen.set(model.unique_id, (seen.get(model.unique_id) ?? 0) + 1);
  const links = sorted.flatMap(({ from, model, to, test }): StarLink[] => {
    const of = marts.get(model.unique_id)!;
    const isOnce = seen.get(model.unique_id) === 1;
    const linked = isOnce
      ? table(of, of.identifier, words(of.name))
      : table(of, `${of.identifier}_by_${from}`, `${words(of.name)} by ${words(from).toLowerCase()}`, false);
    if (!fact.fields.has(from) || !linked.fields.has(to)) return [];
    return [
      {
        table: linked,
        from,
        to,
        isUnique: isTested(manifest, model.unique_id, to, "unique"),
        isGuaranteed: holds(test) && isTested(manifest, mart.id, from, "not_null"),
      },
    ];
  });
  return { fact, links };
}

/** Whether all rows of a column are tested, and a failure is an error. */
function isTested(manifest: Manifest, id: string, column: string, kind: string): boolean {
  return Object.values(manifest.nodes).some(
    (test) =>
      test.resource_type === "test" &&
      test.attached_node === id &&
      test.column_name === column &&
      test.test_metadata?.name === kind &&
      holds(test),
  );
}

function holds({ config }: TestNode): boolean {
  return config.severity === "error" && config.where === null && config.error_if === "!= 0";
}

function unused(taken: Set<string>, ...candidates: readonly string[]): string {
  const found = candidates.find((text) => !taken.has(text.toLowerCase())) ?? candidates.at(-1)!;
  taken.add(found.toLowerCase());
  return found;
}
