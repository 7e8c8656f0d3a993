import type { NodeConfig } from "../../manifest/index.js";

const DOCS = { show: true, node_color: null };

/** Keys of ours that dbt does not know; they are written where they say something. */
const OWN_KEYS = [
  "primary_key",
  "indexes",
  "incremental_predicates",
  "merge_update_columns",
  "merge_exclude_columns",
  "partition_by",
  "arguments",
] as const;

/** The config of a relation, with every key that dbt writes. */
export function relationConfig(config: NodeConfig): Record<string, unknown> {
  const comments = !["view", "ephemeral"].includes(config.materialized);
  return {
    enabled: config.enabled,
    alias: config.alias,
    schema: config.schema,
    database: null,
    tags: config.tags,
    meta: config.meta,
    group: null,
    static_analysis: null,
    materialized: config.materialized,
    incremental_strategy: config.incremental_strategy ?? null,
    batch_size: config.batch_size ?? null,
    lookback: config.lookback ?? 1,
    begin: config.begin ?? null,
    persist_docs: comments ? { relation: true, columns: true } : {},
    "post-hook": [],
    "pre-hook": [],
    quoting: {},
    column_types: config.column_types,
    full_refresh: config.full_refresh,
    unique_key: oneOrMore(config.unique_key),
    on_schema_change: config.on_schema_change ?? "ignore",
    on_configuration_change: "apply",
    grants: config.grants ?? {},
    packages: [],
    docs: DOCS,
    contract: { enforced: false, alias_types: true },
    event_time: config.event_time ?? null,
    concurrent_batches: null,
    ...ownKeys(config),
  };
}

/** The config of a model. */
export function modelConfig(config: NodeConfig): Record<string, unknown> {
  return {
    ...relationConfig(config),
    access: "protected",
    freshness: null,
    on_error: null,
    latest_version_pointer: { enabled: null, alias: null },
  };
}

/** The config of a seed. */
export function seedConfig(config: NodeConfig): Record<string, unknown> {
  return { ...relationConfig(config), delimiter: config.delimiter, quote_columns: null };
}

/** The config of a snapshot. */
export function snapshotConfig(config: NodeConfig): Record<string, unknown> {
  const names = config.snapshot_meta_column_names ?? {};
  const column = (name: string): string | null => names[name] ?? null;
  return {
    ...relationConfig(config),
    strategy: config.strategy ?? null,
    target_schema: null,
    target_database: null,
    updated_at: config.updated_at ?? null,
    check_cols:
      config.check_cols?.length === 1 && config.check_cols[0] === "all" ? "all" : (config.check_cols ?? null),
    snapshot_meta_column_names: {
      dbt_valid_to: column("dbt_valid_to"),
      dbt_valid_from: column("dbt_valid_from"),
      dbt_scd_id: column("dbt_scd_id"),
      dbt_updated_at: column("dbt_updated_at"),
      dbt_is_deleted: column("dbt_is_deleted"),
    },
    dbt_valid_to_current: config.dbt_valid_to_current ?? null,
    hard_deletes: config.hard_deletes ?? (config.invalidate_hard_deletes ? "invalidate" : "ignore"),
  };
}

/** The config of a data test. */
export function testConfig(config: NodeConfig): Record<string, unknown> {
  return {
    enabled: config.enabled,
    alias: config.alias,
    schema: config.schema ?? "dbt_test__audit",
    database: null,
    tags: config.tags,
    meta: config.meta,
    group: null,
    static_analysis: null,
    materialized: "test",
    severity: config.severity.toUpperCase(),
    store_failures: config.store_failures,
    store_failures_as: config.store_failures_as,
    sql_header: null,
    where: config.where,
    limit: config.limit,
    fail_calc: config.fail_calc,
    warn_if: config.warn_if,
    error_if: config.error_if,
  };
}

function oneOrMore(keys: readonly string[] | undefined): string | readonly string[] | null {
  if (keys === undefined || keys.length === 0) return null;
  return keys.length === 1 ? keys[0]! : keys;
}

function ownKeys(config: NodeConfig): Record<string, unknown> {
  return Object.fromEntries(
    OWN_KEYS.flatMap((key) => {
      const value = config[key];
      const says =
        value !== undefined && (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);
      return says ? [[key, value]] : [];
    }),
  );
}
