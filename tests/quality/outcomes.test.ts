import { describe, expect, it } from "vitest";
import { ENGINES } from "../harness/engines.js";
import { projectOn } from "./on-engine.js";

/** id 1 to 10; city has a double, a NULL and blanks; amount from -5 on; days has a hole and overlaps. */
const ORDERS = `id,city,amount,status,parent,day,day_to,placed_at
1,Rome,-5,open,,1,2,2026-01-01 00:00:00
2,Oslo,0,open,1,2,3,2026-01-02 00:00:00
3,Rome,10,paid,1,3,4,2026-01-03 00:00:00
4,,20,paid,99,4,6,2026-01-04 00:00:00
5,Bern,30,lost,98,6,7,2026-01-05 00:00:00
6,Kyiv,40,lost,1,7,9,2026-01-06 00:00:00
7,Riga,50,open,2,8,9,2026-01-07 00:00:00
8,Nice,60,open,3,9,9,2026-01-08 00:00:00
9,Lyon,70,open,3,10,11,2026-01-09 00:00:00
10,Gent,80,,3,11,12,2026-01-10 00:00:00
`;

/** Each a test of `orders`, with dbt's outcome: status and number of failures. */
const CASES: [name: string, where: string, test: string, expected: string][] = [
  // unique: failures are the values that appear more than once
  ["unique_pass", "id", "unique", "pass 0"],
  ["unique_fail", "city", "unique", "fail 1"],
  ["unique_nulls_pass", "status", "{unique: {where: status IS NULL}}", "pass 0"],
  ["not_null_pass", "id", "not_null", "pass 0"],
  ["not_null_fail", "city", "not_null", "fail 1"],
  ["accepted_values_null_passes", "status", "{accepted_values: {values: [open, paid, lost]}}", "pass 0"],
  ["accepted_values_counts_values", "status", "{accepted_values: {values: [open]}}", "fail 2"],
  [
    "accepted_values_numbers",
    "amount",
    "{accepted_values: {values: [0, 10, 20, 30, 40, 50, 60, 70, 80]}}",
    "fail 1",
  ],
  [
    "accepted_values_expressions",
    "amount",
    "{accepted_values: {values: [10 - 15, 0, 10, 20, 30, 40, 50, 60, 70, 80], quote: false}}",
    "pass 0",
  ],
  ["relationships_counts_rows", "parent", "{relationships: {to: ref('orders'), field: id}}", "fail 2"],
  [
    "relationships_pass",
    "parent",
    "{relationships: {to: \"ref('orders')\", field: id, where: parent < 90}}",
    "pass 0",
  ],
  // severity, warn_if, error_if
  ["severity_warn", "city", "{not_null: {severity: warn}}", "warn 1"],
  ["severity_upper_case", "city", "{not_null: {severity: WARN}}", "warn 1"],
  [
    "severity_warn_never_looks_at_error_if",
    "city",
    "{not_null: {severity: warn, warn_if: '> 5', error_if: '> 0'}}",
    "pass 0",
  ],
  [
    "error_if_not_reached_warns",
    "parent",
    "{relationships: {to: ref('orders'), field: id, error_if: '> 2'}}",
    "warn 2",
  ],
  [
    "error_if_reached",
    "parent",
    "{relationships: {to: ref('orders'), field: id, error_if: '>= 2'}}",
    "fail 2",
  ],
  ["warn_if_and_error_if_not_reached", "city", "{not_null: {warn_if: '> 1', error_if: '> 1'}}", "pass 0"],
  ["error_if_on_no_failures", "id", "{not_null: {error_if: '= 0', warn_if: '= 0'}}", "fail 0"],
  ["config_block", "city", "{not_null: {config: {severity: warn}}}", "warn 1"],
  // percent of the tested rows
  ["percent_fail", "city", "{not_null: {error_if: '> 9%'}}", "fail 1"],
  ["percent_exact_passes_over", "city", "{not_null: {error_if: '> 10%'}}", "warn 1"],
  ["percent_at_least", "city", "{not_null: {error_if: '>= 10%', warn_if: '>= 1%'}}", "fail 1"],
  ["percent_pass", "city", "{not_null: {error_if: '> 10%', warn_if: '> 10.5%'}}", "pass 0"],
  ["percent_of_where", "city", "{not_null: {where: id < 5, error_if: '>= 25%'}}", "fail 1"],
  ["percent_of_nothing", "city", "{not_null: {where: id < 0, error_if: '> 1%', warn_if: '> 1%'}}", "pass 0"],
  // where, limit, fail_calc
  ["where_hides", "city", "{not_null: {where: id <> 4}}", "pass 0"],
  ["limit_counts_no_further", "amount", "{accepted_range: {min_value: 1000, limit: 3}}", "fail 3"],
  ["fail_calc_sums", "city", "{unique: {fail_calc: sum(n_records)}}", "fail 2"],
  ["fail_calc_of_nothing_is_null", "id", "{unique: {fail_calc: sum(n_records)}}", "pass 0"],
  // what packages have
  ["accepted_range_inclusive", "amount", "{accepted_range: {min_value: -5, max_value: 80}}", "pass 0"],
  [
    "accepted_range_exclusive",
    "amount",
    "{accepted_range: {min_value: -5, max_value: 80, inclusive: false}}",
    "fail 2",
  ],
  ["accepted_range_null_passes", "parent", "{accepted_range: {max_value: 97}}", "fail 2"],
  [
    "accepted_range_of_dbt_utils",
    "amount",
    "{dbt_utils.accepted_range: {arguments: {min_value: 0}}}",
    "fail 1",
  ],
  ["accepted_range_sql", "amount", "{accepted_range: {max_value: id * 10}}", "pass 0"],
  ["expression_of_column", "amount", "{expression_is_true: {expression: '>= 0'}}", "fail 1"],
  ["expression_null_passes", "parent", "{expression_is_true: {expression: '< 98'}}", "fail 2"],
  ["expression_of_model", "", "{expression_is_true: {expression: amount <= id * 10}}", "pass 0"],
  [
    "expression_of_dbt_utils",
    "",
    "{dbt_utils.expression_is_true: {expression: 'amount > 0', where: id > 2}}",
    "pass 0",
  ],
  ["not_empty_model", "", "not_empty", "pass 0"],
  ["not_empty_fails", "", "{not_empty: {where: id > 99}}", "fail 1"],
  ["not_empty_column", "city", "not_empty", "pass 0"],
  ["unique_combination_pass", "", "{unique_combination: {combination_of_columns: [id, city]}}", "pass 0"],
  [
    "unique_combination_fail",
    "",
    "{dbt_utils.unique_combination_of_columns: {combination_of_columns: [city, parent]}}",
    "pass 0",
  ],
  [
    "unique_combination_counts_groups",
    "",
    "{unique_combination: {combination_of_columns: [status, parent]}}",
    "fail 1",
  ],
  ["row_count_pass", "", "{row_count_between: {min_value: 10, max_value: 10}}", "pass 0"],
  ["row_count_few", "", "{row_count_between: {min_value: 11}}", "fail 1"],
  ["row_count_many", "", "{row_count_between: {max_value: 9}}", "fail 1"],
  ["equal_rowcount_pass", "", "{equal_rowcount: {compare_model: ref('orders')}}", "pass 0"],
  [
    "equal_rowcount_counts_difference",
    "",
    "{dbt_utils.equal_rowcount: {compare_model: ref('few')}}",
    "fail 7",
  ],
  [
    "equal_rowcount_of_groups",
    "",
    "{equal_rowcount: {compare_model: ref('few'), group_by_columns: [status]}}",
    "fail 7",
  ],
  ["no_overlap_fail", "", "{no_overlap: {lower_bound_column: day, upper_bound_column: day_to}}", "fail 2"],
  [
    "no_overlap_zero_length",
    "",
    "{dbt_utils.mutually_exclusive_ranges: {lower_bound_column: day, upper_bound_column: day_to, zero_length_range_allowed: true}}",
    "fail 1",
  ],
  [
    "no_overlap_no_gaps",
    "",
    "{no_overlap: {lower_bound_column: day, upper_bound_column: day_to, gaps: not_allowed, where: id < 8}}",
    "fail 1",
  ],
  [
    "no_overlap_of_groups",
    "",
    "{no_overlap: {lower_bound_column: day, upper_bound_column: day_to, partition_by: id, where: id <> 8}}",
    "pass 0",
  ],
  [
    "relationships_where_to",
    "parent",
    "{relationships_where: {to: ref('orders'), field: id, to_condition: id > 1}}",
    "fail 5",
  ],
  [
    "relationships_where_from",
    "parent",
    "{dbt_utils.relationships_where: {to: ref('orders'), field: id, from_condition: parent < 90}}",
    "pass 0",
  ],
  ["sequential_pass", "id", "sequential", "pass 0"],
  ["sequential_fail", "day", "sequential", "fail 1"],
  [
    "sequential_by_two",
    "id",
    "{dbt_utils.sequential_values: {interval: 2, where: 'MOD(id, 2) = 1'}}",
    "pass 0",
  ],
  ["sequential_days", "placed_at", "{sequential: {datepart: day}}", "pass 0"],
  ["sequential_groups", "id", "{sequential: {group_by_columns: [status], where: status = 'lost'}}", "pass 0"],
  ["recency_old", "", "{dbt_utils.recency: {datepart: day, field: placed_at, interval: 1}}", "fail 1"],
  ["recency_pass", "", "{recency: {datepart: year, field: placed_at, interval: 500}}", "pass 0"],
  [
    "recency_of_nothing",
    "",
    "{recency: {datepart: year, field: placed_at, interval: 500, where: id > 99}}",
    "fail 1",
  ],
  [
    "recency_groups",
    "",
    "{recency: {datepart: day, field: placed_at, interval: 1, group_by_columns: [status]}}",
    "fail 4",
  ],
  ["disabled", "city", "{not_null: {enabled: false}}", "none"],
];

