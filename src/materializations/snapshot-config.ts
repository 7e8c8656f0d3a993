import type { NodeConfig } from "../manifest/index.js";
import { type ConfigProblem, unknownChoice } from "./config-problem.js";

const STRATEGIES = ["timestamp", "check"];
const HARD_DELETES = ["ignore", "invalidate", "new_record"] as const;

/** What is done with rows that are gone from the source. */
export type HardDeletes = (typeof HARD_DELETES)[number];

/** The columns that a snapshot adds, in their order, by dbt's names. */
export const META_COLUMNS = [
  "dbt_scd_id",
  "dbt_updated_at",
  "dbt_valid_from",
  "dbt_valid_to",
  "dbt_is_deleted",
] as const;

/** What a snapshot calls its own columns. */
export type MetaNames = Record<(typeof META_COLUMNS)[number], string>;

/** dbt's names, or those that the config gives. */
export function metaNames(config: NodeConfig): MetaNames {
  const given = config.snapshot_meta_column_names ?? {};
  return Object.fromEntries(META_COLUMNS.map((name) => [name, given[name] ?? name])) as MetaNames;
}

/** `invalidate_hard_deletes` is the older spelling of one of the choices. */
export function hardDeletes(config: NodeConfig): HardDeletes {
  return (config.hard_deletes ?? (config.invalidate_hard_deletes ? "invalidate" : "ignore")) as HardDeletes;
}

/** What cannot work in a snapshot's config. */
export function snapshotProblems(config: NodeConfig): ConfigProblem[] {
  const problems = [
    ...unknownChoice("strategy", config.strategy, STRATEGIES),
    ...unknownChoice("hard_deletes", config.hard_deletes, HARD_DELETES),
    ...Object.keys(config.snapshot_meta_column_names ?? {}).flatMap((name) =>
      unknownChoice("key of snapshot_meta_column_names", name, META_COLUMNS),
    ),
  ];
  const needs = (missing: boolean, key: string, hint: string) => {
    if (missing) problems.push({ message: `is a snapshot without ${key}`, hint });
  };
  needs(config.strategy === undefined, "strategy", "Choose strategy: timestamp or strategy: check.");
  needs(!config.unique_key?.length, "unique_key", "Name the columns that identify a row: unique_key: [id].");
  needs(
    config.strategy === "timestamp" && config.updated_at === undefined,
    "updated_at",
    "Name the column that tells when a row changed, or compare columns with strategy: check.",
  );
  needs(
    config.strategy === "check" && !config.check_cols?.length,
    "check_cols",
    "Name the columns to compare, or all: check_cols: all.",
  );
  if (config.hard_deletes !== undefined && config.invalidate_hard_deletes !== undefined) {
    problems.push({
      message: "has both hard_deletes and invalidate_hard_deletes",
      hint: "Keep hard_deletes: the other is its older spelling.",
    });
  }
  return problems;
}
