import type { XmlElement } from "../../artifacts/index.js";
import type { MetricNode, TypedColumn } from "../../manifest/index.js";
import { calculation, columnField, type Field, formatText } from "./field.js";
import { metricFormula } from "./formula.js";
import type { Identity } from "./identity.js";

/** A table that workbooks read, as the project documents it. */
export interface Mart {
  /** Unique id and name of its node. */
  id: string;
  name: string;
  description: string;
  schema: string;
  /** Its name in the warehouse. */
  identifier: string;
  columns: TypedColumn[];
  /** What the project says of columns, by name: words for readers and what they mean. */
  documented: Readonly<Record<string, { label: string | null; description: string }>>;
  /** Columns that tell rows apart. */
  keys: ReadonlySet<string>;
  primaryKey: readonly string[];
}

/** Colours of the values of a pill, by the value as Tableau writes it. */
export interface ColorMap {
  /** The declaration of the pill; null for the names of measures, which need none. */
  instance: XmlElement | null;
  colors: Map<string, string>;
}

/** A data source with one table: its columns, and the calculations that sheets add to them. */
export interface Source {
  name: string;
  caption: string;
  mart: Mart;
  /** Of its one logical table. */
  objectId: string;
  fields: ReadonlyMap<string, Field>;
  /** By the name of the pill, or `[:Measure Names]`. */
  colors: Map<string, ColorMap>;
  has(name: string): boolean;
  /** Throws for a name that it does not have: what refers to it is wrong. */
  field(name: string): Field;
  /** Adds a calculation, once. */
  add(field: Field): Field;
}

/** `mart_tickets` → `Mart tickets`: words of a name. */
export function words(name: string): string {
  const text = name.replaceAll("_", " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A source of the columns of a mart; `metrics` are words that columns must leave free. */
export function sourceOf(mart: Mart, metrics: readonly MetricNode[], identity: Identity): Source {
  const fields = new Map<string, Field>();
  const taken = new Set(metrics.map(({ label }) => label.toLowerCase()));
  for (const column of mart.columns) {
    const known = mart.documented[column.name];
    const label = known?.label ?? words(column.name);
    const caption = unused(taken, label, `${label} (${column.name})`);
    const field = columnField(column, caption, known?.description ?? "", mart.keys.has(column.name));
    if (field !== undefined) fields.set(column.name, field);
  }
  const source: Source = {
    name: `federated.${identity.token("source", mart.id)}`,
    caption: words(mart.name),
    mart,
    objectId: `${mart.identifier}_${identity.hex("object", mart.id)}`,
    fields,
    colors: new Map(),
    has: (name) => fields.has(name),
    field(name) {
      const field = fields.get(name);
      if (field === undefined) throw new Error(`${mart.name} has no field ${name}`);
      return field;
    },
    add(field) {
      const known = fields.get(field.name);
      if (known === undefined) fields.set(field.name, field);
      return known ?? field;
    },
  };
  return source;
}

function unused(taken: Set<string>, ...candidates: readonly string[]): string {
  const found = candidates.find((text) => !taken.has(text.toLowerCase())) ?? candidates.at(-1)!;
  taken.add(found.toLowerCase());
  return found;
}

/** A name that no column of the mart has: Tableau drops a calculation that is called as a column is. */
export function calculationName(source: Source, wanted: string): string {
  const columns = new Set(source.mart.columns.map(({ name }) => name.toLowerCase()));
  let name = wanted;
  while (columns.has(name.toLowerCase())) name += "_";
  return name;
}

/** The calculation of a metric; on a time axis what is in stock is another one for each length of its spans. */
export function metricField(
  source: Source,
  metric: MetricNode,
  grain: Parameters<typeof metricFormula>[1],
): Field {
  const spans = metric.over_time === "last" ? grain : null;
  const name = calculationName(source, `metric_${metric.name}${spans === null ? "" : `_${spans}`}`);
  const { text, uses } = metricFormula(metric, spans);
  const label = spans === null ? metric.label : `${metric.label} (by ${spans})`;
  const taken = [...source.fields.values()].some(
    (field) => field.name !== name && field.caption.toLowerCase() === label.toLowerCase(),
  );
  return source.add(
    calculation({
      name,
      caption: taken ? `${label} (${metric.name})` : label,
      datatype: "real",
      description: metric.description,
      format: formatText(metric.format),
      formula: text,
      uses: [...new Set(uses)],
    }),
  );
}
