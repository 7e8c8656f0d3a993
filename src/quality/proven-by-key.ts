import type { IndexConfig, RelationalNode, TestNode } from "../manifest/index.js";
import type { RunContext } from "../run/index.js";
import type { TestCounts } from "./test-decision.js";
import { testedNode } from "./test-query.js";

/**
 * Whether a table that this run has built with keys cannot fail a test: its server would have refused the row. Undefined where
 * only a query can tell. DuckDB's keys compare text by its bytes, where tests compare by the collation: there they prove nothing.
 */
export function provenByKey(test: TestNode, context: RunContext): TestCounts | undefined {
  const { adapter, manifest, planned } = context;
  const name = test.test_metadata?.name;
  if (adapter.type !== "mysql" || test.column_name === null || test.stored !== null) return undefined;
  if (name !== "unique" && name !== "not_null") return undefined;
  if (test.config.fail_calc !== "count(*)" || test.depends_on.nodes.length !== 1) return undefined;
  const keys = enforcedKeys(testedNode(test, manifest), context, planned);
  if (keys === undefined) return undefined;
  const column = test.column_name.toLowerCase();
  const is = (columns: readonly string[]) => columns.length === 1 && columns[0]!.toLowerCase() === column;
  const holds =
    name === "not_null"
      ? keys.primary.some((key) => key.toLowerCase() === column)
      : is(keys.primary) || keys.indexes.some((index) => index.unique === true && is(index.columns));
  if (!holds) return undefined;
  const shouldWarn = compare(test.config.warn_if);
  const shouldError = compare(test.config.error_if);
  if (shouldWarn === undefined || shouldError === undefined) return undefined;
  return { failures: 0, shouldWarn, shouldError };
}

function enforcedKeys(
  node: RelationalNode,
  { manifest, enforced }: RunContext,
  planned: ReadonlySet<string>,
): { primary: readonly string[]; indexes: readonly IndexConfig[] } | undefined {
  if (node.resource_type === "source") {
    const seeder = node.depends_on.nodes.map((id) => manifest.nodes[id]).find((seed) => seed !== undefined);
    if (seeder?.resource_type !== "seed" || !planned.has(seeder.unique_id)) return undefined;
    const table = seeder.tables.find(({ name }) => name === node.name);
    return table && { primary: table.primary_key, indexes: table.indexes };
  }
  const built =
    planned.has(node.unique_id) &&
    (node.resource_type === "seed"
      ? node.language === "csv"
      : node.config.materialized === "table" ||
        node.resource_type === "procedure" ||
        enforced.has(node.unique_id));
  return built ? { primary: node.config.primary_key, indexes: node.config.indexes } : undefined;
}

/** Whether no failures meet a condition; undefined if it is more than a comparison with a number. */
function compare(condition: string): boolean | undefined {
  const [, operator, text] = /^\s*(<=|>=|<>|!=|=|<|>)\s*(\d+)\s*$/.exec(condition) ?? [];
  if (operator === undefined) return undefined;
  const limit = Number(text);
  switch (operator) {
    case "=":
      return limit === 0;
    case "<":
      return limit > 0;
    case "<=":
      return true;
    case ">":
      return false;
    case ">=":
      return limit === 0;
    default:
      return limit !== 0;
  }
}
