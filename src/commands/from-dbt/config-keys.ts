import type { ResourceType } from "../../manifest/index.js";
import { configKeys } from "../../project/index.js";

/** Keys of dbt that say how other databases store things, or what happens here anyway. */
const WITHOUT_MEANING = new Set(
  (
    "persist_docs quote_columns docs database target_database quoting transient cluster_by sort dist sort_type distkey copy_grants " +
    "snowflake_warehouse query_tag bind labels packages static_analysis on_configuration_change secure backup require_partition_filter " +
    "file_format location_root options table_format partition_expiration_days hours_to_expiration show concurrent_batches"
  ).split(" "),
);

const RENAMED: Record<string, string> = { target_schema: "schema" };

/** What to do about keys that have no counterpart. */
const ADVICE: Record<string, string> = {
  pre_hook: "Models have no hooks here: a procedure may do it, see docs/procedures.md.",
  post_hook: "Models have no hooks here: indexes, keys and grants are config.",
  contract: "Declare data_type for the columns: declared types are enforced.",
  group: "There are no groups here.",
  access: "There are no groups here.",
  on_error: "What stands behind a failed node is always skipped here.",
};

/** What becomes of a config key: its name here, or why there is none. */
export type MappedKey = { key: string } | { missing: "check" | "todo"; advice: string | undefined };

/** The counterpart of a config key of dbt. */
export function mapConfigKey(type: ResourceType, written: string): MappedKey {
  const name = written.replace(/^\+/, "").replaceAll("-", "_");
  const key = RENAMED[name] ?? name;
  // Both databases call it partition_by and mean something else.
  if (configKeys(type).includes(key) && key !== "partition_by") return { key };
  if (WITHOUT_MEANING.has(name))
    return { missing: "check", advice: "It has no meaning here, or is always so." };
  return { missing: "todo", advice: ADVICE[name] ?? "Config keys are listed in docs/project-file.md." };
}

/** Materializations that there are here. */
export const MATERIALIZATIONS = ["view", "table", "incremental", "ephemeral", "snapshot", "seed"];
