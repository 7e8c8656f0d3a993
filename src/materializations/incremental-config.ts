import type { NodeConfig } from "../manifest/index.js";
import { BATCH_SIZES, parseMoment } from "./batch-window.js";
import { type ConfigProblem, unknownChoice } from "./config-problem.js";

/** How a batch gets into a table. */
export const STRATEGIES = ["append", "delete+insert", "merge", "insert_overwrite", "microbatch"] as const;
/** One of them. */
export type Strategy = (typeof STRATEGIES)[number];

/** What is done when the query returns other columns than the table has. */
export const SCHEMA_CHANGES = ["ignore", "fail", "append_new_columns", "sync_all_columns"] as const;
/** One of them. */
export type SchemaChange = (typeof SCHEMA_CHANGES)[number];

/** The strategy of a model: the one it names, else merge where rows have a key, else append. */
export function strategyOf(config: NodeConfig): Strategy {
  return (config.incremental_strategy ?? (config.unique_key?.length ? "merge" : "append")) as Strategy;
}

/** What cannot work in an incremental model's config. */
export function incrementalProblems(config: NodeConfig): ConfigProblem[] {
  const problems = [
    ...unknownChoice("incremental_strategy", config.incremental_strategy, STRATEGIES),
    ...unknownChoice("on_schema_change", config.on_schema_change, SCHEMA_CHANGES),
  ];
  if (strategyOf(config) === "microbatch") problems.push(...microbatchProblems(config));
  if (strategyOf(config) === "insert_overwrite" && !config.partition_by?.length) {
    problems.push({
      message: "has the incremental_strategy insert_overwrite and no partition_by",
      hint: "Name the columns or expressions that make a partition: partition_by: [order_date].",
    });
  }
  if (config.merge_update_columns !== undefined && config.merge_exclude_columns !== undefined) {
    problems.push({
      message: "has both merge_update_columns and merge_exclude_columns",
      hint: "Keep one of the two.",
    });
  }
  return problems;
}

function microbatchProblems(config: NodeConfig): ConfigProblem[] {
  const problems = unknownChoice("batch_size", config.batch_size, BATCH_SIZES);
  for (const key of ["event_time", "batch_size", "begin"] as const) {
    if (config[key] !== undefined) continue;
    problems.push({
      message: `has the incremental_strategy microbatch and no ${key}`,
      hint: "It needs event_time (a column of its own), batch_size (hour, day, month or year) and begin (a date).",
    });
  }
  if (config.begin !== undefined && parseMoment(config.begin) === null) {
    problems.push({
      message: `has a begin that is no date: "${config.begin}"`,
      hint: "Write it as 2026-01-31 or 2026-01-31 12:00:00, in UTC.",
    });
  }
  return problems;
}
