import { z } from "zod";
import { type NodeConfig, parseColumnType, type ResourceType } from "../manifest/index.js";
import { mapping, object, strings } from "./shape.js";

/** What one place (a folder, a properties entry, a template) says about a node's config. */
export type ConfigLayer = Partial<NodeConfig>;

/** A column type in MySQL's spelling. */
export const columnType = z.string().refine((type) => parseColumnType(type) !== undefined, {
  error: "expected a type of MySQL, such as bigint or varchar(100)",
});

const names = strings.transform((list) => list.flatMap((item) => item.split(",").map((name) => name.trim())));
const nullableText = z.string().nullable();

/** A secondary index. */
export const index = object({ columns: names, unique: z.boolean().optional(), name: z.string().optional() });

const common = {
  enabled: z.boolean().optional(),
  tags: names.optional(),
  meta: mapping.optional(),
};

/** Privileges that a table or view can have. */
const privilege = z.enum(
  ["select", "insert", "update", "delete", "references", "trigger", "show view", "index", "alter"],
  { error: "expected privileges, such as select, with lists of who has them" },
);

const relation = {
  ...common,
  schema: nullableText.optional(),
  alias: nullableText.optional(),
  full_refresh: z.boolean().nullable().optional(),
  primary_key: names.optional(),
  indexes: z.array(index, { error: "expected a list of {columns: […], unique: true}" }).optional(),
  event_time: z.string().optional(),
  grants: z.partialRecord(privilege, names).optional(),
};

const expressions = strings.transform((list) =>
  list.map((text) => text.trim()).filter((text) => text !== ""),
);

const incremental = {
  incremental_strategy: z.string().optional(),
  unique_key: names.optional(),
  on_schema_change: z.string().optional(),
  incremental_predicates: expressions.optional(),
  merge_update_columns: names.optional(),
  merge_exclude_columns: names.optional(),
  partition_by: expressions.optional(),
  batch_size: z.string().optional(),
  lookback: z.int().nonnegative({ error: "expected a number of batches" }).optional(),
  begin: z.string().optional(),
};

const snapshot = {
  strategy: z.string().optional(),
  updated_at: z.string().optional(),
  check_cols: names.optional(),
  hard_deletes: z.string().optional(),
  invalidate_hard_deletes: z.boolean().optional(),
  dbt_valid_to_current: z.string().optional(),
  snapshot_meta_column_names: z
    .record(z.string(), z.string(), { error: "expected a mapping from dbt's column names to yours" })
    .optional(),
};

const severity = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(["error", "warn"], { error: "expected error or warn" }));

/** The config keys that each kind of node knows. A new key is a line here and one in the manifest's `NodeConfig`. */
export const CONFIG_SHAPES = {
  model: object({ ...relation, ...incremental, ...snapshot, materialized: z.string().optional() }),
  snapshot: object({
    ...relation,
    ...snapshot,
    unique_key: names.optional(),
    materialized: z.literal("snapshot", { error: "expected snapshot" }).optional(),
  }),
  seed: object({
    ...relation,
    column_types: z.record(z.string(), columnType).optional(),
    delimiter: z.string().length(1, { error: "expected one character" }).optional(),
  }),
  procedure: object({
    ...common,
    schema: nullableText.optional(),
    alias: nullableText.optional(),
    grants: z.partialRecord(privilege, names).optional(),
    arguments: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]), {
        error: "expected values by name of the parameter",
      })
      .optional(),
  }),
  source: object({ ...common, event_time: z.string().optional() }),
  test: object({
    ...common,
    schema: nullableText.optional(),
    alias: nullableText.optional(),
    severity: severity.optional(),
    warn_if: z.string().optional(),
    error_if: z.string().optional(),
    where: nullableText.optional(),
    limit: z.int().positive().nullable().optional(),
    fail_calc: z.string().optional(),
    store_failures: z.boolean().nullable().optional(),
    store_failures_as: z
      .enum(["table", "view", "ephemeral"], { error: "expected table, view or ephemeral" })
      .nullable()
      .optional(),
  }),
} satisfies Record<ResourceType, z.ZodType>;

/** Names of the config keys of a kind of node. */
export function configKeys(type: ResourceType): string[] {
  return Object.keys(CONFIG_SHAPES[type].shape);
}

const MATERIALIZED: Record<ResourceType, string> = {
  model: "view",
  snapshot: "snapshot",
  seed: "seed",
  procedure: "procedure",
  source: "source",
  test: "test",
};

/** Later layers win; tags add up and meta is merged by key (dbt's rules). */
export function mergeConfig(type: ResourceType, layers: readonly ConfigLayer[]): NodeConfig {
  const config: NodeConfig = {
    enabled: true,
    materialized: MATERIALIZED[type],
    schema: null,
    alias: null,
    tags: [],
    meta: {},
    full_refresh: null,
    primary_key: [],
    indexes: [],
    column_types: {},
    delimiter: ",",
    severity: "error",
    warn_if: "!= 0",
    error_if: "!= 0",
    where: null,
    limit: null,
    fail_calc: "count(*)",
    store_failures: null,
    store_failures_as: null,
  };
  for (const layer of layers) {
    const { tags, meta, ...rest } = layer;
    Object.assign(config, rest);
    if (tags) config.tags = [...new Set([...config.tags, ...tags])];
    if (meta) config.meta = { ...config.meta, ...meta };
  }
  return config;
}