/** An entry with a name of its own. */
function named(name: string, test: string): string {
  const bare = /^[\w.]+$/.test(test) ? `{${test}: {}}` : test;
  return bare.replace(/^\{([\w.]+): \{/, `{$1: {name: ${name}, `).replace(", }", "}");
}

function properties(): string {
  const of = (column: string) =>
    CASES.filter(([, where]) => where === column).map(
      ([name, , test]) => `- ${named(name, quoteRefs(test))}`,
    );
  const columns = [...new Set(CASES.map(([, where]) => where))].filter((column) => column !== "");
  return [
    "seeds:",
    "  - name: orders",
    "    data_tests:",
    ...of("").map((line) => `      ${line}`),
    "    columns:",
    ...columns.flatMap((column) => [
      `      - name: ${column}`,
      "        data_tests:",
      ...of(column).map((line) => `          ${line}`),
    ]),
  ].join("\n");
}

function quoteRefs(test: string): string {
  return test.replace(/(?<!")ref\('(\w+)'\)(?!")/g, "\"ref('$1')\"");
}

describe.each(ENGINES)("outcomes of data tests on $name", (engine) => {
  it("are those that dbt documents", async () => {
    const project = projectOn(engine, {
      "seeds/orders.csv": ORDERS,
      "seeds/few.csv": "id,status\n1,open\n2,open\n3,open\n",
      "seeds/orders.yml": properties(),
      "seeds/types.yml": "seeds: []\n",
    });
    await project.run("seed");
    const { results, errors } = await project.run("test");
    expect(errors.map(({ message }) => message)).toEqual([]);
    const found = new Map(
      results.map(({ unique_id, status, failures }) => [unique_id.split(".")[2], `${status} ${failures}`]),
    );
    const seen = CASES.map(([name]) => [name, found.get(name) ?? "none"]);
    expect(Object.fromEntries(seen)).toEqual(
      Object.fromEntries(CASES.map(([name, , , expected]) => [name, expected])),
    );
  });
});
