import type { ColumnOrigin, ModelNode, NodeLineage } from "../manifest/index.js";
import { metaNames } from "../materializations/index.js";
import { columnOf, decidedBy, expressionOf, originOf, unique } from "./inputs.js";

/** A snapshot adds columns of its own to those of its SELECT, and what it compares decides which versions there are. */
export function snapshotLineage({ config }: ModelNode, select: NodeLineage): NodeLineage {
  const meta = metaNames(config);
  const named = (names: readonly string[]) => names.map((name) => columnOf(select, name));
  const key = named(config.unique_key ?? []);
  const time = config.updated_at === undefined ? [] : named([config.updated_at]);
  const listed = config.strategy === "check" ? (config.check_cols ?? []) : [];
  const compared =
    listed.length === 1 && listed[0]!.toLowerCase() === "all" ? select.columns : present(named(listed));
  const versions = unique([
    ...decidedBy(present(key), "JOIN"),
    ...decidedBy(config.strategy === "check" ? compared : present(time), "FILTER"),
  ]);
  const own = [
    expressionOf(meta.dbt_scd_id, [...key, ...time]),
    expressionOf(meta.dbt_updated_at, time),
    expressionOf(meta.dbt_valid_from, time),
    expressionOf(meta.dbt_valid_to, time),
    ...(deletesAreRows(config)
      ? [originOf(meta.dbt_is_deleted, decidedBy(present(key), "CONDITIONAL"), undefined)]
      : []),
  ];
  return { ...select, columns: [...select.columns, ...own], rows: unique([...select.rows, ...versions]) };
}

function deletesAreRows(config: ModelNode["config"]): boolean {
  return config.hard_deletes === "new_record";
}

function present(columns: readonly (ColumnOrigin | undefined)[]): ColumnOrigin[] {
  return columns.filter((column) => column !== undefined);
}
