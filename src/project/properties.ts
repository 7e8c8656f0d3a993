import { z } from "zod";
import { SlaError, throwIfAny } from "../errors/index.js";
import type { FileText } from "./file-cache.js";
import { CONFIG_SHAPES, columnType, index } from "./node-config.js";
import { dashboard, exposure, metric } from "./report-shapes.js";
import { checkShape, mapping, object, strings, text } from "./shape.js";
import { locateYaml, parseYaml } from "./yaml-file.js";

const name = z.string().min(1, { error: "expected a name" });

const testEntry = z.union([z.string(), z.record(z.string(), z.unknown())], {
  error: "expected the name of a test, or a mapping from its name to its arguments",
});

const tests = z
  .array(testEntry, { error: "expected a list of tests" })
  .nullish()
  .transform((entries) => entries ?? []);

const described = { name, description: text };

const column = object({
  ...described,
  data_type: columnType.optional(),
  tests,
  data_tests: tests,
  tags: strings.optional(),
  meta: mapping.optional(),
  config: object({ tags: strings.optional(), meta: mapping.optional() }).nullish(),
});

const columns = z
  .array(column, { error: "expected a list of columns (- name: …)" })
  .nullish()
  .transform((list) => list ?? []);

const node = {
  ...described,
  columns,
  tests,
  data_tests: tests,
  tags: strings.optional(),
  meta: mapping.optional(),
};
const keys = { primary_key: CONFIG_SHAPES.model.shape.primary_key, indexes: z.array(index).optional() };

const list = <Item extends z.ZodType>(item: Item, what: string) =>
  z
    .array(item, { error: `expected a list of ${what} (- name: …)` })
    .nullish()
    .transform((items) => items ?? []);

const threshold = object({
  count: z.int({ error: "expected a whole number" }).nonnegative().nullish(),
  period: z.enum(["minute", "hour", "day"], { error: "expected minute, hour or day" }).nullish(),
}).nullish();

/** How a source says how old its data is, and how old it may be; null takes back what the source says for its tables. */
const freshness = {
  freshness: object({
    warn_after: threshold,
    error_after: threshold,
    filter: z.string().nullish(),
  }).nullish(),
  loaded_at_field: z.string().nullish(),
  loaded_at_query: z.string().nullish(),
};
const sourceConfig = object({ ...CONFIG_SHAPES.source.shape, ...freshness }).nullish();

/** Rows of a unit test: in the file itself, or in a fixture. */
const givenRows = {
  rows: z
    .union([z.array(mapping), z.string()], { error: "expected a list of rows (- column: value), CSV or SQL" })
    .nullish(),
  format: z.enum(["dict", "csv", "sql"], { error: "expected dict, csv or sql" }).optional(),
  fixture: z.string().optional(),
};

