import type { Adapter } from "../adapters/index.js";
import type { NodeConfig } from "../manifest/index.js";
import type { WrittenSql } from "../materializations/index.js";

/** The SQL that stands in a node's config, as the engine spells it. */
export async function writtenSql(config: NodeConfig, adapter: Adapter): Promise<WrittenSql> {
  const each = (texts: readonly string[] | undefined, translate: typeof condition) =>
    Promise.all((texts ?? []).map((text) => translate(text, adapter)));
  const [validToCurrent] = await each(
    config.dbt_valid_to_current === undefined ? [] : [config.dbt_valid_to_current],
    value,
  );
  return {
    predicates: await each(config.incremental_predicates, condition),
    partitions: await each(config.partition_by, value),
    validToCurrent: validToCurrent ?? null,
  };
}

// Engines translate queries: the expression is made one, and taken out of it again.
const FROM = "FROM `t` AS `DBT_INTERNAL_DEST`";

async function condition(text: string, adapter: Adapter): Promise<string> {
  if (adapter.type === "mysql") return text;
  const query = await adapter.translate(`SELECT 1 ${FROM} WHERE (${text})`);
  return query.slice(query.indexOf("WHERE ") + "WHERE ".length);
}

async function value(text: string, adapter: Adapter): Promise<string> {
  if (adapter.type === "mysql") return text;
  const query = await adapter.translate(`SELECT (${text}) AS \`__sla_value\` ${FROM}`);
  return query.slice("SELECT ".length, query.lastIndexOf('AS "__sla_value"')).trimEnd();
}
