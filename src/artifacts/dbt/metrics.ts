import {
  type ExposureNode,
  type LeafNode,
  type MetricNode,
  pathInPackage,
  type RowsWhere,
} from "../../manifest/index.js";
import { type DbtNode, references } from "./node-parts.js";
import type { ArtifactScope } from "./scope.js";

/**
 * A metric in dbt's form. dbt's metrics are made of measures of semantic models, ours of SQL over a model: the SQL stands in
 * `expr`, where readers look for it, and what dbt has no place for in `config.meta`.
 */
export function metricNode(node: MetricNode, scope: ArtifactScope): DbtNode {
  const { nodes, refs, sources } = references(node, scope);
  const { numerator, denominator, format, good, target, dimensions, over_time } = node;
  const own = { sla_metric: { format, good, target, dimensions, over_time, date: node.date } };
  const meta = { ...node.meta, ...own };
  return {
    ...leafParts(node, scope),
    resource_type: "metric",
    label: node.label,
    type: denominator === null ? "simple" : "derived",
    type_params: {
      measure: null,
      input_measures: [],
      numerator: null,
      denominator: null,
      expr: denominator === null ? numerator.sql : `(${numerator.sql}) / NULLIF(${denominator.sql}, 0)`,
      window: null,
      grain_to_date: null,
      metrics: [],
      conversion_type_params: null,
      cumulative_type_params: null,
      metric_aggregation_params: null,
      fill_nulls_with: null,
      join_to_timespine: false,
      is_private: null,
    },
    filter:
      node.where.length === 0
        ? null
        : { where_filters: node.where.map((where) => ({ where_sql_template: conditionOf(where, scope) })) },
    metadata: null,
    time_granularity: null,
    config: { enabled: true, group: null, meta },
    meta,
    depends_on: { macros: [], nodes },
    refs,
    sources,
    metrics: [],
    group: null,
  };
}

/** An exposure; a dashboard of ours is one. */
export function exposureNode(node: ExposureNode, scope: ArtifactScope): DbtNode {
  const { nodes, refs, sources, metrics } = references(node, scope);
  return {
    ...leafParts(node, scope),
    resource_type: "exposure",
    type: node.type,
    owner: { email: node.owner.email, name: node.owner.name },
    label: node.label,
    maturity: node.maturity,
    config: { enabled: true, tags: node.tags, meta: node.meta },
    url: node.url,
    depends_on: { macros: [], nodes },
    refs,
    sources,
    metrics,
  };
}

function leafParts(node: LeafNode, { createdAt }: ArtifactScope) {
  return {
    name: node.name,
    package_name: node.package_name,
    path: node.path,
    original_file_path: pathInPackage(node, node.original_file_path),
    unique_id: node.unique_id,
    fqn: node.fqn,
    description: node.description,
    meta: node.meta,
    tags: node.tags,
    unrendered_config: {},
    created_at: createdAt,
  };
}

function conditionOf({ column, values }: RowsWhere, { dialect }: ArtifactScope): string {
  const name = dialect.identifier(column);
  const given = values.filter((value) => value !== null).map((value) => dialect.literal(value));
  const among = given.length > 0 ? [`${name} IN (${given.join(", ")})`] : [];
  return [...among, ...(values.includes(null) ? [`${name} IS NULL`] : [])].join(" OR ");
}