/** What a properties file may say. */
export const PROPERTIES_SHAPE = object({
  version: z.union([z.literal(2), z.literal("2")], { error: "expected 2" }).optional(),
  models: list(object({ ...node, ...keys, config: CONFIG_SHAPES.model.nullish() }), "models"),
  snapshots: list(
    object({ ...node, ...keys, relation: z.string().optional(), config: CONFIG_SHAPES.snapshot.nullish() }),
    "snapshots",
  ),
  seeds: list(object({ ...node, ...keys, config: CONFIG_SHAPES.seed.nullish() }), "seeds"),
  procedures: list(
    object({
      ...described,
      tags: strings.optional(),
      meta: mapping.optional(),
      parameters: list(object(described), "parameters"),
      tables: list(object({ ...described, columns, tests, data_tests: tests, ...keys }), "tables"),
      config: CONFIG_SHAPES.procedure.nullish(),
    }),
    "procedures",
  ),
  sources: list(
    object({
      ...described,
      schema: z.string().optional(),
      loader: text,
      tags: strings.optional(),
      meta: mapping.optional(),
      ...freshness,
      config: sourceConfig,
      tables: list(
        object({ ...node, identifier: z.string().optional(), ...freshness, config: sourceConfig }),
        "tables",
      ),
    }),
    "sources",
  ),
  macros: list(
    object({
      ...described,
      arguments: list(object({ ...described, type: z.string().nullish() }), "arguments"),
    }),
    "macros",
  ),
  unit_tests: list(
    object({
      ...described,
      model: z.string({ error: "expected the name of a model" }).optional(),
      sql: z.string({ error: "expected SQL" }).optional(),
      given: list(
        object({
          input: z.string({ error: "expected ref('model'), source('s', 't') or this" }),
          ...givenRows,
        }),
        "inputs",
      ),
      expect: object(givenRows),
      overrides: object({
        vars: mapping.optional(),
        macros: z
          .record(z.string(), z.union([z.string(), z.number(), z.boolean()]), {
            error: "expected values by name of the macro",
          })
          .optional(),
        env_vars: z.record(z.string(), z.coerce.string()).optional(),
        run_started_at: z.string().optional(),
      }).nullish(),
      tags: strings.optional(),
      meta: mapping.optional(),
      config: object({
        enabled: z.boolean().optional(),
        tags: strings.optional(),
        meta: mapping.optional(),
      }).nullish(),
    }),
    "unit tests",
  ),
  metrics: list(metric, "metrics"),
  exposures: list(exposure, "exposures"),
  dashboards: list(dashboard, "dashboards"),
  tests: list(object({ ...described, config: CONFIG_SHAPES.test.nullish() }), "tests"),
  data_tests: list(object({ ...described, config: CONFIG_SHAPES.test.nullish() }), "tests"),
});

/** A properties file, checked: what users write about their nodes beside the nodes themselves. */
export type Properties = z.output<typeof PROPERTIES_SHAPE>;
/** A model's, snapshot's or seed's entry. */
export type NodeProperties =
  | Properties["models"][number]
  | Properties["snapshots"][number]
  | Properties["seeds"][number];
/** A source's entry, with its tables. */
export type SourceProperties = Properties["sources"][number];
/** A procedure's entry, with the tables that it writes. */
export type ProcedureProperties = Properties["procedures"][number];
/** A unit test's entry. */
export type UnitTestProperties = Properties["unit_tests"][number];
/** A column's entry. */
export type ColumnProperties = NodeProperties["columns"][number];

/** Reads a properties file; throws everything that is wrong with it at once. */
export function readProperties(file: FileText): Properties {
  const data = parseYaml(file) ?? {};
  const errors: SlaError[] = [];
  const properties = checkShape(PROPERTIES_SHAPE, data, file, errors);
  throwIfAny(errors);
  for (const kind of ["models", "snapshots", "seeds", "sources", "macros"] as const) {
    properties![kind].forEach((entry, at) => {
      if (!("columns" in entry)) return;
      errors.push(...repeatedColumns(entry.columns, file, [kind, at, "columns"]));
    });
  }
  properties!.procedures.forEach((procedure, at) => {
    procedure.tables.forEach((table, position) => {
      errors.push(...repeatedColumns(table.columns, file, ["procedures", at, "tables", position, "columns"]));
    });
  });
  throwIfAny(errors);
  return properties!;
}

function repeatedColumns(
  entries: readonly { name: string }[],
  file: FileText,
  path: (string | number)[],
): SlaError[] {
  const seen = new Set<string>();
  const errors: SlaError[] = [];
  entries.forEach((entry, at) => {
    const key = entry.name.toLowerCase();
    if (seen.has(key)) {
      errors.push(
        new SlaError({
          code: "SLA105",
          message: `column "${entry.name}" is described twice`,
          hint: "Remove one of the two.",
          location: locateYaml(file, [...path, at, "name"]),
        }),
      );
    }
    seen.add(key);
  });
  return errors;
}
